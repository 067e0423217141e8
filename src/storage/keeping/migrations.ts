import { MisfitDocument } from '../codec.ts';
import type { Collection, Storage, Stored } from '../contract.ts';
import { BATCH, type KeptCollection, type Watch } from './kept-collection.ts';
import { type Resealed, resealAll } from './reseal-all.ts';
import type { Hold } from './under-lease.ts';

export interface StepWork {
  readonly storage: Storage;
  /** Those that the step concerns. */
  readonly collections: readonly KeptCollection[];
  readonly watch: Watch;
  /** Between looking and a change that a late run must not make. */
  readonly hold: Hold;
}

export interface MigrationStep {
  /** Kept once the step is done, so that it is not done again. */
  readonly name: string;
  /** What it does, as a person reads it before agreeing. */
  readonly says: string;
  readonly concerns: (collection: KeptCollection) => boolean;
  /** Does it, or what is left of it. */
  readonly run: (work: StepWork) => Promise<Resealed['end']>;
}

export interface Migration {
  /** The data version that it leads to, from the one before. */
  readonly version: number;
  readonly steps: readonly MigrationStep[];
}

/** What a sign-in leaves behind, as named in data version 1. */
const SIGN_INS = [
  'sessions',
  'interactions',
  'sign_in_progress',
  'grants',
  'authorization_codes',
  'access_tokens',
  'refresh_tokens',
  'pushed_authorization_requests',
];

/** The next rows, to be removed: one that cannot be read is removed like the others. */
async function nextIds(collection: Collection<unknown>): Promise<string[]> {
  try {
    return (await collection.scan({ limit: BATCH })).map(({ id }: Stored<unknown>) => id);
  } catch (error) {
    if (error instanceof MisfitDocument) return [error.id];
    throw error;
  }
}

async function removeAll({ collections, watch, hold }: StepWork): Promise<'done' | 'stopped'> {
  for (const { name, collection } of collections) {
    let removed = 0;
    for (let ids = await nextIds(collection); ids.length > 0; ids = await nextIds(collection)) {
      await hold();
      await Promise.all(ids.map((id) => collection.remove(id)));
      removed += ids.length;
      await watch.report(name, removed);
      if (watch.stopped()) return 'stopped';
    }
  }
  return 'done';
}

/** Every way from one data version to the next, in order. One that was released is not changed any more. */
export const migrations: readonly Migration[] = [
  {
    version: 2,
    steps: [
      {
        name: 'end-sign-ins',
        says:
          'Ends all sign-ins: everybody signs in once more, and portals get new tokens. Tokens now carry the place ' +
          'of their rows. Consents, and what they were given for, stay.',
        concerns: ({ name }) => SIGN_INS.includes(name),
        run: removeAll,
      },
      {
        name: 'seal-by-row',
        says: 'Encrypts each sealed row under a key of its own, which follows from the configured one.',
        concerns: ({ sealed }) => sealed,
        run: async ({ storage, collections, watch }) =>
          (await resealAll({ storage, collections, watch, task: 'migrate/2' })).end,
      },
    ],
  },
];
