import { z } from 'zod';
import { inserted } from '../amendment.ts';
import { type CollectionDefinition, type Storage, StorageUnavailable } from '../contract.ts';
import type { KeptCollection } from './kept-collection.ts';

/** Which form the data have. 1 is that of 0.1 before there was a version; `migrations.ts` says what came then. */
export const DATA_VERSION = 2;

const stateSchema = z.strictObject({
  version: z.number().int().positive(),
  /** A migration that was begun: the steps that are done. */
  migrating: z.strictObject({ to: z.number().int(), done: z.array(z.string()) }).optional(),
  /** These data are a copy that is not whole yet. */
  copying: z.literal(true).optional(),
});
export type DataState = z.infer<typeof stateSchema>;

const storageState: CollectionDefinition<DataState> = { name: 'storage_state', schema: stateSchema };
const ID = 'data';

/** Opens every collection of the program on a storage. */
export type OpenAll = (storage: Storage) => readonly KeptCollection[];

/** The version row as it stands, if there is one. */
export const readState = async (storage: Storage): Promise<DataState | undefined> =>
  (await storage.collection(storageState).get(ID))?.doc;

export const writeState = (storage: Storage, state: DataState): Promise<void> =>
  storage.collection(storageState).put(ID, state);

/** False where another was first. */
export const insertState = (storage: Storage, state: DataState): Promise<boolean> =>
  inserted(storage.collection(storageState), ID, state);

/** Nothing that the program stores is there. */
export const isEmpty = async (collections: readonly KeptCollection[]): Promise<boolean> => {
  for (const { collection } of collections) if ((await collection.count()) > 0) return false;
  return true;
};

/** The version of the data, without changing anything; undefined for an empty database that has no version yet. */
export async function foundState(storage: Storage, openAll: OpenAll): Promise<DataState | undefined> {
  const known = await readState(storage);
  if (known) return known;
  const empty = await isEmpty(openAll(storage));
  // Who finds rows of another finds the stamp as well when it looks again: that is written first.
  return (await readState(storage)) ?? (empty ? undefined : { version: 1 });
}

/**
 * The version of the data; an empty database is stamped with the newest. Has to run before anything else is written:
 * instances that start together on an empty database each stamp first.
 */
async function stampedState(storage: Storage, openAll: OpenAll): Promise<DataState> {
  const found = await foundState(storage, openAll);
  if (found) return found;
  await insertState(storage, { version: DATA_VERSION });
  return (await readState(storage)) ?? { version: 1 };
}

/** Throws `StorageUnavailable`, with a sentence that says what to do, unless this program can work on such data. */
export function requireCurrent({ version, copying }: DataState): void {
  if (copying) {
    throw new StorageUnavailable(
      'This database is a copy that is not whole: run "npm run admin -- storage copy" to it once more, to its end.',
    );
  }
  if (version > DATA_VERSION) {
    throw new StorageUnavailable(
      `The data were written by a newer release (data version ${version}, this one knows ${DATA_VERSION}); start that one.`,
    );
  }
  if (version < DATA_VERSION) {
    throw new StorageUnavailable(
      `The data are of version ${version}, this release needs ${DATA_VERSION}: stop every server, make a backup, ` +
        'then run "npm run admin -- storage migrate", which says first what it will do.',
    );
  }
}

/**
 * Holds the data to the version of this program, before any other row is read or written; stamps an empty database.
 * Throws `StorageUnavailable`.
 */
export const requireDataVersion = async (storage: Storage, openAll: OpenAll): Promise<void> =>
  requireCurrent(await stampedState(storage, openAll));
