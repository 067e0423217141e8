import { type AuditFact, createAuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import { sqliteFileOf } from '../config/sqlite-address.ts';
import { createBodyCipher } from '../keys/body-cipher.ts';
import { keyProof, requireSameKeys } from '../keys/key-check.ts';
import { createKeyring } from '../keys/keyring.ts';
import { type BodyCipher, type Storage, StorageUnavailable } from '../storage/contract.ts';
import { type DataState, foundState, type OpenAll, requireCurrent } from '../storage/keeping/data-version.ts';
import type { KeptCollection } from '../storage/keeping/kept-collection.ts';
import { openStorage, type StorageSettings } from '../storage/open-storage.ts';
import { requireThere } from '../storage/sqlite/whole-file.ts';

/** An open storage with all its collections; whoever opened it closes it. */
export interface KeptStorage {
  readonly storage: Storage;
  readonly collections: readonly KeptCollection[];
}

/** What the commands that move and keep data work on. Nothing is open before a command opens it. */
export interface KeepingContext {
  /** The configured address. It may hold a password: `printableAddress` shows it. */
  readonly url: string;
  readonly clock: Clock;
  /** One cipher for each configured storage key, in their order. */
  readonly ciphers: readonly BodyCipher[];
  /** Seals with the first configured key, opens with all. */
  readonly cipher: BodyCipher;
  /**
   * The configured storage, held to its keys; its data may be of another version, or there may be none. Makes no file
   * and writes no row: a mistyped address does not become a database in use.
   */
  open(cipher?: BodyCipher): Promise<KeptStorage & { readonly state: DataState | undefined }>;
  /** The same, where there are data, and of this version. */
  openCurrent(cipher?: BodyCipher): Promise<KeptStorage>;
  /** Another storage, under the same keys, as it is. */
  openOther(url: string): Promise<KeptStorage>;
}

export interface KeepingSources {
  readonly config: Pick<Config, 'storage' | 'keys'>;
  readonly openAll: OpenAll;
  readonly log: NonNullable<StorageSettings['log']>;
}

/** Builds the context on the configuration. Its calls reject with `StorageUnavailable`. */
export function createKeepingContext({ config, openAll, log }: KeepingSources): KeepingContext {
  const keyring = createKeyring(config.keys);
  const clock = systemClock;
  const { url } = config.storage;
  const connect = (address: string, cipher: BodyCipher) => openStorage({ url: address, cipher, clock, log });
  const open: KeepingContext['open'] = async (cipher = keyring.cipher) => {
    const file = sqliteFileOf(url);
    if (file !== undefined) requireThere(file);
    return closingOnFault(connect(url, cipher), async (storage) => {
      const state = await foundState(storage, openAll);
      // Held to a proof that is there; the first server leaves one.
      if ((await storage.collection(keyProof).count()) > 0) {
        await requireSameKeys(storage, keyring.keyedHash('key-proof')('root'));
      }
      return { storage, collections: openAll(storage), state };
    });
  };
  return {
    url,
    clock,
    ciphers: config.keys.storage.map((key) => createBodyCipher([Buffer.from(key, 'base64url')])),
    cipher: keyring.cipher,
    open,
    async openCurrent(cipher) {
      const { storage, collections, state } = await open(cipher);
      return closingOnFault(Promise.resolve(storage), async () => {
        requireCurrent(requireData(state));
        return { storage, collections };
      });
    },
    openOther: (address) =>
      closingOnFault(connect(address, keyring.cipher), async (storage) => ({
        storage,
        collections: openAll(storage),
      })),
  };
}

/** Throws `StorageUnavailable` where the storage is empty: there is nothing to work on. */
export function requireData(state: DataState | undefined): DataState {
  if (state) return state;
  throw new StorageUnavailable(
    'There are no data at the configured address: check storage.url (MOTCUA_STORAGE_URL). The first server that starts ' +
      'on an empty database sets it up.',
  );
}

async function closingOnFault<R>(
  opening: Promise<Storage>,
  use: (storage: Storage) => Promise<R>,
): Promise<R> {
  const storage = await opening;
  try {
    return await use(storage);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Records what is about to be done to the data as a whole, in a chain of its own. */
export const recordIn = (storage: Storage, { clock }: Pick<KeepingContext, 'clock'>, fact: AuditFact) =>
  createAuditTrail({ storage, clock, chains: 1 }).record(fact);

/** Runs a step on an open storage and closes it, whatever happened. */
export async function closingAfter<K extends KeptStorage, R>(
  opening: Promise<K>,
  use: (kept: K) => Promise<R>,
): Promise<R> {
  const kept = await opening;
  try {
    return await use(kept);
  } finally {
    await kept.storage.close();
  }
}
