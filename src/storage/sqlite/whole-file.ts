import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageUnavailable } from '../contract.ts';
import { APPLICATION_ID, openDatabaseFile } from './database-file.ts';
import { LOCK_PATIENCE, unavailable } from './failure.ts';

/** Backups and databases are for their owner alone. */
export const OWNER_ONLY = 0o600;

/** A backup that cannot be made or used as asked; nothing was changed. The message is a sentence to print. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/** What SQLite keeps beside a database that is in use or was not closed. */
export const COMPANIONS = ['-wal', '-shm', '-journal'] as const;

/** Removes an unfinished file and what SQLite left beside it. */
export const discard = (part: string): void => {
  for (const suffix of ['', ...COMPANIONS]) rmSync(part + suffix, { force: true });
};

const sync = (path: string, flags: 'r' | 'r+'): void => {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** The bytes of a file outlast a loss of power. */
export const syncFile = (file: string): void => sync(file, 'r+');

/** So does its name. Windows opens no folders, and its file systems keep names by themselves. */
export const syncFolderOf = (file: string): void => {
  if (process.platform !== 'win32') sync(dirname(resolve(file)), 'r');
};

/** The system's name for what went wrong with a file. */
export const faultCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';

/** The name is taken: not to be confused with a file system that has no hard links. */
export const isTaken = (error: unknown): boolean => faultCode(error) === 'EEXIST';

/** The name of an unfinished file. What a run that was ended by force left is in the way of no other. */
export const unfinished = (file: string, suffix: string): string =>
  `${file}.${randomBytes(6).toString('hex')}.${suffix}`;

const problemOf = (part: string): string | undefined => {
  const database = new DatabaseSync(part, { timeout: LOCK_PATIENCE });
  try {
    // Looked at before the file is opened as ours: an empty one would become a database then.
    const application = database.prepare('PRAGMA application_id').get()?.application_id;
    if (application !== APPLICATION_ID) return 'this is not a database of this program';
    const found = database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
    return found === 'ok' ? undefined : 'the database is damaged';
  } finally {
    database.close();
  }
};

const inOneFile = async (part: string): Promise<void> => {
  const database = await openDatabaseFile(part);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
  } finally {
    database.close();
  }
};

/**
 * Throws `BackupRefused` unless the file is a whole database of this program and of no newer release; leaves it without
 * companions, so that it is moved as one. `shown` is what the person calls it.
 */
export const requireWhole = async (part: string, shown: string): Promise<void> => {
  try {
    const problem = problemOf(part);
    if (problem !== undefined) throw new BackupRefused(`${shown}: ${problem}`);
    await inOneFile(part);
  } catch (error) {
    const known = unavailable(part, error);
    throw known ? new BackupRefused(known.message.replaceAll(part, shown), { cause: error }) : error;
  }
};

/** Throws `StorageUnavailable` where there is no such file. */
export const requireThere = (file: string): void => {
  if (!existsSync(file))
    throw new StorageUnavailable(
      `${file}: there is no such database; check storage.url (MOTCUA_STORAGE_URL)`,
    );
};
