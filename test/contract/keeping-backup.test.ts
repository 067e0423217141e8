import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock/clock.ts';
import { createBodyCipher } from '../../src/keys/body-cipher.ts';
import type { Storage } from '../../src/storage/contract.ts';
import { backUpDatabase } from '../../src/storage/sqlite/backup.ts';
import { prepareRestore } from '../../src/storage/sqlite/restore.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { temporaryFolder } from '../support/storage.ts';
import { codes, readAcknowledged } from '../support/storage-load.ts';
import { onFile } from './sqlite-harness.ts';

const key = randomBytes(32);
const writer = join(import.meta.dirname, '../support/storage-writer.ts');
const text = 'x'.repeat(500);
const undo: (() => Promise<unknown> | unknown)[] = [];
let folder: string;
let file: string;
let to: string;

beforeEach(async () => {
  const made = await temporaryFolder();
  undo.push(made.remove);
  folder = made.folder;
  file = join(folder, 'motcua.db');
  to = join(folder, 'copy.db');
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const open = async (path = file): Promise<Storage> => {
  const storage = await openSqliteStorage({
    file: path,
    cipher: createBodyCipher([key]),
    clock: systemClock,
  });
  undo.push(() => storage.close());
  return storage;
};

/** A database with rows in it, closed. */
const filled = async (rows = 1_000): Promise<void> => {
  const storage = await open();
  await storage
    .collection(codes)
    .insertMany(Array.from({ length: rows }, (_, at) => ({ id: `row-${at}`, doc: { owner: 'an', text } })));
  await storage.close();
};

const backUp = (settings: Partial<Parameters<typeof backUpDatabase>[0]> = {}) =>
  backUpDatabase({ file, to, force: false, report: () => {}, stopped: () => false, ...settings });

const restore = async (from = to): Promise<string | undefined> => {
  const prepared = await prepareRestore({ file, from, stopped: () => false });
  try {
    return prepared?.apply(Date.UTC(2026, 10, 21, 2, 3, 4));
  } finally {
    prepared?.discard();
  }
};

const countIn = (path: string): unknown => onFile(path, 'SELECT count(*) AS rows FROM codes')[0]?.rows;

describe('a backup of the embedded database', { timeout: 60_000 }, () => {
  it('is refused where a file is in the way, which stays as it is', async () => {
    await filled();
    writeFileSync(to, 'mine');
    await expect(backUp()).rejects.toMatchObject({
      name: 'BackupRefused',
      message: expect.stringMatching('--force'),
    });
    expect(readFileSync(to, 'utf8')).toBe('mine');
    expect(await backUp({ force: true })).toBeGreaterThan(0);
    expect(countIn(to)).toBe(1_000);
  });

  it('is refused where there is no such database, or it is another program’s, or the folder is missing', async () => {
    await expect(backUp()).rejects.toMatchObject({ name: 'StorageUnavailable' });
    expect(existsSync(file)).toBe(false);
    onFile(file, 'CREATE TABLE theirs (x)');
    await expect(backUp()).rejects.toThrow('another program');
    await filled().catch(() => undefined);
    await expect(backUp({ to: join(folder, 'missing', 'copy.db') })).rejects.toMatchObject({
      name: 'BackupRefused',
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('is refused where the database itself is damaged', async () => {
    await filled();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0, bytes.length / 2, bytes.length / 2 + 20_000));
    await expect(backUp()).rejects.toThrow('damaged');
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('leaves nothing behind where it is stopped', async () => {
    await filled(8_000);
    expect(await backUp({ stopped: () => true })).toBeUndefined();
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('is one file for its owner alone, with progress on the way', async () => {
    await filled(8_000);
    const seen: number[] = [];
    const bytes = await backUp({ report: (done, total) => void seen.push(done / total) });
    expect(bytes).toBe(statSync(to).size);
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual([...seen].sort());
  });

  it('holds every write that was acknowledged before it began, while a process goes on writing', async () => {
    const child = spawn(process.execPath, [writer, file, key.toString('hex'), 'beside']);
    undo.push(() => child.kill('SIGKILL'));
    let output = '';
    child.stdout.on('data', (part) => {
      output += part;
    });
    while (output.split('\n').length < 200)
      await new Promise((resolve) => child.stdout.once('data', resolve));
    const before = readAcknowledged(output);
    await backUp();
    const during = readAcknowledged(output);
    expect(during.inserted.length).toBeGreaterThanOrEqual(before.inserted.length);
    child.kill('SIGKILL');
    const copied = (await open(to)).collection(codes);
    for (const id of before.inserted) expect(await copied.get(id)).toBeDefined();
    for (const id of before.consumed) expect(await copied.consume(id, 1)).toBe(false);
  });
});

describe('restoring the embedded database', { timeout: 60_000 }, () => {
  const same = (): Buffer => readFileSync(file);

  it('refuses a damaged file, an empty one, another program’s and none, and touches nothing', async () => {
    await filled();
    await backUp();
    const present = same();
    const bytes = readFileSync(to);
    const wrong = {
      'cut.db': bytes.subarray(0, bytes.length / 2),
      'overwritten.db': Buffer.concat([
        bytes.subarray(0, 20_000),
        Buffer.alloc(40_000),
        bytes.subarray(60_000),
      ]),
      'text.db': Buffer.from('not a database'),
      'empty.db': Buffer.alloc(0),
    };
    for (const [name, content] of Object.entries(wrong)) {
      writeFileSync(join(folder, name), content);
      await expect(restore(join(folder, name)), name).rejects.toMatchObject({
        name: 'BackupRefused',
        message: expect.stringContaining(join(folder, name)),
      });
    }
    onFile(join(folder, 'theirs.db'), 'CREATE TABLE theirs (x)');
    await expect(restore(join(folder, 'theirs.db'))).rejects.toThrow('not a database of this program');
    await expect(restore(join(folder, 'none.db'))).rejects.toThrow('ENOENT');
    expect(same()).toEqual(present);
    expect(readdirSync(folder).filter((name) => /restoring|before/.test(name))).toEqual([]);
  });

  it('refuses a newer release’s', async () => {
    await filled();
    await backUp();
    onFile(to, 'PRAGMA user_version = 99');
    await expect(restore()).rejects.toThrow(`${to}: written by a newer release`);
  });

  it('refuses a database that is in use, as the backup and as what is to be replaced', async () => {
    await filled();
    await backUp();
    const storage = await open();
    await expect(restore()).rejects.toThrow('a server or another command has it open');
    await storage.collection(codes).insert('later', { owner: 'an', text });
    copyFileSync(file, join(folder, 'raw.db'));
    copyFileSync(`${file}-wal`, join(folder, 'raw.db-wal'));
    await expect(restore(join(folder, 'raw.db'))).rejects.toThrow('in use or was not closed');
    expect(await storage.collection(codes).count()).toBe(1_001);
    expect(readdirSync(folder).filter((name) => /restoring|before/.test(name))).toEqual([]);
    await expect(storage.ping()).resolves.toBeUndefined();
  });

  it('puts the backup in place and keeps the former database beside it, with all of its rows', async () => {
    await filled();
    await backUp();
    const storage = await open();
    await storage.collection(codes).insert('later', { owner: 'an', text });
    // As a process that was killed leaves it: the last row is in the log alone.
    const left = [file, `${file}-wal`].map((name) => [name, readFileSync(name)] as const);
    await storage.close();
    for (const [name, bytes] of left) writeFileSync(name, bytes);
    const aside = await restore();
    expect(aside).toBe(`${file}.before-20261121T020304000Z`);
    expect(readdirSync(folder).filter((name) => name.includes('before'))).toHaveLength(1);
    expect(countIn(String(aside))).toBe(1_001);
    expect(await (await open()).collection(codes).count()).toBe(1_000);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it.each([
    ['damaged', 'broken'],
    ['emptied', ''],
  ])(
    'takes the place of a database that was %s and of its log, all of which stay beside it',
    async (_, left) => {
      await filled();
      await backUp();
      writeFileSync(file, left);
      writeFileSync(`${file}-wal`, 'its log');
      const aside = await restore();
      expect(readFileSync(String(aside), 'utf8')).toBe(left);
      expect(readFileSync(`${aside}-wal`, 'utf8')).toBe('its log');
      expect(await (await open()).collection(codes).count()).toBe(1_000);
    },
  );

  it('does not take the log of a lost database for its own', async () => {
    await filled();
    await backUp();
    const storage = await open();
    await storage.collection(codes).insert('later', { owner: 'an', text });
    const log = readFileSync(`${file}-wal`);
    await storage.close();
    rmSync(file);
    writeFileSync(`${file}-wal`, log);
    expect(await restore()).toBeUndefined();
    expect(readFileSync(`${file}.before-20261121T020304000Z-wal`)).toEqual(log);
    expect(await (await open()).collection(codes).get('later')).toBeUndefined();
  });

  it('makes the folder where there was no database', async () => {
    await filled();
    await backUp();
    file = join(folder, 'new', 'place', 'motcua.db');
    expect(await restore()).toBeUndefined();
    expect(countIn(file)).toBe(1_000);
  });
});
