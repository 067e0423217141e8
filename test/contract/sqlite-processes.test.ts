import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock/clock.ts';
import { createBodyCipher } from '../../src/keys/body-cipher.ts';
import type { Storage } from '../../src/storage/contract.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { temporaryFolder } from '../support/storage.ts';
import { type Acknowledged, codes, counts, readAcknowledged } from '../support/storage-load.ts';
import { onFile } from './sqlite-harness.ts';

const script = join(import.meta.dirname, '../support/storage-writer.ts');
const undo: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const openFolder = async () => {
  const { folder, remove } = await temporaryFolder();
  undo.push(remove);
  const key = randomBytes(32);
  const file = join(folder, 'motcua.db');
  const open = async () => {
    const storage = await openSqliteStorage({ file, cipher: createBodyCipher([key]), clock: systemClock });
    undo.push(() => storage.close());
    return storage;
  };
  return { file, key: key.toString('hex'), open };
};

/** Starts a writing process; `ended` gives what it acknowledged and how it ended. */
const startWriter = (file: string, key: string, name: string, rounds?: number) => {
  const args = [script, file, key, name, ...(rounds === undefined ? [] : [String(rounds)])];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  undo.push(() => child.kill('SIGKILL'));
  const output: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({
    code,
    signal,
    errors: output.stderr,
    acknowledged: readAcknowledged(output.stdout),
  }));
  return { child, ended, spoke: () => output.stdout.split('\n').length };
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const lost = async (storage: Storage, { inserted, consumed }: Acknowledged) => {
  const rows = storage.collection(codes);
  const missing: string[] = [];
  const revived: string[] = [];
  for (const id of inserted) if (!(await rows.get(id))) missing.push(id);
  for (const id of consumed) if (await rows.consume(id, systemClock.now())) revived.push(id);
  return { missing, revived };
};

describe('SQLite and several processes', () => {
  it('loses no acknowledged write and revives nothing consumed, however often its process is killed', {
    timeout: 120_000,
  }, async () => {
    const { file, key, open } = await openFolder();
    const lives: Acknowledged[] = [];
    for (let life = 0; life < 5; life += 1) {
      const { child, ended, spoke } = startWriter(file, key, `life${life}`);
      while (spoke() < 40 && child.exitCode === null) await pause(5);
      await pause(Math.random() * 120);
      child.kill('SIGKILL');
      const { signal, errors, acknowledged } = await ended;
      expect({ signal, errors }).toEqual({ signal: 'SIGKILL', errors: '' });
      lives.push(acknowledged);
    }
    const storage = await open();
    for (const acknowledged of lives) {
      expect(acknowledged.inserted.length).toBeGreaterThan(8);
      expect(acknowledged.consumed.length).toBeGreaterThan(0);
      expect(await lost(storage, acknowledged)).toEqual({ missing: [], revived: [] });
    }
    const sums = (await storage.collection(counts).get('all'))?.doc;
    for (const [life, { counted }] of lives.entries()) {
      expect(sums?.[`life${life}`]).toBeGreaterThanOrEqual(counted);
    }
    await storage.close();
    expect(onFile(file, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });

  it('takes the writes of four processes that start at once on a file that is not there yet', {
    timeout: 60_000,
  }, async () => {
    const { file, key, open } = await openFolder();
    const writers = ['a', 'b', 'c', 'd'].map((name) => startWriter(file, key, name, 10));
    const ends = await Promise.all(writers.map(({ ended }) => ended));
    for (const { code, errors } of ends) expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const storage = await open();
    for (const { acknowledged } of ends) {
      expect(acknowledged.inserted).toHaveLength(80);
      expect(await lost(storage, acknowledged)).toEqual({ missing: [], revived: [] });
    }
    expect((await storage.collection(counts).get('all'))?.doc).toEqual({ a: 80, b: 80, c: 80, d: 80 });
  });

  it('writes beside a process that writes without pause, and sees what that one wrote', {
    timeout: 60_000,
  }, async () => {
    const { file, key, open } = await openFolder();
    const storage = await open();
    const { child, ended, spoke } = startWriter(file, key, 'beside');
    while (spoke() < 40 && child.exitCode === null) await pause(5);
    for (let at = 0; at < 50; at += 1) await storage.collection(counts).increment('all', 'here', 1);
    child.kill('SIGKILL');
    const { acknowledged } = await ended;
    const sums = (await storage.collection(counts).get('all'))?.doc;
    expect(sums?.here).toBe(50);
    expect(sums?.beside).toBeGreaterThanOrEqual(acknowledged.counted);
    expect(await lost(storage, acknowledged)).toEqual({ missing: [], revived: [] });
  });
});
