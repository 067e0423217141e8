import type { Letter, MailRecipient, NewLetter } from '../outbox/letter.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Log } from '../telemetry/log.ts';
import { mailRecipientOf } from './contact.ts';
import type { Directory } from './directory.ts';
import type { NoticeKind, Preferences } from './preferences.ts';
import type { Subject, SubjectId } from './subject.ts';

/** When a letter is written, and when not. */
export interface LetterTerms {
  /** Milliseconds since the epoch: the letter is of no use any more, sent or not. */
  readonly expiresAt: number;
  /** Not to who chose to go without such letters. */
  readonly kind: NoticeKind;
  /** Not to whom this does not hold for, as the person stands when the letter is written. */
  readonly onlyTo?: (subject: Subject) => boolean;
  /** Names the letter: of that name none is put in a second time before it expires. */
  readonly once?: string;
}

/** Letters to people at their address on record, in their language, as far as they want them. */
export interface Letters {
  /**
   * Resolves when the letter is durable, to whether there is one: call it before the effect that it tells of shows.
   * Nobody without a confirmed address gets one. One that cannot be written for the address on record holds up nothing.
   */
  write(id: SubjectId, letter: Letter, terms: LetterTerms): Promise<boolean>;
}

interface Dependencies {
  readonly directory: Pick<Directory, 'get'>;
  readonly preferences: Pick<Preferences, 'get'>;
  readonly outbox: Pick<Outbox, 'enqueue' | 'enqueueOnce'>;
  readonly log: Log;
}

/** To whom a letter goes. An address that was confirmed, and to which no mail goes, is told to the operator. */
export function addresseeOf(
  log: Pick<Log, 'warn'>,
  id: SubjectId,
  subject: Subject,
): MailRecipient | undefined {
  const to = mailRecipientOf(subject);
  if (to === undefined && subject.email?.verified)
    log.warn({ subject: id }, 'no letter written: no mail goes to the address on record');
  return to;
}

export function createLetters({ directory, log, outbox, preferences }: Dependencies): Letters {
  return {
    async write(id, letter, { expiresAt, kind, once, onlyTo = () => true }) {
      const { language, notices } = await preferences.get(id);
      if (!notices[kind]) return false;
      const subject = await directory.get(id);
      const to = subject && onlyTo(subject) ? addresseeOf(log, id, subject) : undefined;
      if (to === undefined) return false;
      const whole: NewLetter = { ...letter, to, language, subject: id, expiresAt };
      if (once !== undefined) return outbox.enqueueOnce(once, whole);
      await outbox.enqueue(whole);
      return true;
    },
  };
}
