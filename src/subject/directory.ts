import type { Clock } from '../clock/clock.ts';
import type { Keyring } from '../keys/keyring.ts';
import { amend, inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Page, Storage } from '../storage/contract.ts';
import { createNumberClaims, type NumberClaims, newSubjectId, numbersOf } from './number-claims.ts';
import { normalizeName } from './person-name.ts';
import { normalizePersonalNumber } from './personal-number.ts';
import { type Subject, type SubjectId, subjectSchema } from './subject.ts';

export const subjectRows: CollectionDefinition<Subject> = {
  name: 'subjects',
  schema: subjectSchema,
  sealed: true,
  spread: 'bucket',
  /** In the clear: a day alone. Decides when a person is written to, never what an account reaches. */
  indexes: { paper_expires: ({ identity_paper_expires_at }) => identity_paper_expires_at },
};

/** `number_taken`: the current or a former number belongs to somebody else; nothing changed. */
export type AddOutcome =
  | { readonly kind: 'added'; readonly id: SubjectId }
  | { readonly kind: 'number_taken' };
export type RenumberOutcome =
  | { readonly kind: 'renumbered'; readonly subject: Subject }
  | { readonly kind: 'number_taken' }
  | { readonly kind: 'unknown_subject' };

/** What a new number may correct with it, because the number states it. */
export type NumberCorrection = Partial<Pick<Subject, 'birthdate' | 'gender'>>;

/** Somebody whose identity paper ends on `expires`, its last day. */
export interface Expiring {
  readonly id: SubjectId;
  readonly expires: string;
}

/** The people with an account. */
export interface Directory {
  /** By the current or a former number, as typed; undefined for one that is unknown or no number. */
  findByNumber(number: string): Promise<{ readonly id: SubjectId; readonly subject: Subject } | undefined>;
  get(id: SubjectId): Promise<Subject | undefined>;
  /** Whose identity paper has its last day from `from` on and before `until` (ISO 8601), in the order of these days. */
  expiring(from: string, until: string, page: Page): Promise<Expiring[]>;
  /** `announce` runs once the numbers are the new person's, before anybody can find the person. */
  add(subject: Subject, announce?: (id: SubjectId) => Promise<void>): Promise<AddOutcome>;
  /**
   * `change` may run several times and must be pure; it leaves the numbers alone, `renumber` changes them.
   * Resolves to the changed subject, or undefined where there is none.
   */
  update(id: SubjectId, change: (subject: Subject) => Subject): Promise<Subject | undefined>;
  /** The old number becomes a former one: it still signs in, and the subject's id stays. */
  renumber(id: SubjectId, number: string, correction?: NumberCorrection): Promise<RenumberOutcome>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly keyedHash: Keyring['keyedHash'];
  readonly clock: Clock;
}

export function createDirectory({ storage, keyedHash, clock }: Dependencies): Directory {
  const subjects = storage.collection(subjectRows);
  const get = async (id: SubjectId) => (await subjects.get(id))?.doc;
  const claims = createNumberClaims({
    storage,
    clock,
    hash: keyedHash('subject/personal-number'),
    subjectOf: get,
  });

  return {
    get,
    findByNumber: (number) => findByNumber(claims, get, number),
    async expiring(from, until, page) {
      const rows = await subjects.range('paper_expires', from, until, page);
      return rows.map(({ id, doc }) => ({ id, expires: doc.identity_paper_expires_at ?? '' }));
    },
    async add(subject, announce) {
      const normal = normalized(subject);
      const id = await claimAll(claims, get, normal);
      if (id !== undefined) await announce?.(id);
      const added = id !== undefined && (await inserted(subjects, id, normal));
      return added ? { kind: 'added', id } : { kind: 'number_taken' };
    },
    update: (id, change) =>
      amend(subjects, id, (current) => current && unrenumbered(current, normalized(change(current)))),
    async renumber(id, number, correction = {}) {
      if ((await get(id)) === undefined) return { kind: 'unknown_subject' };
      const next = requireNumber(number);
      if ((await claims.claim(next, id)) !== id) return { kind: 'number_taken' };
      const subject = await amend(
        subjects,
        id,
        (current) => current && renumbered(current, next, correction),
      );
      return subject ? { kind: 'renumbered', subject } : { kind: 'unknown_subject' };
    },
  };
}

type Get = (id: SubjectId) => Promise<Subject | undefined>;

/** A claim alone opens nothing: the subject must exist and carry the number. */
async function findByNumber(claims: NumberClaims, get: Get, typed: string) {
  const number = normalizePersonalNumber(typed);
  const id = number && (await claims.holder(number));
  const subject = id && (await get(id));
  return id && number && subject && numbersOf(subject).includes(number) ? { id, subject } : undefined;
}

/**
 * Claims every number for one new id before the subject is written: that last write makes the person visible,
 * whole or not at all. Run again after a crash, it finds its own claim of the current number and goes on under
 * that id. Undefined where a number is somebody's.
 */
async function claimAll(claims: NumberClaims, get: Get, subject: Subject): Promise<SubjectId | undefined> {
  const id = await claims.claim(subject.personal_number, newSubjectId());
  if ((await get(id)) !== undefined) return undefined;
  for (const number of numbersOf(subject)) {
    if ((await claims.claim(number, id)) !== id) return undefined;
  }
  return id;
}

const normalized = (subject: Subject): Subject => ({
  ...subject,
  name: normalizeName(subject.name),
  personal_number: requireNumber(subject.personal_number),
  former_numbers: subject.former_numbers.map(requireNumber),
});

function requireNumber(number: string): string {
  const normal = normalizePersonalNumber(number);
  if (normal === undefined) throw new Error('a personal number has 12 digits');
  return normal;
}

function unrenumbered(before: Subject, after: Subject): Subject {
  if (numbersOf(before).join() !== numbersOf(after).join())
    throw new Error('numbers change by renumber alone');
  return after;
}

function renumbered(subject: Subject, number: string, correction: NumberCorrection): Subject {
  if (subject.personal_number === number) return { ...subject, ...correction };
  const former = [subject.personal_number, ...subject.former_numbers].filter((old) => old !== number);
  return { ...subject, ...correction, personal_number: number, former_numbers: former };
}
