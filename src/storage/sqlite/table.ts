import type { DatabaseSync } from 'node:sqlite';
import type { IndexValue } from '../contract.ts';
import { type EncodedRow, freshRow, type RestoredRow, type RowTable, type TableLayout } from '../row.ts';
import { guarded } from './failure.ts';
import type { Write } from './group-commit.ts';
import { prepareStatements } from './statements.ts';
import { toRow } from './stored-row.ts';

const written = (row: EncodedRow): Record<string, IndexValue | null> => ({
  id: row.id,
  body: row.body,
  expiresAt: row.expiresAt,
  ...Object.fromEntries(row.indexes.map((value, at) => [`index${at}`, value])),
});

const stood = (row: RestoredRow) => ({
  ...written(row),
  version: row.version,
  consumedAt: row.consumedAt,
});

export interface TableParts {
  readonly database: DatabaseSync;
  readonly file: string;
  readonly write: Write;
  readonly layout: TableLayout;
  /** Resolves when every row carries the index. */
  readonly indexReady: (index: string) => Promise<void>;
}

/** The rows of one SQLite table. Reads run at once, outside any transaction; writes join the group commit. */
export const createTable = ({ database, file, write, layout, indexReady }: TableParts): RowTable => {
  const statements = prepareStatements(database, layout.name, layout.indexes);
  const by = async (index: string) => {
    await indexReady(index);
    const prepared = statements.by.get(index);
    if (!prepared) throw new TypeError(`${layout.name}: no index ${index}`);
    return prepared;
  };
  const restore = (rows: readonly RestoredRow[], now: number): Promise<string[]> =>
    write(() =>
      rows.filter((row) => !changed(statements.insert.run({ ...stood(row), now }))).map(({ id }) => id),
    );
  const changed = (result: { changes: number | bigint }): boolean => result.changes === 1;

  return {
    get: async (id, now) => {
      const row = guarded(file, () => statements.get.get({ id, now }));
      return row && toRow(row);
    },
    find: async (index, value, { after, limit }, now) => {
      const { find } = await by(index);
      return guarded(file, () => find.all({ value, afterId: after?.id ?? '', limit, now })).map(toRow);
    },
    range: async (index, from, to, { after, limit }, now) => {
      const { range } = await by(index);
      const position = { afterValue: after?.value ?? from, afterId: after?.id ?? '' };
      return guarded(file, () => range.all({ from, to, ...position, limit, now })).map(toRow);
    },
    insert: (rows, now) => restore(rows.map(freshRow), now),
    restore,
    put: async (row, now) => {
      await write(() => statements.put.run({ ...stood(freshRow(row)), now }));
    },
    replace: (row, version, now) =>
      write(() => changed(statements.replace.run({ ...written(row), version, now }))),
    consume: (id, at, now) => write(() => changed(statements.consume.run({ id, at, now }))),
    increment: (id, field, by, expiresAt, now) =>
      write(() => {
        const path = `$."${field}"`;
        const row = statements.increment.get({ id, field, by, path, expiresAt, now });
        return Number(row?.sum);
      }),
    remove: (id, now) => write(() => statements.remove.get({ id, now })?.live === 1),
    removeBy: async (index, value, now) => {
      const { countBy, removeBy } = await by(index);
      return write(() => {
        const live = Number(countBy.get({ value, now })?.live);
        removeBy.run({ value });
        return live;
      });
    },
    scan: async ({ after, limit }, now) =>
      guarded(file, () => statements.scan.all({ afterId: after?.id ?? '', limit, now })).map(toRow),
    count: async (now) => Number(guarded(file, () => statements.count.get({ now }))?.live),
    reseal: (id, from, to) => write(() => changed(statements.reseal.run({ id, from, to }))),
    purge: (now, limit) => write(() => Number(statements.purge.run({ now, limit }).changes)),
  };
};
