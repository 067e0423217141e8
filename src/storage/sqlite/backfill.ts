import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { type IndexValue, StorageUnavailable } from '../contract.ts';
import type { StoredRow, TableLayout } from '../row.ts';
import type { Write } from './group-commit.ts';
import { column, pendingBackfill } from './layout.ts';
import { rowColumns, toRow } from './stored-row.ts';

const BATCH = 200;

interface Backfill {
  /** Which indexes are not to be asked before `done`. */
  readonly indexes: readonly string[];
  /** Rejects if a row cannot be opened, or the storage closes first; the next opening goes on from there. */
  readonly done: Promise<void>;
}

const assignments = (indexes: readonly string[]): string =>
  indexes.map((index) => `${column(index)} = ?`).join(', ');

/** Gives the rows that were there before an index its values, a batch at a time, beside other work. */
export const startBackfill = (
  database: DatabaseSync,
  write: Write,
  layout: TableLayout,
  isClosing: () => boolean,
): Backfill => {
  const { indexes, doneId } = pendingBackfill(database, layout);
  if (indexes.length === 0) return { indexes, done: Promise.resolve() };
  const batch = database.prepare(
    `SELECT ${rowColumns} FROM "${layout.name}" WHERE id > ? ORDER BY id LIMIT ${BATCH}`,
  );
  const single = database.prepare(`SELECT ${rowColumns} FROM "${layout.name}" WHERE id = ?`);
  // On the same body only: a row written meanwhile may have brought its own values.
  const fill = database.prepare(
    `UPDATE "${layout.name}" SET ${assignments(indexes)} WHERE id = ? AND body = ?`,
  );
  const progress = database.prepare('UPDATE motcua_backfill SET done_id = ? WHERE collection = ?');
  const finish = database.prepare('DELETE FROM motcua_backfill WHERE collection = ? AND "index" = ?');

  const valuesOf = async (row: StoredRow) => {
    const values = await layout.indexValues(row);
    return { row, values: indexes.map((index) => values[layout.indexes.indexOf(index)] ?? null) };
  };
  /** The rows that were changed while they were being opened. */
  const save = (filled: { row: StoredRow; values: (IndexValue | null)[] }[], lastId: string) =>
    write(() => {
      const missed = filled.filter(({ row, values }) => fill.run(...values, row.id, row.body).changes === 0);
      if (missed.length === 0) progress.run(lastId, layout.name);
      return missed.flatMap(({ row }) => {
        const now = single.get(row.id);
        return now ? [toRow(now)] : [];
      });
    });

  const finished = () =>
    write(() => {
      for (const index of indexes) finish.run(layout.name, index);
    });

  const run = async (): Promise<void> => {
    for (let cursor = doneId; !isClosing(); ) {
      await setImmediate();
      const rows = batch.all(cursor).map(toRow);
      const last = rows.at(-1);
      if (!last) return finished();
      // Sealing a row anew changes its body and brings no values: such a row is opened again.
      for (let left = rows; left.length > 0; )
        left = await save(await Promise.all(left.map(valuesOf)), last.id);
      cursor = last.id;
    }
    throw new StorageUnavailable(`${layout.name}: closed while an index was being filled`);
  };
  return { indexes, done: run() };
};
