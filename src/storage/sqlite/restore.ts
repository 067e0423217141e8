import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { isBusy, unavailable } from './failure.ts';
import {
  BackupRefused,
  COMPANIONS,
  discard,
  faultCode,
  isTaken,
  OWNER_ONLY,
  requireWhole,
  syncFile,
  syncFolderOf,
  unfinished,
} from './whole-file.ts';

const OWNER_ONLY_FOLDER = 0o700;
/** How long another command may hold the database before it counts as in use, in milliseconds. */
const PATIENCE = 1_000;

/** A verified copy of a backup beside the database, ready to take its place. */
export interface PreparedRestore {
  readonly bytes: number;
  /**
   * Puts it in the place of the database; where the former one is kept, if there was one. Rejects with `BackupRefused`
   * where the database is in use.
   */
  apply(now: number): string | undefined;
  /** Removes what `apply` did not use. */
  discard(): void;
}

export interface RestoreWork {
  readonly file: string;
  /** The backup. */
  readonly from: string;
  /** Asked now and then; true ends the work and leaves nothing behind. */
  readonly stopped: () => boolean;
}

/** False where it was stopped. */
async function copied({ from, stopped }: RestoreWork, part: string): Promise<boolean> {
  const companion = COMPANIONS.map((suffix) => from + suffix).find(
    (name) => (statSync(name, { throwIfNoEntry: false })?.size ?? 0) > 0,
  );
  if (companion !== undefined) {
    throw new BackupRefused(
      `${from}: this database is in use or was not closed (there is ${basename(companion)} beside it); ` +
        'name a file that "storage backup" made',
    );
  }
  try {
    mkdirSync(dirname(part), { recursive: true, mode: OWNER_ONLY_FOLDER });
    let ended = false;
    await pipeline(
      createReadStream(from),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          ended = stopped();
          if (ended) return;
          yield chunk;
        }
      },
      createWriteStream(part, { flags: 'wx', mode: OWNER_ONLY }),
    );
    return !ended;
  } catch (error) {
    throw new BackupRefused(`${from}: cannot be copied to ${dirname(part)} (${faultCode(error)})`, {
      cause: error,
    });
  }
}

/**
 * Verifies a backup, on a copy of it in the folder of the database. Nothing else is changed. Resolves to undefined where
 * it was stopped. Rejects with `BackupRefused`.
 */
export async function prepareRestore(work: RestoreWork): Promise<PreparedRestore | undefined> {
  const { file, from, stopped } = work;
  const part = unfinished(file, 'restoring');
  let ready = false;
  try {
    if (!(await copied(work, part))) return undefined;
    await requireWhole(part, from);
    syncFile(part);
    ready = !stopped();
  } finally {
    if (!ready) discard(part);
  }
  if (!ready) return undefined;
  return {
    bytes: statSync(part).size,
    apply: (now) => swap(file, part, now),
    discard: () => discard(part),
  };
}

/**
 * Locks out everybody else, and brings what is committed into the one file. Throws `BackupRefused` where another has the
 * database open. Undefined for one that is too damaged to be opened: who has it open cannot be known.
 */
function holdAlone(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file, { timeout: PATIENCE });
  try {
    // Only one who is alone can leave the write-ahead log. A journal in memory: one beside the file would outlive
    // a loss of power and be taken for that of the database that came in its place.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) {
      throw new BackupRefused(`${file}: a server or another command has it open; stop it first`);
    }
    if (unavailable(file, error)) return undefined;
    throw error;
  }
}

/**
 * The one who has the former database for himself, if it can be opened. SQLite removes the log of a database that it
 * takes for empty, so the log is copied aside before that, and the copy stays unless the database holds all of it.
 */
function holdFormer(file: string, aside: string): DatabaseSync | undefined {
  const companions = COMPANIONS.filter((suffix) => existsSync(file + suffix));
  const forget = (): void => {
    for (const suffix of companions) rmSync(aside + suffix, { force: true });
  };
  for (const suffix of companions) copyFileSync(file + suffix, aside + suffix);
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes === 0) return undefined;
  try {
    const held = holdAlone(file);
    if (held) forget();
    return held;
  } catch (error) {
    forget();
    throw error;
  }
}

/** A second name for a file, or where the file system has none, another name. */
const keepAside = (file: string, aside: string): void => {
  try {
    linkSync(file, aside);
  } catch (error) {
    if (isTaken(error)) {
      throw new BackupRefused(`${aside}: there is such a file, from another restore; try again`, {
        cause: error,
      });
    }
    renameSync(file, aside);
  }
};

function swap(file: string, part: string, now: number): string | undefined {
  const aside = `${file}.before-${new Date(now).toISOString().replace(/[-:.]/g, '')}`;
  const there = existsSync(file);
  const held = holdFormer(file, aside);
  // Windows moves no file that is open.
  if (process.platform === 'win32') held?.close();
  try {
    if (there) keepAside(file, aside);
    // The log of the former database would be taken for that of the new one.
    for (const suffix of COMPANIONS) rmSync(file + suffix, { force: true });
    renameSync(part, file);
    syncFolderOf(file);
  } finally {
    if (held?.isOpen) held.close();
  }
  return there ? aside : undefined;
}
