import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageUnavailable } from '../contract.ts';
import { guarded } from './failure.ts';

/** "MCID": says in the file's header whose database it is (https://www.sqlite.org/fileformat.html 1.3.17). */
const APPLICATION_ID = 0x4d434944;
/** Of the tables below and of the common columns; grows when an older program could not keep the file. */
const SCHEMA_VERSION = 1;

const OWNER_ONLY = 0o600;

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

/** Makes folder and file for the owner alone. SQLite gives `-wal` and `-shm` the mode of the file. */
const prepareFile = (file: string): void => {
  const folder = dirname(file);
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
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

const verified = (database: DatabaseSync, file: string): void => {
  database.exec('BEGIN IMMEDIATE');
  try {
    stamp(database, file);
    database.exec('COMMIT');
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
};

const tuned = (database: DatabaseSync): void => {
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
  if (mode !== 'wal') throw new Error(`write-ahead logging is refused (journal mode ${String(mode)})`);
  // FULL: an acknowledged write survives a loss of power. fullfsync: macOS means it only then.
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cache_size = -16384;
    PRAGMA journal_size_limit = 67108864;
  `);
};

/**
 * Opens the database of this program in a real file, creating it and its folder for the owner alone. Throws
 * `StorageUnavailable` with a sentence that names the file: unwritable, locked for five seconds, damaged, of
 * another program, of a newer release.
 */
export const openDatabaseFile = (file: string): DatabaseSync => {
  if (file === '' || file === ':memory:' || file.startsWith('file:')) {
    throw new StorageUnavailable(`"${file}": the embedded database needs the path of a file`);
  }
  prepareFile(file);
  return guarded(file, () => {
    const database = new DatabaseSync(file, { timeout: 5_000, enableDoubleQuotedStringLiterals: false });
    try {
      verified(database, file);
      tuned(database);
      withdrawOthersAccess(file);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
};
