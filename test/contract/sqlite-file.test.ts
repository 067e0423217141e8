import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { StorageUnavailable } from '../../src/storage/contract.ts';
import { openDatabaseFile } from '../../src/storage/sqlite/database-file.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { createTestCipher, temporaryFolder } from '../support/storage.ts';
import { note, notes, standingClock, tallies } from './harness.ts';
import { onFile } from './sqlite-harness.ts';

const undo: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const freshFolder = async (): Promise<string> => {
  const { folder, remove } = await temporaryFolder();
  undo.push(remove);
  return folder;
};

const openOn = async (file: string, cipher = createTestCipher()) => {
  const storage = await openSqliteStorage({ file, cipher, clock: standingClock() });
  undo.push(() => storage.close());
  return storage;
};

const expectUnavailable = async (attempt: Promise<unknown>, ...words: string[]) => {
  await expect(attempt).rejects.toBeInstanceOf(StorageUnavailable);
  for (const word of words) await expect(attempt).rejects.toThrow(word);
};

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

/** Linux says of a new folder in /proc that it does not exist, as if the folder above were missing. */
const unwritablePlaces = [
  ...(process.platform === 'linux' ? ['/proc/x/m.db', '/proc/x/y/m.db'] : []),
  join(process.execPath, 'x', 'm.db'),
];

describe('the file of the SQLite engine', () => {
  it('is never memory, a URI or nothing', async () => {
    for (const file of [':memory:', 'file:x?mode=memory', '']) {
      await expectUnavailable(openOn(file), `"${file}"`, 'path of a file');
    }
  });

  it('is named when it cannot be opened: a folder in its place, a file in the place of its folder', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'plain'), 'x');
    for (const file of [folder, join(folder, 'plain', 'motcua.db')]) {
      await expectUnavailable(openOn(file), file, 'cannot be written');
    }
  });

  it.each(unwritablePlaces)('is named when its folder cannot be made: %s', async (file) => {
    await expectUnavailable(openOn(file), file, 'cannot be written');
  });

  it('is refused, and left as it was, when it belongs to another program', async () => {
    const file = join(await freshFolder(), 'other.db');
    onFile(file, 'CREATE TABLE other (x)');
    await chmod(file, 0o644);
    const before = await readFile(file);
    await expectUnavailable(openOn(file), file, 'another program');
    expect(await readFile(file)).toEqual(before);
    expect(await modeOf(file)).toBe('644');
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('is refused, and left as it was, when it is no database', async () => {
    const file = join(await freshFolder(), 'letter.txt');
    const letter = 'Kính gửi Ủy ban nhân dân tỉnh, '.repeat(100);
    await writeFile(file, letter);
    await expectUnavailable(openOn(file), file, 'not a database');
    expect(await readFile(file, 'utf8')).toBe(letter);
  });

  it('is refused when a newer release wrote it', async () => {
    const file = join(await freshFolder(), 'motcua.db');
    await (await openOn(file)).close();
    onFile(file, 'PRAGMA user_version = 99');
    await expectUnavailable(openOn(file), file, 'newer release', '99');
    onFile(file, 'PRAGMA user_version = 1');
    await expect(openOn(file)).resolves.toBeDefined();
  });

  it('says that it is damaged, on reading and on writing', async () => {
    const file = join(await freshFolder(), 'motcua.db');
    const first = await openOn(file);
    await first.collection(notes).insert('a', note('an'));
    await first.close();
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0xa5, 4096));
    const attempt = openOn(file).then((storage) => storage.collection(notes).get('a'));
    await expectUnavailable(attempt, file, 'damaged');
  });

  it('is for its owner alone, with its folder and its log, also when others had access', async () => {
    const folder = join(await freshFolder(), 'deep', 'data');
    const file = join(folder, 'motcua.db');
    const storage = await openOn(file);
    await storage.collection(notes).insert('a', note('an'));
    expect(await modeOf(folder)).toBe('700');
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(await modeOf(name)).toBe('600');
    await storage.close();
    await chmod(file, 0o664);
    const again = await openOn(file);
    await again.collection(notes).insert('b', note('an'));
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(await modeOf(name)).toBe('600');
  });

  it('leaves the access to a folder that was there', async () => {
    const folder = join(await freshFolder(), 'data');
    await mkdir(folder, { mode: 0o755 });
    await openOn(join(folder, 'motcua.db'));
    expect(await modeOf(folder)).toBe('755');
  });

  it('fails a ping once it was moved away', async () => {
    const file = join(await freshFolder(), 'motcua.db');
    const storage = await openOn(file);
    await storage.ping();
    await rename(file, `${file}.old`);
    await expectUnavailable(storage.ping(), file, 'moved');
  });

  it('is written ahead, and to the disk at every commit', async () => {
    const database = await openDatabaseFile(join(await freshFolder(), 'motcua.db'));
    undo.push(() => database.close());
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    const FULL = 2;
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: FULL });
  });

  it('lets reads go on and writes wait while another process holds the lock', async () => {
    const file = join(await freshFolder(), 'motcua.db');
    const storage = await openOn(file);
    await storage.collection(tallies).increment('a', 'n', 1);
    const other = new DatabaseSync(file);
    undo.push(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    const waiting = storage.collection(tallies).increment('a', 'n', 1);
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect((await storage.collection(tallies).get('a'))?.doc).toEqual({ n: 1 });
    }
    other.exec('COMMIT');
    expect(await waiting).toBe(2);
  });

  it('is not opened while another process holds the lock for longer than five seconds', async () => {
    const file = join(await freshFolder(), 'motcua.db');
    await (await openOn(file)).close();
    const other = new DatabaseSync(file);
    undo.push(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    await expectUnavailable(openOn(file), file, 'holds the lock');
    other.exec('ROLLBACK');
    await expect(openOn(file)).resolves.toBeDefined();
  });
});
