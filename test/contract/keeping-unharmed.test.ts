import { linkSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock/clock.ts';
import type { Storage } from '../../src/storage/contract.ts';
import { backUpDatabase } from '../../src/storage/sqlite/backup.ts';
import { prepareRestore } from '../../src/storage/sqlite/restore.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { createTestCipher, temporaryFolder } from '../support/storage.ts';
import { codes } from '../support/storage-load.ts';
import { onFile } from './sqlite-harness.ts';

const ROWS = 2_000;
const cipher = createTestCipher();
const undo: (() => Promise<unknown> | unknown)[] = [];
let folder: string;
let file: string;
let to: string;
let storage: Storage;

beforeEach(async () => {
  const made = await temporaryFolder();
  undo.push(made.remove);
  folder = made.folder;
  file = join(folder, 'motcua.db');
  to = join(folder, 'copy.db');
  storage = await openSqliteStorage({ file, cipher, clock: systemClock });
  undo.push(() => storage.close());
  const doc = { owner: 'an', text: 'x'.repeat(500) };
  const rows = Array.from({ length: ROWS }, (_, at) => ({ id: `row-${at}`, doc }));
  await storage.collection(codes).insertMany(rows);
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const backUp = (force = false, name = to) =>
  backUpDatabase({ file, to: name, force, report: () => {}, stopped: () => false });

it.each([
  'motcua.db',
  'motcua.db-wal',
  'motcua.db-journal',
  'here/motcua.db',
  'here/motcua.db-shm',
  'hard.db',
  'soft.db',
])('a backup onto the database itself is refused, as %s, with --force and without', async (name) => {
  symlinkSync(folder, join(folder, 'here'));
  linkSync(file, join(folder, 'hard.db'));
  symlinkSync(file, join(folder, 'soft.db'));
  const before = readdirSync(folder);
  for (const force of [true, false]) {
    await expect(backUp(force, join(folder, name))).rejects.toMatchObject({
      name: 'BackupRefused',
      message: expect.stringContaining('the database itself'),
    });
  }
  expect(readdirSync(folder)).toEqual(before);
  await expect(storage.ping()).resolves.toBeUndefined();
  expect(await storage.collection(codes).count()).toBe(ROWS);
});

it('a backup of a database behind a link is refused onto what is beside the real one', async () => {
  const real = file;
  file = join(folder, 'soft.db');
  symlinkSync(real, file);
  for (const name of [real, `${real}-journal`]) {
    await expect(backUp(true, name)).rejects.toThrow('the database itself');
  }
  expect(await storage.collection(codes).count()).toBe(ROWS);
});

it('what an earlier backup left that was ended by force is not in the way of the next', async () => {
  writeFileSync(`${to}.${process.pid}.part`, 'left');
  expect(await backUp()).toBeGreaterThan(0);
  expect(onFile(to, 'SELECT count(*) AS rows FROM codes')).toEqual([{ rows: ROWS }]);
});

it('a restore that is stopped leaves nothing behind, whether it copied or had checked already', async () => {
  await storage.close();
  await backUp();
  const [present, before] = [readFileSync(file), readdirSync(folder)];
  const parts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.restoring'));
  /** Stops at the given question, having seen the copy; how many were asked. */
  const stopAt = async (last: number): Promise<number> => {
    let asked = 0;
    const stopped = (): boolean => {
      expect(parts()).toHaveLength(1);
      asked += 1;
      return asked >= last;
    };
    const prepared = await prepareRestore({ file, from: to, stopped });
    expect(prepared === undefined).toBe(asked >= last);
    prepared?.discard();
    expect(readdirSync(folder)).toEqual(before);
    return asked;
  };
  const all = await stopAt(Number.POSITIVE_INFINITY);
  expect(all).toBeGreaterThan(2);
  for (const last of [1, 2, all]) expect(await stopAt(last)).toBe(last);
  expect(readFileSync(file)).toEqual(present);
});

it('a restore whose place for the former database is taken says so, and changes nothing', async () => {
  await storage.close();
  await backUp();
  writeFileSync(`${file}.before-20261121T020304000Z`, 'former');
  const before = readdirSync(folder);
  const prepared = await prepareRestore({ file, from: to, stopped: () => false });
  try {
    expect(() => prepared?.apply(Date.UTC(2026, 10, 21, 2, 3, 4))).toThrow(
      expect.objectContaining({ name: 'BackupRefused', message: expect.stringContaining('.before-2026') }),
    );
  } finally {
    prepared?.discard();
  }
  expect(onFile(file, 'SELECT count(*) AS rows FROM codes')).toEqual([{ rows: ROWS }]);
  expect(readdirSync(folder)).toEqual(before);
});
