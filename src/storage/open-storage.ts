import type { Clock } from '../clock/clock.ts';
import { sqliteFileOf } from '../config/sqlite-address.ts';
import type { BodyCipher, Storage } from './contract.ts';
import { openSqliteStorage } from './sqlite/sqlite-storage.ts';

export interface StorageSettings {
  /** `sqlite:<file>`, `mongodb://…` or `mongodb+srv://…`, as the configuration has checked it. */
  readonly url: string;
  readonly cipher: BodyCipher;
  readonly clock: Clock;
  /** Told what nobody awaits. */
  readonly log?: { warn(fields: object, message: string): void };
}

/** Opens the engine that the address names. Rejects with `StorageUnavailable` and a sentence to print. */
export const openStorage = async ({ url, ...settings }: StorageSettings): Promise<Storage> => {
  const file = sqliteFileOf(url);
  if (file !== undefined) return openSqliteStorage({ ...settings, file });
  // Loaded only where it is used: the embedded engine starts without it.
  const { openMongoStorage } = await import('./mongo/mongo-storage.ts');
  return openMongoStorage({ ...settings, url });
};
