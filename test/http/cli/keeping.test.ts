import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../src/clock/clock.ts';
import { openAllCollections } from '../../../src/collections.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import type { CollectionDefinition, Storage } from '../../../src/storage/contract.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import { endServer, fastHashing, runScript, startServer } from '../../support/process.ts';
import { setUpData } from '../../support/set-up-data.ts';
import { temporaryFolder } from '../../support/storage.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const ROWS = 6_000;
const [root, old, young] = [1, 2, 3].map(() => randomBytes(32).toString('base64url'));

/** Named as a collection of the program, with documents of any form: a rotation looks at no document. */
const subjects: CollectionDefinition<{ text: string }> = {
  name: 'subjects',
  schema: z.object({ text: z.string() }),
  sealed: true,
};

describe('the command line that keeps data', { timeout: 120_000 }, () => {
  const undo: (() => Promise<unknown> | unknown)[] = [];
  let folder: string;
  beforeEach(async () => {
    const made = await temporaryFolder();
    undo.push(made.remove);
    folder = made.folder;
  });
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const database = () => join(folder, 'motcua.db');
  const environment = (...keys: (string | undefined)[]) => ({
    MOTCUA_STORAGE_URL: `sqlite:${database()}`,
    MOTCUA_KEYS_ROOT: root ?? '',
    MOTCUA_KEYS_STORAGE: keys.join(','),
  });
  const admin = (env: Record<string, string>, ...args: string[]) =>
    runScript(['scripts/admin.ts', ...args], env);
  /** Started and not waited for. */
  const start = (
    env: Record<string, string>,
    ...args: string[]
  ): { child: ChildProcess; ended: Promise<number | null>; text: () => string } => {
    const child = spawn(process.execPath, ['scripts/admin.ts', ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH ?? '', NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    undo.push(() => child.kill('SIGKILL'));
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (part) => {
        text += part;
      });
    }
    return { child, text: () => text, ended: new Promise((resolve) => child.on('close', resolve)) };
  };

  const on = async <R>(use: (storage: Storage) => Promise<R>): Promise<R> => {
    const { cipher } = createKeyring({ root: root ?? '', storage: [old ?? ''] });
    const storage = await openStorage({ url: `sqlite:${database()}`, cipher, clock: systemClock });
    try {
      return await use(storage);
    } finally {
      await storage.close();
    }
  };
  const begin = (): Promise<void> =>
    setUpData({
      url: `sqlite:${database()}`,
      keys: { root: root ?? '', storage: [old ?? ''] },
      openAll: openAllCollections,
    });
  const fill = async (): Promise<void> => {
    await begin();
    await on((storage) =>
      storage
        .collection(subjects)
        .insertMany(Array.from({ length: ROWS }, (_, at) => ({ id: `row-${at}`, doc: { text: 'ế' } }))),
    );
  };

  /** How far a rotation has come, read beside it. */
  const position = (): number => {
    const beside = new DatabaseSync(database(), { timeout: 5_000 });
    try {
      const known = beside.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'storage_tasks'").get();
      const row =
        known && beside.prepare("SELECT body FROM storage_tasks WHERE body LIKE '%subjects%'").get();
      return row ? JSON.parse(String(row.body)).seen : 0;
    } finally {
      beside.close();
    }
  };
  const underWay = async (ended: () => boolean): Promise<void> => {
    while (position() === 0 && !ended()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const keysInUse = async (...keys: (string | undefined)[]) =>
    JSON.parse((await admin(environment(...keys), 'key', 'storage', 'status', '--json')).out);

  it.each([
    ['killed', 'SIGKILL', null],
    ['interrupted', 'SIGINT', 130],
  ] as const)(
    'goes on with a rotation that was %s, and needs the old key no more at its end',
    async (_, signal, code) => {
      await fill();
      const first = start(environment(young, old), 'key', 'storage', 'rotate', '--yes');
      await underWay(() => first.child.exitCode !== null);
      first.child.kill(signal);
      expect(await first.ended, first.text()).toBe(code);
      const half = await keysInUse(young, old);
      expect(half.rows_to_rotate).toBeGreaterThan(0);
      expect(half.rows_to_rotate).toBeLessThan(ROWS);
      const reached = position();
      expect(reached).toBeGreaterThan(0);

      const rest = await admin(environment(young, old), 'key', 'storage', 'rotate', '--yes', '--json');
      expect(rest.code, rest.err).toBe(0);
      const { resealed } = JSON.parse(rest.out);
      expect(resealed).toBeLessThanOrEqual(half.rows_to_rotate);
      expect(await keysInUse(young)).toMatchObject({ rows_to_rotate: 0, configured_keys: 1 });
    },
  );

  it('rotates and backs up beside a running server, which a restored copy then serves', async () => {
    const env = environment(young, old);
    await begin();
    const server = await startServer({ env: { ...fastHashing, ...env } });
    undo.push(() => endServer(server));
    expect((await admin(env, 'key', 'storage', 'rotate', '--yes')).code).toBe(0);
    const copy = join(folder, 'copy.db');
    expect(await admin(env, 'storage', 'backup', copy)).toMatchObject({ code: 0 });
    const refused = await admin(env, 'storage', 'restore', copy, '--yes');
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('has it open') });
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
    await endServer(server);

    expect(await admin(env, 'storage', 'restore', copy, '--yes')).toMatchObject({ code: 0 });
    const again = await startServer({ env: { ...fastHashing, ...environment(young) } });
    undo.push(() => endServer(again));
    expect((await fetch(`${again.address}/readyz`)).status).toBe(200);
  });

  it('refuses to restore what is no backup, and leaves the folder as it was', async () => {
    await begin();
    writeFileSync(join(folder, 'wrong.db'), 'not a database');
    const before = readdirSync(folder);
    const refused = await admin(environment(old), 'storage', 'restore', join(folder, 'wrong.db'), '--yes');
    expect(refused).toMatchObject({ code: 2, out: '' });
    const [said, problem, ...more] = refused.err.trim().split('\n');
    expect(said).toContain('is checked, then takes the place of');
    expect(problem).toMatch(/wrong\.db: the file is not a database/);
    expect(more).toEqual([]);
    expect(readdirSync(folder)).toEqual(before);
    expect(existsSync(database())).toBe(true);
  });
});
