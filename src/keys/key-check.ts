import { z } from 'zod';
import { inserted } from '../storage/amendment.ts';
import { MisfitDocument } from '../storage/codec.ts';
import { type CollectionDefinition, type Storage, StorageUnavailable } from '../storage/contract.ts';

export const keyProof: CollectionDefinition<{ root: string }> = {
  name: 'key_proof',
  schema: z.strictObject({ root: z.string() }),
  sealed: true,
};

const ID = 'keys';

/**
 * Holds the configured keys to those that the data were written with, before anything else is read or written:
 * the command line under other variables, or a production start on the data of a trial, ends here with a sentence.
 * `fingerprint` stands for the root key and does not give it away. Throws `StorageUnavailable`.
 */
export async function requireSameKeys(storage: Storage, fingerprint: string): Promise<void> {
  const proofs = storage.collection(keyProof);
  if (await inserted(proofs, ID, { root: fingerprint })) return;
  const root = await proofs.get(ID).then(
    (row) => row?.doc.root,
    (error: unknown) => {
      if (error instanceof MisfitDocument) return undefined;
      throw error;
    },
  );
  if (root === fingerprint) return;
  throw new StorageUnavailable(
    'The data were written under other keys than the configured ones: give the keys.root and keys.storage that ' +
      'they were written with (MOTCUA_KEYS_ROOT, MOTCUA_KEYS_STORAGE), or another storage.url (MOTCUA_STORAGE_URL).',
  );
}
