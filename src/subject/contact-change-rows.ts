import { z } from 'zod';
import { DAY } from '../clock/clock.ts';
import { LANGUAGES } from '../messages/language.ts';
import { isMailAddress } from '../outbox/mail-address.ts';
import { isMobileNumber } from '../outbox/phone-number.ts';
import { inserted } from '../storage/amendment.ts';
import type { Collection, CollectionDefinition, Stored } from '../storage/contract.ts';
import { type ContactKind, contactKinds } from './contact.ts';
import type { SubjectId } from './subject.ts';

const moment = z.number().int();
const reached = z.string().refine((text) => isMailAddress(text) || isMobileNumber(text));

const change = {
  what: z.enum(contactKinds),
  to: reached,
  /** The confirmed one of before; absent where none was ever on record. */
  from: reached.optional(),
  asked_at: moment,
  /** Of the letters about it. */
  language: z.enum(LANGUAGES),
};

const schema = z.discriminatedUnion('state', [
  /** Codes are out; `id` is what they belong to, and `until` when they can be typed. */
  z.strictObject({
    state: z.literal('asked'),
    ...change,
    id: z.string(),
    until: moment,
    old_proved: z.boolean(),
  }),
  /** Confirmed on both sides, and waits for `due`; `cancel` is the hash of the token in the letter. */
  z.strictObject({ state: z.literal('cooling'), ...change, due: moment, cancel: z.string() }),
  /** Somebody has begun to apply it, and must be done by `due`, or somebody else does. */
  z.strictObject({ state: z.literal('applying'), ...change, due: moment }),
  z.strictObject({ state: z.literal('ended') }),
]);

/** What becomes of a change of e-mail or phone. One row for each person and each of the two. */
export type ContactChangeRow = z.infer<typeof schema>;
export type AskedChange = Extract<ContactChangeRow, { state: 'asked' }>;
export type CoolingChange = Extract<ContactChangeRow, { state: 'cooling' }>;
export type ApplyingChange = Extract<ContactChangeRow, { state: 'applying' }>;

export const contactChangeRows: CollectionDefinition<ContactChangeRow> = {
  name: 'contact_changes',
  schema,
  sealed: true,
  spread: 'bucket',
  indexes: {
    due: (row) => ('due' in row ? row.due : undefined),
    cancel: (row) => (row.state === 'cooling' ? row.cancel : undefined),
  },
};

/** Rows outlast what they stand for: whoever still holds an old version of one must meet a newer one. */
export const KEPT = DAY;

/** What stays the same about a change. */
type Change = Pick<AskedChange, 'what' | 'to' | 'from' | 'asked_at' | 'language'>;

/** That part alone. */
export const changeOf = ({ asked_at, from, language, to, what }: Change): Change => ({
  what,
  to,
  ...(from === undefined ? {} : { from }),
  asked_at,
  language,
});

export const rowIdOf = (id: SubjectId, what: ContactKind): string => `${id}:${what}`;
export const ownerOf = (rowId: string): SubjectId => rowId.slice(0, rowId.lastIndexOf(':'));

/**
 * Writes what `next` gives, until no other writer came between; what was written, or undefined where `next` gave
 * nothing. Rows are never removed: a version that somebody still holds must not come again.
 */
export async function moveOn<R extends ContactChangeRow>(
  rows: Collection<ContactChangeRow>,
  rowId: string,
  next: (row: ContactChangeRow | undefined) => { readonly to: R; readonly expiresAt: number } | undefined,
): Promise<R | undefined> {
  for (;;) {
    const row: Stored<ContactChangeRow> | undefined = await rows.get(rowId);
    const step = next(row?.doc);
    if (step === undefined) return undefined;
    const written = row
      ? await rows.replace(rowId, step.to, row.version, step.expiresAt)
      : await inserted(rows, rowId, step.to, step.expiresAt);
    if (written) return step.to;
  }
}
