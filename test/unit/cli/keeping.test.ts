import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createKeepingContext, type KeepingContext } from '../../../src/cli/keeping-context.ts';
import { systemClock } from '../../../src/clock/clock.ts';
import { keyProof } from '../../../src/keys/key-check.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import type { CollectionDefinition, Storage } from '../../../src/storage/contract.ts';
import { DATA_VERSION, type OpenAll, writeState } from '../../../src/storage/keeping/data-version.ts';
import { openStorage } from '../../../src/storage/open-storage.ts';
import { setUpData } from '../../support/set-up-data.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { type AdminOptions, type Invocation, run } from './run-admin.ts';

const papers: CollectionDefinition<{ text: string }> = {
  name: 'papers',
  schema: z.object({ text: z.string() }),
  sealed: true,
};
const sessions: CollectionDefinition<{ text: string }> = { ...papers, name: 'sessions', sealed: false };

const openAll: OpenAll = (storage) => [
  { name: 'key_proof', sealed: true, collection: storage.collection(keyProof) },
  { name: 'papers', sealed: true, collection: storage.collection(papers) },
  { name: 'sessions', sealed: false, collection: storage.collection(sessions) },
];

const [root, first, second] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte).toString('base64url'));
const ROWS = 1_100;
/** And the one row by which the keys are checked. */
const SEALED = ROWS + 1;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const path = (name = 'motcua.db'): string => join(folder.folder, name);
const keysOf = (...storage: (string | undefined)[]) => ({
  root: root ?? '',
  storage: storage.map((key) => key ?? ''),
});
const contextOf = (keys = keysOf(first), url = `sqlite:${path()}`): KeepingContext =>
  createKeepingContext({ config: { storage: { url }, keys }, openAll, log: { warn: () => {} } });

/** Works on the rows of a database, past the commands. */
const on = async <R>(
  use: (storage: Storage) => Promise<R>,
  name = 'motcua.db',
  keys = keysOf(first),
): Promise<R> => {
  const { cipher } = createKeyring(keys);
  const storage = await openStorage({ url: `sqlite:${path(name)}`, cipher, clock: systemClock });
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
};
const fill = (storage: Storage): Promise<unknown> =>
  Promise.all(
    [papers, sessions].map((definition) =>
      storage
        .collection(definition)
        .insertMany(Array.from({ length: ROWS }, (_, at) => ({ id: `r${at}`, doc: { text: 'ế' } }))),
    ),
  );
const begin = (): Promise<void> => setUpData({ url: `sqlite:${path()}`, keys: keysOf(first), openAll });
const filled = async (): Promise<void> => {
  await begin();
  await on(fill);
};

const admin = (
  args: string,
  options: AdminOptions & { readonly keeping?: KeepingContext } = {},
): Promise<Invocation> => run(args.split(' '), { keeping: contextOf(), ...options });

/** Presses Ctrl+C as soon as the command listens. */
const interrupting = { onInterrupt: (heard: () => void) => heard() };

describe('a command that changes all data', () => {
  it.each(['key storage rotate', 'storage copy --to sqlite:{folder}/other.db'])(
    '%s does nothing without a yes',
    async (command) => {
      const args = command.replace('{folder}', folder.folder);
      await filled();
      const piped = await admin(args);
      expect(piped).toMatchObject({ code: 2, out: '' });
      expect(piped.err).toContain('Nothing was done: without a terminal to ask in, add --yes.');
      const asked = await admin(args, { keys: ['n'] });
      expect(asked.code).toBe(130);
      expect(asked.err).toContain('Nothing was done.');
      expect(existsSync(path('other.db'))).toBe(false);
    },
  );

  it('teaches by its help', async () => {
    for (const args of [
      'key storage rotate',
      'storage migrate',
      'storage copy',
      'storage restore',
      'storage backup',
    ]) {
      const { code, out } = await admin(`${args} --help`);
      expect({ args, code }).toEqual({ args, code: 0 });
      expect(out).toContain(`npm run admin -- ${args}`);
    }
  });

  it('refuses other keys than those of the data, in one sentence', async () => {
    await begin();
    const other = contextOf(keysOf(randomBytes(32).toString('base64url')));
    const refused = await admin('storage status', { keeping: other });
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err.trim().split('\n')).toHaveLength(1);
    expect(refused.err).toContain('other keys');
  });
});

describe('key storage', () => {
  it('shows which rows are under which key, rotates them, and says when the old one may go', async () => {
    await filled();
    const keeping = contextOf(keysOf(second, first));
    const before = JSON.parse((await admin('key storage status --json', { keeping })).out);
    expect(before).toMatchObject({
      configured_keys: 2,
      rows_to_rotate: SEALED,
      keys: [{ place: 2, rows: SEALED }],
    });

    const done = await admin('key storage rotate --yes --json', { keeping });
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toEqual({ end: 'done', resealed: SEALED });
    expect(done.err).toContain('the others may be taken out of keys.storage');

    const alone = contextOf(keysOf(second));
    const after = JSON.parse((await admin('key storage status --json', { keeping: alone })).out);
    expect(after).toMatchObject({ rows_to_rotate: 0, keys: [{ place: 1, current: true, rows: SEALED }] });
    expect(after.keys[0].name).not.toBe(before.keys[0].name);
  });

  it('changes nothing by looking', async () => {
    await filled();
    const body = () => on(async (storage) => storage.collection(papers).get('r1'));
    const before = await body();
    const looked = await admin('key storage status', { keeping: contextOf(keysOf(second, first)) });
    expect(looked.out).toContain('reads only: to be encrypted anew');
    expect(await body()).toEqual(before);
  });

  it('names rows that no configured key opens, and does not rotate past them', async () => {
    await filled();
    await on(
      (storage) => storage.collection(papers).insert('stranger', { text: 'x' }),
      'motcua.db',
      keysOf(second),
    );
    const status = await admin('key storage status');
    expect(status.out).toContain('not configured: these rows cannot be read');
    const failed = await admin('key storage rotate --yes');
    expect(failed).toMatchObject({ code: 1, out: '' });
    expect(failed.err).toContain('papers/stranger: the sealed document cannot be opened');
    expect(failed.err).not.toMatch(/^\s+at /m);
  });

  it('ends after the batch at Ctrl+C, and goes on from there', async () => {
    await filled();
    const keeping = contextOf(keysOf(second, first));
    const stopped = await admin('key storage rotate --yes --json', { keeping, ...interrupting });
    expect(stopped.code).toBe(130);
    expect(JSON.parse(stopped.out)).toEqual({ end: 'stopped', resealed: 1 });
    expect(stopped.err).toContain('it goes on from here');
    const rest = await admin('key storage rotate --yes --json', { keeping });
    expect(JSON.parse(rest.out)).toEqual({ end: 'done', resealed: SEALED - 1 });
  });
});

describe('storage status and migrate', () => {
  it('refuse nothing that the server refuses, say what will be done, and do it', async () => {
    await on(fill);
    const old = JSON.parse((await admin('storage status --json')).out);
    expect(old).toMatchObject({ data_version: 1, known_data_version: DATA_VERSION, standing: 'older' });
    expect(old.engine).toMatch(/^SQLite \d/);
    expect(old.collections).toEqual([
      { name: 'key_proof', rows: 0, encrypted: true },
      { name: 'papers', rows: ROWS, encrypted: true },
      { name: 'sessions', rows: ROWS, encrypted: false },
    ]);
    const refused = await admin('key storage rotate --yes');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('storage migrate') });

    const asked = await admin('storage migrate', { keys: ['n'] });
    expect(asked.code).toBe(130);
    expect(asked.err).toMatch(
      /1\. \(version 2\) Ends all sign-ins[\s\S]*1,100 rows: sessions[\s\S]*2\. \(version 2\) Encrypts/,
    );
    expect(await on((storage) => storage.collection(sessions).count())).toBe(ROWS);

    const stopped = await admin('storage migrate --yes', interrupting);
    expect(stopped.code).toBe(130);
    const done = await admin('storage migrate --yes --json');
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toEqual({ data_version: DATA_VERSION, end: 'done' });
    expect(await on((storage) => storage.collection(sessions).count())).toBe(0);
    expect(await on((storage) => storage.collection(papers).count())).toBe(ROWS);
    expect(await admin('storage migrate --yes')).toMatchObject({
      ...{ code: 0, out: expect.stringContaining('nothing to do') },
    });
  });

  it('cannot go back from a newer release, nor migrate half a copy', async () => {
    await on((storage) => writeState(storage, { version: DATA_VERSION + 1 }));
    expect(await admin('storage migrate --yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot go back'),
    });
    await on((storage) => writeState(storage, { version: DATA_VERSION, copying: true }));
    expect(await admin('storage migrate --yes')).toMatchObject({
      code: 2,
      err: expect.stringContaining('not whole'),
    });
    expect((await admin('storage status')).out).toContain('run the same storage copy again');
  });
});

describe('storage copy', () => {
  it('refuses, without repeating the address, what is no address, none, and the storage itself', async () => {
    const secret = 'mongodb://user:hunter2@';
    for (const args of [
      'storage copy --yes',
      `storage copy --yes --to ${secret}`,
      `storage copy --yes --to sqlite:${path()}`,
      `storage copy --yes --to sqlite:a.db --to-file b`,
      `storage copy --yes --to-file ${path('missing')}`,
    ]) {
      const refused = await admin(args);
      expect(refused, args).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toContain('Nothing was copied:');
      expect(refused.err).not.toContain('hunter2');
    }
  });

  it('refuses a target that holds other data', async () => {
    await begin();
    await on(fill, 'taken.db');
    const refused = await admin(`storage copy --yes --to sqlite:${path('taken.db')}`);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('holds data of its own') });
  });

  it('takes the address from a file, shows the counts, goes on after Ctrl+C, and the copy is a whole storage', async () => {
    await filled();
    writeFileSync(path('address'), `sqlite:${path('copy.db')}\n`);
    const args = `storage copy --yes --to-file ${path('address')}`;
    expect((await admin(args, interrupting)).code).toBe(130);
    const half = contextOf(keysOf(first), `sqlite:${path('copy.db')}`);
    expect((await admin('key storage rotate --yes', { keeping: half })).err).toContain('not whole');
    const done = await admin(args);
    expect(done.code).toBe(0);
    expect(done.out).toMatch(/key_proof +1 +0 +1 +0 +1\npapers +1100 +1100 +0 +0 +1100/);
    expect(JSON.parse((await admin('storage status --json', { keeping: half })).out)).toMatchObject({
      ...{ standing: 'current', collections: [{ rows: 1 }, { rows: ROWS }, { rows: ROWS }] },
    });
  });
});

describe('storage backup and restore', () => {
  it('name the tools of a database server, and show no password', async () => {
    const keeping = contextOf(keysOf(first), 'mongodb://user:hunter2@db/motcua');
    for (const args of ['storage backup a.db', 'storage restore a.db --yes']) {
      const { code, out, err } = await admin(args, { keeping });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/mongodump[\s\S]*pg_basebackup[\s\S]*config\/operations\.md/);
      expect(err).not.toContain('hunter2');
    }
  });

  it('bring the data back as they were, and say where the former ones are', async () => {
    await filled();
    const backup = await admin(`storage backup --json ${path('copy.db')}`);
    expect(JSON.parse(backup.out)).toEqual({
      file: path('copy.db'),
      bytes: readFileSync(path('copy.db')).length,
    });
    expect(await admin(`storage backup ${path('copy.db')}`)).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('--force') },
    });
    await on((storage) => storage.collection(papers).remove('r1'));
    expect((await admin(`storage restore ${path('copy.db')}`, { keys: ['n'] })).code).toBe(130);
    expect(await on((storage) => storage.collection(papers).count())).toBe(ROWS - 1);
    const restored = JSON.parse((await admin(`storage restore --yes --json ${path('copy.db')}`)).out);
    expect(restored.before).toContain(`${path()}.before-`);
    expect(await on((storage) => storage.collection(papers).count())).toBe(ROWS);
    expect(existsSync(restored.before)).toBe(true);
  });
});
