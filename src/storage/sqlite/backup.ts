import { closeSync, existsSync, linkSync, openSync, realpathSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { backup } from 'node:sqlite';
import { openDatabaseFile } from './database-file.ts';
import { unavailable } from './failure.ts';
import {
  BackupRefused,
  COMPANIONS,
  discard,
  faultCode,
  isTaken,
  OWNER_ONLY,
  requireThere,
  requireWhole,
  syncFile,
  syncFolderOf,
  unfinished,
} from './whole-file.ts';

/** Pages between two reports: 4 MiB. */
const PAGES = 1024;

export interface BackupWork {
  readonly file: string;
  /** Where the copy goes. */
  readonly to: string;
  /** Replaces what is there. */
  readonly force: boolean;
  readonly report: (done: number, total: number) => void;
  /** Asked now and then; true ends the work and leaves nothing behind. */
  readonly stopped: () => boolean;
}

/** The work was ended from outside. */
class Stopped extends Error {}

/** Copies what is committed now. What is written meanwhile is not in it and does not make it begin anew. */
async function copyCommitted({ file, report, stopped }: BackupWork, part: string): Promise<void> {
  const database = await openDatabaseFile(file);
  try {
    // A transaction has its view of the data from its first read on.
    database.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    await backup(database, part, {
      rate: PAGES,
      progress: ({ totalPages, remainingPages }) => {
        report(totalPages - remainingPages, totalPages);
        if (stopped()) throw new Stopped();
      },
    });
  } finally {
    database.close();
  }
}

/** Where a name leads, whether there is a file or not. */
const placeOf = (path: string): string => {
  const folder = dirname(resolve(path));
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path));
};

const identity = (path: string): string | undefined => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
};

/** Whether a name leads to the database or to what SQLite keeps beside it, whatever it is called there. */
const isItself = (file: string, to: string): boolean => {
  const own = ['', ...COMPANIONS].map((suffix) => realpathSync(file) + suffix);
  const there = identity(to);
  return own.includes(placeOf(to)) || (there !== undefined && own.some((name) => identity(name) === there));
};

const inTheWay = (to: string): BackupRefused =>
  new BackupRefused(`${to}: there is such a file; name another, or add --force to replace it`);

/** Gives the file its final name; one that came there meanwhile is not replaced. */
const publish = (part: string, { to, force }: BackupWork): void => {
  if (force || !linked(part, to)) renameSync(part, to);
};

/** False on a file system without hard links. */
const linked = (part: string, to: string): boolean => {
  try {
    linkSync(part, to);
    return true;
  } catch (error) {
    if (isTaken(error)) throw inTheWay(to);
    return false;
  }
};

const create = (part: string): void => {
  try {
    closeSync(openSync(part, 'wx', OWNER_ONLY));
  } catch (cause) {
    throw new BackupRefused(
      `${part}: cannot be written (${faultCode(cause)}); check that its folder exists and may be written`,
      { cause },
    );
  }
};

/**
 * Copies the database to another file for the owner alone, while it is in use, and verifies the copy before it gets
 * its name. Resolves to its size in bytes, or to undefined where it was stopped. Rejects with `BackupRefused`, or with
 * `StorageUnavailable` where the database cannot be read.
 */
export async function backUpDatabase(work: BackupWork): Promise<number | undefined> {
  const { file, to, force } = work;
  requireThere(file);
  if (isItself(file, to)) {
    throw new BackupRefused(`${to}: this is the database itself or a part of it; name another file`);
  }
  if (!force && existsSync(to)) throw inTheWay(to);
  const part = unfinished(to, 'part');
  create(part);
  try {
    await copyCommitted(work, part);
    await requireWhole(part, to);
    syncFile(part);
    publish(part, work);
    syncFolderOf(to);
    return statSync(to).size;
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    throw unavailable(file, error) ?? error;
  } finally {
    discard(part);
  }
}
