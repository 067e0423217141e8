import { z } from 'zod';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import { type AccountLevel, type HolderType, holderTypes, type Subject, type SubjectId } from './subject.ts';

const levels = [1, 2, undefined] as const satisfies readonly (AccountLevel | undefined)[];
const events = ['issued', 'activated', 'closed'] as const;
/** What is counted of an account, each at most once in its life. */
export type CountedEvent = (typeof events)[number];

type Field = `${HolderType}_${AccountLevel | 'none'}_${CountedEvent}`;
const fieldOf = (holderType: HolderType, level: AccountLevel | undefined, event: CountedEvent): Field =>
  `${holderType}_${level ?? 'none'}_${event}`;
const fields = holderTypes.flatMap((type) =>
  levels.flatMap((level) => events.map((event) => fieldOf(type, level, event))),
);

/** The sums of one part of all people, by field; what is absent is none. */
export type PartCounts = Partial<Record<Field, number>>;

/** Kept in parts, named by the first character of the people's ids: writers rarely meet, and a part is walked quickly. */
export const accountCountRows: CollectionDefinition<PartCounts> = {
  name: 'account_counts',
  schema: z.partialRecord(z.enum(fields), z.number().int()),
};

/** The characters of base64url, in the order in which engines compare them. */
export const PARTS: readonly string[] = [
  ...'-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
];
const partOf = (id: SubjectId): string => id.slice(0, 1);

type Kind = Pick<Subject, 'holder_type' | 'level'>;

/** Accounts of one kind of holder at one level; those that were closed are among those issued. */
export type AccountCount = Readonly<Record<CountedEvent, number>> & {
  readonly holderType: HolderType;
  /** Absent for holders without a level. */
  readonly level?: AccountLevel;
};

/**
 * How many accounts were ever issued, activated and closed, kept as it happens. Called once for each, by who won the
 * write of the subject; a process that dies between the two leaves a difference, which a recount finds.
 */
export interface AccountCounts {
  /** A new account; one that is active or closed from the start counts as that too. */
  issued(id: SubjectId, subject: Kind & Pick<Subject, 'status'>): Promise<void>;
  /** The owner took the account up for the first time. */
  activated(id: SubjectId, subject: Kind): Promise<void>;
  closed(id: SubjectId, subject: Kind): Promise<void>;
  /** Every kind of holder and level of which there is an account. */
  kept(): Promise<AccountCount[]>;
  /** What is kept of one part. */
  ofPart(part: string): Promise<PartCounts>;
  /** Adds what was found to be missing in a part; a number below zero takes away. */
  mend(part: string, difference: PartCounts): Promise<void>;
}

/** Exact under races: each change is an addition in storage. */
export function createAccountCounts({ storage }: { readonly storage: Storage }): AccountCounts {
  const rows = storage.collection(accountCountRows);
  const add = async (id: SubjectId, { holder_type, level }: Kind, event: CountedEvent) => {
    await rows.increment(partOf(id), fieldOf(holder_type, level, event), 1);
  };
  return {
    async issued(id, subject) {
      for (const event of eventsOf(subject, subject.status.kind === 'active')) await add(id, subject, event);
    },
    activated: (id, subject) => add(id, subject, 'activated'),
    closed: (id, subject) => add(id, subject, 'closed'),
    async kept() {
      const parts = await rows.scan({ limit: PARTS.length });
      return countsOf(parts.reduce<PartCounts>((all, { doc }) => added(all, doc), {}));
    },
    ofPart: async (part) => (await rows.get(part))?.doc ?? {},
    async mend(part, difference) {
      for (const [field, by] of Object.entries(difference)) await rows.increment(part, field, by);
    },
  };
}

/** What a subject as it stands counts as. `activated`: it was taken up once, whatever became of it. */
const eventsOf = ({ status }: Pick<Subject, 'status'>, activated: boolean): CountedEvent[] => [
  'issued',
  ...(activated ? (['activated'] as const) : []),
  ...(status.kind === 'closed' ? (['closed'] as const) : []),
];

/** The counts of one subject as it stands. */
export const countsOfSubject = (subject: Kind & Pick<Subject, 'status'>, activated: boolean): PartCounts =>
  Object.fromEntries(
    eventsOf(subject, activated).map((event) => [fieldOf(subject.holder_type, subject.level, event), 1]),
  );

/** The sums of two, field by field, without those that are none; `sign` -1 takes the second one away. */
export const added = (one: PartCounts, other: PartCounts, sign: 1 | -1 = 1): PartCounts =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const sum = (one[field] ?? 0) + sign * (other[field] ?? 0);
      return sum === 0 ? [] : [[field, sum]];
    }),
  );

/** The same sums, by kind of holder and level. */
export const countsOf = (counts: PartCounts): AccountCount[] =>
  holderTypes.flatMap((holderType) =>
    levels.flatMap((level) => {
      const [issued, activated, closed] = events.map(
        (event) => counts[fieldOf(holderType, level, event)] ?? 0,
      );
      const none = !issued && !activated && !closed;
      if (none) return [];
      const kind = { holderType, ...(level === undefined ? {} : { level }) };
      return [{ ...kind, issued: issued ?? 0, activated: activated ?? 0, closed: closed ?? 0 }];
    }),
  );
