import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock/clock.ts';
import { createBodyCipher } from '../../src/keys/body-cipher.ts';
import type { BodyCipher, Storage } from '../../src/storage/contract.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';

/** The product's cipher under a key of its own: two of them cannot open each other's rows. */
export const createTestCipher = (): BodyCipher => createBodyCipher([randomBytes(32)]);

/** A fresh folder for a test, and how to remove it. */
export const temporaryFolder = async (): Promise<{ folder: string; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'motcua-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};

export interface TestStorage {
  readonly storage: Storage;
  readonly file: string;
  /** Closes the storage and removes its folder. */
  close(): Promise<void>;
}

/** The embedded engine in a fresh folder: the storage of every test that does not ask for another. */
export const openTestStorage = async (
  settings: { readonly clock?: Clock; readonly cipher?: BodyCipher } = {},
): Promise<TestStorage> => {
  const { folder, remove } = await temporaryFolder();
  const { clock = systemClock, cipher = createTestCipher() } = settings;
  const file = join(folder, 'data', 'motcua.db');
  const storage = await openSqliteStorage({ file, cipher, clock });
  const close = async (): Promise<void> => {
    await storage.close();
    await remove();
  };
  return { storage, file, close };
};
