import type { DatabaseSync } from 'node:sqlite';
import type { TableLayout } from '../row.ts';

const PREFIX = 'index_';

/** The column of a declared index, quoted. */
export const column = (index: string): string => `"${PREFIX}${index}"`;

const columnsOf = (database: DatabaseSync, table: string): string[] =>
  database
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map((row) => String(row.name));

// No type on an index column: 1 and '1' stay what they are.
const createTable = (database: DatabaseSync, name: string): void =>
  database.exec(`
    CREATE TABLE "${name}" (
      id TEXT PRIMARY KEY NOT NULL,
      body TEXT NOT NULL,
      version INTEGER NOT NULL,
      consumed_at INTEGER,
      expires_at INTEGER
    );
    CREATE INDEX "${name}.expires_at" ON "${name}" (expires_at) WHERE expires_at IS NOT NULL;
  `);

const addIndex = (database: DatabaseSync, name: string, index: string): void =>
  database.exec(`
    ALTER TABLE "${name}" ADD COLUMN ${column(index)};
    CREATE INDEX "${name}.${index}" ON "${name}" (${column(index)}, id) WHERE ${column(index)} IS NOT NULL;
  `);

/** Says that rows may lack this index: it is new, or was not written for a time. */
const requestBackfill = (database: DatabaseSync, name: string, index: string): void => {
  const request = database.prepare(
    `INSERT OR REPLACE INTO motcua_backfill (collection, "index", done_id) VALUES (?, ?, '')`,
  );
  request.run(name, index);
};

const changesOf = (database: DatabaseSync, { name, indexes }: TableLayout) => {
  const columns = columnsOf(database, name);
  const kept = columns.filter((found) => found.startsWith(PREFIX)).map((found) => found.slice(PREFIX.length));
  return {
    isNew: columns.length === 0,
    added: indexes.filter((index) => !kept.includes(index)),
    abandoned: kept.filter((index) => !indexes.includes(index)),
  };
};

const change = (database: DatabaseSync, layout: TableLayout): void => {
  const { isNew, added, abandoned } = changesOf(database, layout);
  if (isNew) createTable(database, layout.name);
  for (const index of added) addIndex(database, layout.name, index);
  // A column that this program does not write may be declared again by the next one.
  for (const index of isNew ? [] : [...added, ...abandoned]) requestBackfill(database, layout.name, index);
};

/** Creates the table, or the index columns it lacks; waits for the write lock only where there is something to do. */
export const ensureTable = (database: DatabaseSync, layout: TableLayout): void => {
  const { isNew, added, abandoned } = changesOf(database, layout);
  if (!isNew && added.length + abandoned.length === 0) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    change(database, layout);
    database.exec('COMMIT');
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
};

/** The declared indexes that rows may still lack, and the id up to which all have them. */
export const pendingBackfill = (database: DatabaseSync, { name, indexes }: TableLayout) => {
  const rows = database
    .prepare('SELECT "index", done_id FROM motcua_backfill WHERE collection = ?')
    .all(name)
    .map((row) => ({ index: String(row.index), doneId: String(row.done_id) }))
    .filter(({ index }) => indexes.includes(index));
  const doneId = rows.map((row) => row.doneId).sort()[0] ?? '';
  return { indexes: rows.map(({ index }) => index), doneId };
};
