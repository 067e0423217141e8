import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type { BodyCipher } from '../../src/storage/contract.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { prepareStatements } from '../../src/storage/sqlite/statements.ts';
import { createTestCipher, temporaryFolder } from '../support/storage.ts';
import { note, papers, standingClock } from './harness.ts';
import { plain } from './late-index.ts';
import { onFile } from './sqlite-harness.ts';

const undo: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A file with rows that were written before any index was declared. */
const openOld = async () => {
  const { folder, remove } = await temporaryFolder();
  undo.push(remove);
  const file = join(folder, 'motcua.db');
  const cipher = createTestCipher();
  const open = async (other: BodyCipher = cipher) => {
    const storage = await openSqliteStorage({ file, cipher: other, clock: standingClock() });
    undo.push(() => storage.close());
    return storage;
  };
  const storage = await open();
  const rows = Array.from({ length: 250 }, (_, at) => ({ id: `n${at}`, doc: note('an', at) }));
  await storage.collection(plain).insertMany(rows);
  await storage.close();
  return { file, open };
};

describe('the indexes of a SQLite file', () => {
  it('are asked for again until they are filled, and then no more', async () => {
    const { file, open } = await openOld();
    const closing = await open(createTestCipher());
    await expect(closing.collection(papers).find('owner', 'an')).rejects.toThrow('papers/n');
    await closing.close();
    expect(onFile(file, 'SELECT * FROM motcua_backfill')).toHaveLength(1);
    await (await open()).collection(papers).find('owner', 'an');
    expect(onFile(file, 'SELECT * FROM motcua_backfill')).toEqual([]);
  });
});

describe('the listings of the SQLite engine', () => {
  it('read along the declared index, without sorting and without reading whole tables', async () => {
    const { file, open } = await openOld();
    await (await open()).collection(papers).find('owner', 'an');
    const database = new DatabaseSync(file);
    undo.push(() => database.close());
    const { by, purge } = prepareStatements(database, 'papers', ['owner']);
    const planOf = (statement: StatementSync | undefined) =>
      onFile(file, `EXPLAIN QUERY PLAN ${statement?.sourceSQL}`)
        .map((row) => String(row.detail))
        .join('\n');
    const [find, range, swept] = [by.get('owner')?.find, by.get('owner')?.range, purge].map(planOf);
    expect(find).toMatch(/USING INDEX papers\.owner \(index_owner=\? AND id>\?\)/);
    expect(range).toMatch(/USING INDEX papers\.owner \(index_owner>\? AND index_owner<\?\)/);
    expect(swept).toMatch(/papers\.expires_at \(expires_at<\?\)/);
    expect(`${find}\n${range}\n${swept}`).not.toMatch(/TEMP B-TREE|^SCAN/m);
  });
});
