import { createBodyCipher } from '../../src/keys/body-cipher.ts';
import type { BodyCipher, CollectionDefinition, Storage } from '../../src/storage/contract.ts';
import type { OpenAll } from '../../src/storage/keeping/data-version.ts';
import type { KeptCollection, Watch } from '../../src/storage/keeping/kept-collection.ts';
import { type Harness, type Note, notes, papers, tallies } from './harness.ts';

/** An old key and a new one: 32 bytes each, as the configuration would give them. */
export const OLD = Buffer.alloc(32, 1);
const NEW = Buffer.alloc(32, 2);
export const before = createBodyCipher([OLD]);
export const rotating = createBodyCipher([NEW, OLD]);
export const after = createBodyCipher([NEW]);

/** Named as in data version 1; what a sign-in leaves behind. */
const sessions: CollectionDefinition<Note> = { ...notes, name: 'sessions' };
const secrets: CollectionDefinition<Note> = { ...papers, name: 'secrets' };

const kept = <T>(storage: Storage, definition: CollectionDefinition<T>): KeptCollection => ({
  name: definition.name,
  sealed: definition.sealed === true,
  collection: storage.collection(definition),
});

/** Every collection of the tests. */
export const openAll: OpenAll = (storage) => [
  kept(storage, papers),
  kept(storage, notes),
  kept(storage, tallies),
  kept(storage, secrets),
  kept(storage, sessions),
];

export const rowsOf = (storage: Storage, name: 'secrets' | 'sessions') =>
  storage.collection({ secrets, sessions }[name]);

/** Nobody looks on, or somebody who notes the reports and stops after some of them. */
export const watching = (batches = Number.POSITIVE_INFINITY): Watch & { readonly seen: string[] } => {
  const seen: string[] = [];
  return {
    seen,
    report: (collection, done) => void seen.push(`${collection} ${done}`),
    stopped: () => seen.length >= batches,
  };
};

export type OpenKept = (cipher?: BodyCipher) => Promise<Harness>;
