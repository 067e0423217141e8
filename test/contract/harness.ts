import { z } from 'zod';
import type { Clock } from '../../src/clock/clock.ts';
import type { BodyCipher, CollectionDefinition, Storage } from '../../src/storage/contract.ts';

/** A clock that stands until it is moved. */
export interface StandingClock extends Clock {
  time: number;
}

/** Far ahead: what sweeps by the real clock must not reach the rows that a test keeps. */
export const START = Date.UTC(2126, 10, 21);

export const standingClock = (): StandingClock => ({
  time: START,
  now() {
    return this.time;
  },
});

/** One engine over one fresh database. */
export interface Harness {
  readonly storage: Storage;
  /** Closes the storage and opens another on the same data. */
  reopen(cipher?: BodyCipher): Promise<Storage>;
  /** All bytes at rest. */
  rawBytes(): Promise<Buffer>;
  /** The body of a row as it is kept, past every check. */
  readBody(collection: string, id: string): Promise<string>;
  writeBody(collection: string, id: string, body: string): Promise<void>;
  /** Closes what is open and removes the data. */
  close(): Promise<void>;
}

export type OpenHarness = (settings: { clock: Clock; cipher: BodyCipher }) => Promise<Harness>;

/** What a tier of the suite is given for each test. */
export interface Bench extends Harness {
  readonly clock: StandingClock;
  readonly cipher: BodyCipher;
}

export type OpenBench = () => Promise<Bench>;

const noteSchema = z.object({ owner: z.string(), at: z.number(), text: z.string().max(100) });
export type Note = z.infer<typeof noteSchema>;

export const notes: CollectionDefinition<Note> = {
  name: 'notes',
  schema: noteSchema,
  indexes: { owner: (note) => note.owner || undefined, at: (note) => note.at },
};

export const papers: CollectionDefinition<Note> = {
  name: 'papers',
  schema: noteSchema,
  sealed: true,
  indexes: { owner: (note) => note.owner || undefined },
};

/** Kept by person: ids and the values of `owner` begin with the person's id. */
export const parcels: CollectionDefinition<Note> = {
  ...notes,
  name: 'parcels',
  bucketed: ['owner'],
};

export const tallies: CollectionDefinition<Record<string, number>> = {
  name: 'tallies',
  schema: z.record(z.string(), z.number()),
};

export const note = (owner: string, at = 0, text = ''): Note => ({ owner, at, text });

/** A cipher that opens what `old` sealed and seals as `next`. */
export const successor = (old: BodyCipher, next: BodyCipher): BodyCipher => ({
  seal: next.seal,
  open: (context, sealed) => (next.isCurrent(context, sealed) ? next : old).open(context, sealed),
  isCurrent: next.isCurrent,
});
