import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageUnavailable } from '../../src/storage/contract.ts';
import { createGroupCommit, type Write } from '../../src/storage/sqlite/group-commit.ts';
import { temporaryFolder } from '../support/storage.ts';

describe('group commit', () => {
  let database: DatabaseSync;
  let beside: DatabaseSync;
  let write: Write;
  let remove: () => Promise<void>;

  beforeEach(async () => {
    const temporary = await temporaryFolder();
    remove = temporary.remove;
    const file = join(temporary.folder, 'a.db');
    database = new DatabaseSync(file, { timeout: 5_000 });
    database.exec(`
      PRAGMA journal_mode = WAL;
      CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (
        id INTEGER PRIMARY KEY,
        parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED,
        filling BLOB
      );
    `);
    beside = new DatabaseSync(file);
    write = createGroupCommit(database, 'a.db', 50);
  });

  afterEach(async () => {
    database.close();
    beside.close();
    await remove();
  });

  const insert = (id: number, parent: number | null = null) =>
    write(() => database.prepare('INSERT INTO child (id, parent) VALUES (?, ?)').run(id, parent).changes);
  const fill = (bytes: number) =>
    write(() => database.prepare('INSERT INTO child (filling) VALUES (zeroblob(?))').run(bytes).changes);
  const rows = (): unknown => beside.prepare('SELECT count(*) AS n FROM child').get()?.n;
  const statuses = async (writes: Promise<unknown>[]) =>
    (await Promise.allSettled(writes)).map(({ status }) => status);

  it('fails all writes of a turn whose commit fails, and keeps none of them', async () => {
    const writes = [insert(1), insert(2, 404), insert(3)];
    for (const failed of writes) await expect(failed).rejects.toBeInstanceOf(StorageUnavailable);
    expect(rows()).toBe(0);
    expect(await insert(1)).toBe(1);
  });

  it('fails all writes of a turn in which the disk is full, says so, and works on with room', async () => {
    database.exec('PRAGMA max_page_count = 20');
    const writes = [insert(1), fill(1_000_000), insert(2)];
    for (const failed of writes) await expect(failed).rejects.toThrow('a.db: the disk is full');
    expect(await statuses(writes)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(rows()).toBe(0);
    expect(await insert(1)).toBe(1);
  });

  it('fails all writes that wait too long for the lock, says so, and works on after', async () => {
    beside.exec('BEGIN IMMEDIATE');
    const writes = [insert(1), insert(2)];
    for (const failed of writes) await expect(failed).rejects.toThrow('a.db: another process holds the lock');
    for (const failed of writes) await expect(failed).rejects.toBeInstanceOf(StorageUnavailable);
    beside.exec('ROLLBACK');
    expect(await insert(1)).toBe(1);
  });

  it('fails one write without harm to its neighbours', async () => {
    const writes = [insert(1), insert(1), insert(2)];
    expect(await statuses(writes)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(rows()).toBe(2);
  });

  it('settles nothing before the commit: who is told can see it beside', async () => {
    const seen: unknown[] = [];
    const writes = [1, 2, 3].map((id) => insert(id).then(() => seen.push(rows())));
    expect(rows()).toBe(0);
    await Promise.all(writes);
    expect(seen).toEqual([3, 3, 3]);
  });

  it('makes one transaction of one turn', async () => {
    const begun: boolean[] = [];
    const inside = () => write(() => begun.push(database.isTransaction));
    const commits = () => Number(beside.prepare('PRAGMA data_version').get()?.data_version);
    const before = commits();
    await Promise.all([insert(1), inside(), insert(2), inside(), insert(3)]);
    expect(begun).toEqual([true, true]);
    expect(commits() - before).toBe(1);
    expect(database.isTransaction).toBe(false);
  });

  it('lets a later write of the same turn see the earlier one', async () => {
    const counted = write(() => database.prepare('SELECT count(*) AS n FROM child').get()?.n);
    await insert(1);
    expect(await counted).toBe(0);
    const [, second] = await Promise.all([
      insert(2),
      write(() => database.prepare('SELECT count(*) AS n FROM child').get()?.n),
    ]);
    expect(second).toBe(2);
  });
});
