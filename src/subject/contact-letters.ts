import { type Clock, DAY } from '../clock/clock.ts';
import type { MailRecipient, NewLetter, TextRecipient } from '../outbox/letter.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type ContactKind, mailRecipientOf } from './contact.ts';
import type { ContactChangeRow } from './contact-change-rows.ts';
import type { Subject, SubjectId } from './subject.ts';

type Change = Pick<Exclude<ContactChangeRow, { state: 'ended' }>, 'what' | 'to' | 'from' | 'language'>;

/** How long a letter about a change that has happened is of use. */
const OF_USE = 2 * DAY;

/** Where a letter goes for one side of a change. */
export const recipientOf = (
  what: ContactKind,
  address: string,
  { name }: Pick<Subject, 'name'>,
): MailRecipient | TextRecipient => (what === 'email' ? { address, name } : { phone: address });

/** Writes to whom a change of e-mail or phone concerns, so that nobody loses an account unheard. */
export function createContactLetters({ clock, outbox }: { readonly clock: Clock; readonly outbox: Outbox }) {
  const letter = (id: SubjectId, { language }: Change) => ({ language, subject: id });

  /** A change of phone is told by mail too: a text message has no link, and the old phone may be in other hands. */
  const byMail = ({ what }: Change, subject: Subject): MailRecipient[] => {
    const to = what === 'phone' ? mailRecipientOf(subject) : undefined;
    return to === undefined ? [] : [to];
  };
  const sides = ({ from, to, what }: Change, subject: Subject) =>
    [to, ...(from === undefined ? [] : [from])].map((address) => recipientOf(what, address, subject));

  const enqueue = async (letters: readonly NewLetter[]): Promise<void> => {
    for (const one of letters) await outbox.enqueue(one);
  };

  return {
    /** The old e-mail address gets the link that takes the change back; where the phone changes, the present one. */
    async announce(
      id: SubjectId,
      subject: Subject,
      change: Change,
      due: number,
      link: string,
    ): Promise<void> {
      const now = clock.now();
      const { from, to, what } = change;
      const about = { ...letter(id, change), expiresAt: due + DAY };
      const values = { at: now, due, what } as const;
      const kind = 'contact_change';
      const linked: MailRecipient[] =
        what === 'email' && from !== undefined
          ? [{ address: from, name: subject.name }]
          : byMail(change, subject);
      const plain = what === 'email' ? [recipientOf(what, to, subject)] : sides(change, subject);
      await enqueue([
        ...linked.map(
          (recipient) => ({ ...about, kind, values: { ...values, link }, to: recipient }) as const,
        ),
        ...plain.map((recipient) => ({ ...about, kind, values, to: recipient }) as const),
      ]);
    },
    /** To everybody whom the change was announced to. */
    async tell(id: SubjectId, subject: Subject, change: Change): Promise<void> {
      const now = clock.now();
      const about = { ...letter(id, change), expiresAt: now + OF_USE };
      const values = { at: now, what: change.what } as const;
      await enqueue(
        [...sides(change, subject), ...byMail(change, subject)].map(
          (to) => ({ ...about, kind: 'address_changed', values, to }) as const,
        ),
      );
    },
  };
}
