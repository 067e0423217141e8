import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Clock, MINUTE } from '../clock/clock.ts';
import { inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage, Stored } from '../storage/contract.ts';
import type { Subject, SubjectId } from './subject.ts';

const claimSchema = z.strictObject({ subject: z.string(), claimed_at: z.number() });
type NumberClaim = z.infer<typeof claimSchema>;

/** Keyed by the keyed hash of a personal number. Unique by its id, so two accounts never share a number. */
export const numberClaims: CollectionDefinition<NumberClaim> = {
  name: 'subject_numbers',
  schema: claimSchema,
};

/** Longer than any addition takes: a claim that old, of a number nobody carries, belongs to one that failed. */
const ABANDONED_AFTER = 10 * MINUTE;

/** 128 random bits, base64url. */
export const newSubjectId = (): SubjectId => randomBytes(16).toString('base64url');

/** All numbers a person carries; each of them leads to the person. */
export const numbersOf = (subject: Subject): string[] => [subject.personal_number, ...subject.former_numbers];

/** Which subject holds a personal number. */
export interface NumberClaims {
  /** Who claimed the number; not yet proof that there is such a subject and that it carries the number. */
  holder(number: string): Promise<SubjectId | undefined>;
  /**
   * Who holds the number afterwards: `id`, whose claim is then fresh, or the earlier claimant. A claim whose
   * number nobody carries is taken over once it is old enough to be nobody's work in progress.
   */
  claim(number: string, id: SubjectId): Promise<SubjectId>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  /** Keyed hash of a number: the number itself is never an id. */
  readonly hash: (number: string) => string;
  readonly subjectOf: (id: SubjectId) => Promise<Subject | undefined>;
}

export function createNumberClaims({ storage, clock, hash, subjectOf }: Dependencies): NumberClaims {
  const rows = storage.collection(numberClaims);

  async function abandoned({ doc }: Stored<NumberClaim>, number: string): Promise<boolean> {
    if (clock.now() - doc.claimed_at < ABANDONED_AFTER) return false;
    const subject = await subjectOf(doc.subject);
    return subject === undefined || !numbersOf(subject).includes(number);
  }

  async function claim(number: string, id: SubjectId): Promise<SubjectId> {
    const key = hash(number);
    const mine: NumberClaim = { subject: id, claimed_at: clock.now() };
    for (;;) {
      if (await inserted(rows, key, mine)) return id;
      const row = await rows.get(key);
      if (row === undefined) continue;
      if (row.doc.subject !== id && !(await abandoned(row, number))) return row.doc.subject;
      if (await rows.replace(key, mine, row.version)) return id;
    }
  }

  return { claim, holder: async (number) => (await rows.get(hash(number)))?.doc.subject };
}
