import { createHash, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';
import type { Throttle } from './throttle.ts';

interface Letter {
  readonly hash: string;
  readonly issued_at: number;
  /** What its code was used for. */
  readonly used_by?: string | undefined;
}

/** The one letter of each person that was printed and not used. */
export const identificationLetters: CollectionDefinition<Letter> = {
  name: 'identification_letters',
  schema: z.strictObject({
    hash: z.string(),
    issued_at: z.number().int(),
    used_by: z.string().optional(),
  }),
  spread: 'bucket',
};

/** No letter or digit that is taken for another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 12;
const written = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** `over`: none stands, or it has ended, or it was used. */
export type LetterOutcome =
  | { readonly kind: 'proved'; readonly letter: string }
  | { readonly kind: 'refused' | 'over' }
  | { readonly kind: 'throttled'; readonly retryAt: number };

/** `letter` names it among the letters that a person ever had. */
export interface StandingLetter {
  readonly letter: string;
  readonly until: number;
}

/**
 * Codes that are printed when a person was identified face to face and handed over on paper: what an account at level
 * 2 rests on before it has a second factor (NIST SP 800-63A-4, enrollment codes).
 */
export interface IdentificationLetters {
  /** A new code of 59 bits, "ABCD-EFGH-JKMN"; the one of before is void. `until` in milliseconds since the epoch. */
  issue(subject: SubjectId): Promise<{ readonly code: string; readonly until: number }>;
  /**
   * Which letter can be used, and until when; undefined where there is none. One that was used `by` the same still
   * stands for it.
   */
  standing(subject: SubjectId, by?: string): Promise<StandingLetter | undefined>;
  /** Whether it is the code, which stays good: `use` ends it with what it was for. Guesses are counted. */
  prove(subject: SubjectId, typed: string): Promise<LetterOutcome>;
  /** Uses the letter up for `by`, an identifier of the caller's: true for one of them, however often it asks. */
  use(subject: SubjectId, letter: string, by: string): Promise<boolean>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly throttle: Throttle;
  readonly windows: Config['throttle'];
  /** Seconds. */
  readonly lifetime: number;
  readonly keyedHash: (value: string) => string;
}

const normalize = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\p{Pd}]/gu, '');

const isUsed = ({ used_by }: Letter, by?: string): boolean => used_by !== undefined && used_by !== by;

/** Of no use to whoever would guess the code: the hash that it is checked by is another one. */
const nameOf = ({ hash }: Letter): string =>
  createHash('sha256').update(hash).digest('base64url').slice(0, 22);

export function createIdentificationLetters(deps: Dependencies): IdentificationLetters {
  const { audit, clock, keyedHash, lifetime, storage, throttle, windows } = deps;
  const rows = storage.collection(identificationLetters);
  const hashOf = (subject: SubjectId, code: string) => keyedHash(`${subject} ${normalize(code)}`);
  return {
    async issue(subject) {
      const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
        .join('')
        .replace(/(.{4})(?=.)/g, '$1-');
      const until = clock.now() + lifetime * SECOND;
      await audit.record({ kind: 'identification_letter.issued', subject });
      await rows.put(subject, { hash: hashOf(subject, code), issued_at: clock.now() }, until);
      return { code, until };
    },
    async standing(subject, by) {
      const row = await rows.get(subject);
      if (row?.expiresAt === undefined || isUsed(row.doc, by)) return undefined;
      return { letter: nameOf(row.doc), until: row.expiresAt };
    },
    async prove(subject, typed) {
      const budget = ['letter:account', keyedHash(subject), windows.letter_account] as const;
      const taken = await throttle.take(...budget);
      if (!taken.allowed) return { kind: 'throttled', retryAt: taken.retryAt };
      const row = await rows.get(subject);
      if (row === undefined || isUsed(row.doc)) return { kind: 'over' };
      if (!written.test(normalize(typed)) || row.doc.hash !== hashOf(subject, typed)) {
        await audit.record({ kind: 'identification_letter.refused', subject });
        return { kind: 'refused' };
      }
      await throttle.forget(...budget);
      return { kind: 'proved', letter: nameOf(row.doc) };
    },
    async use(subject, letter, by) {
      const row = await rows.get(subject);
      if (row === undefined || nameOf(row.doc) !== letter || isUsed(row.doc, by)) return false;
      return row.doc.used_by === by || rows.replace(subject, { ...row.doc, used_by: by }, row.version);
    },
  };
}
