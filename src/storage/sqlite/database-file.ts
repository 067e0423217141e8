import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { StorageUnavailable } from '../contract.ts';
import { isBusy, LOCK_PATIENCE, unavailable } from './failure.ts';

/** "MCID": says in the file's header whose database it is (https://www.sqlite.org/fileformat.html 1.3.17). */
export const APPLICATION_ID = 0x4d434944;
/** Of the tables below and of the common columns; grows when an older program could not keep the file. */
const SCHEMA_VERSION = 1;

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const LOCK_RETRY = 10;

// `motcua_backfill`: an index that rows lack which were there before it; the ids up to `done_id` have it.
const schema = `
  CREATE TABLE motcua_pulse (id INTEGER PRIMARY KEY CHECK (id = 1), beat INTEGER NOT NULL);
  INSERT INTO motcua_pulse VALUES (1, 0);
  CREATE TABLE motcua_backfill (
    collection TEXT NOT NULL,
    "index" TEXT NOT NULL,
    done_id TEXT NOT NULL,
    PRIMARY KEY (collection, "index")
  ) WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

const readNumber = (database: DatabaseSync, sql: string, column: string): number =>
  Number(database.prepare(sql).get()?.[column]);

const stamp = (database: DatabaseSync, file: string): void => {
  const application = readNumber(database, 'PRAGMA application_id', 'application_id');
  const version = readNumber(database, 'PRAGMA user_version', 'user_version');
  const tables = readNumber(database, 'SELECT count(*) AS tables FROM sqlite_schema', 'tables');
  if (application === 0 && version === 0 && tables === 0) {
    database.exec(schema);
  } else if (application !== APPLICATION_ID) {
    throw new StorageUnavailable(`${file}: this is the database of another program; name another file`);
  } else if (version > SCHEMA_VERSION) {
    throw new StorageUnavailable(
      `${file}: written by a newer release (schema ${version}, this one knows ${SCHEMA_VERSION}); start that one`,
    );
  }
};

/** Level by level: a recursive `mkdir` never returns where the kernel says ENOENT for a folder in one that exists. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, OWNER_ONLY_FOLDER);
  } catch (error) {
    // Another process that starts on the same new folder may have been first.
    if (!existsSync(folder)) throw error;
  }
};

/** Makes folder and file for the owner alone. SQLite gives `-wal` and `-shm` the mode of the file. */
const prepareFile = (file: string): void => {
  try {
    makeFolder(dirname(file));
    closeSync(openSync(file, 'a', OWNER_ONLY));
  } catch (cause) {
    throw new StorageUnavailable(
      `${file}: the file cannot be written; check that its folder exists and may be written`,
      { cause },
    );
  }
};

const withdrawOthersAccess = (file: string): void => {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(name) && (statSync(name).mode & 0o077) !== 0) chmodSync(name, OWNER_ONLY);
  }
};

const verify = (database: DatabaseSync, file: string): void => {
  database.exec('BEGIN IMMEDIATE');
  try {
    stamp(database, file);
    database.exec('COMMIT');
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
};

/** Another process that opens the same new file makes this fail at once, whatever the busy timeout. */
const writeAhead = async (database: DatabaseSync): Promise<void> => {
  for (const start = performance.now(); ; await setTimeout(LOCK_RETRY)) {
    try {
      const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
      if (mode === 'wal') return;
      throw new Error(`write-ahead logging is refused (journal mode ${String(mode)})`);
    } catch (error) {
      if (!isBusy(error) || performance.now() - start > LOCK_PATIENCE) throw error;
    }
  }
};

const tune = (database: DatabaseSync): void => {
  // FULL: an acknowledged write survives a loss of power. fullfsync: macOS means it only then.
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cache_size = -16384;
    PRAGMA journal_size_limit = 67108864;
  `);
};

const connect = async (file: string): Promise<DatabaseSync> => {
  const database = new DatabaseSync(file, {
    timeout: LOCK_PATIENCE,
    enableDoubleQuotedStringLiterals: false,
  });
  try {
    verify(database, file);
    await writeAhead(database);
    tune(database);
    withdrawOthersAccess(file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Opens the database of this program in a real file, creating it and its folder for the owner alone. Rejects
 * with `StorageUnavailable` and a sentence that names the file: unwritable, locked for five seconds, damaged, of
 * another program, of a newer release.
 */
export const openDatabaseFile = async (file: string): Promise<DatabaseSync> => {
  if (file === '' || file === ':memory:' || file.startsWith('file:')) {
    throw new StorageUnavailable(`"${file}": the embedded database needs the path of a file`);
  }
  prepareFile(file);
  try {
    return await connect(file);
  } catch (error) {
    throw unavailable(file, error) ?? error;
  }
};
