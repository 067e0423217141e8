import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createKeepingContext } from '../../../src/cli/keeping-context.ts';
import { openAllCollections } from '../../../src/collections.ts';
import { setUpData } from '../../support/set-up-data.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { type Invocation, run } from './run-admin.ts';

const [root = '', key = ''] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64url'));
const keys = { root, storage: [key] };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  file = join(folder.folder, 'motcua.db');
});
afterEach(() => folder.remove());

const admin = (args: string, onInterrupt?: (heard: () => void) => void): Promise<Invocation> =>
  run(args.split(' '), {
    keeping: createKeepingContext({
      config: { storage: { url: `sqlite:${file}` }, keys },
      openAll: openAllCollections,
      log: { warn: () => {} },
    }),
    ...(onInterrupt && { onInterrupt }),
  });

/** The rows of every table that holds documents, with those of the version and of the keys. */
const rows = (): number => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'motcua_%'")
      .all();
    return tables.reduce(
      (sum, { name }) => sum + Number(database.prepare(`SELECT count(*) AS n FROM "${name}"`).get()?.n),
      0,
    );
  } finally {
    database.close();
  }
};

const WORKING = ['key storage rotate --yes', 'storage migrate --yes', 'storage copy --yes --to sqlite:{to}'];

it.each(['storage status', 'storage status --json', 'key storage status', 'storage backup {to}', ...WORKING])(
  '%s makes no database where there is none, and says so in one sentence',
  async (command) => {
    const refused = await admin(command.replace('{to}', join(folder.folder, 'other.db')));
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toBe(`${file}: there is no such database; check storage.url (MOTCUA_STORAGE_URL)\n`);
    expect(readdirSync(folder.folder)).toEqual([]);
  },
);

it.each(WORKING)('%s refuses an empty database and leaves it empty', async (command) => {
  writeFileSync(file, '');
  const refused = await admin(command.replace('{to}', join(folder.folder, 'other.db')));
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toMatch(/^There are no data at the configured address: .*\n$/);
  expect(rows()).toBe(0);
  expect(existsSync(join(folder.folder, 'other.db'))).toBe(false);
});

it('shows an empty database as empty, writes no row into it, and a server then sets it up', async () => {
  writeFileSync(file, '');
  expect(JSON.parse((await admin('storage status --json')).out)).toMatchObject({
    ...{ data_version: null, standing: 'empty' },
  });
  expect((await admin('storage status')).out).toContain('none (nothing is there');
  expect((await admin('key storage status')).err).toBe('There are no encrypted rows.\n');
  expect(rows()).toBe(0);
  await setUpData({ url: `sqlite:${file}`, keys, openAll: openAllCollections });
  expect(JSON.parse((await admin('storage status --json')).out)).toMatchObject({ standing: 'current' });
});

it('a restore asks before it copies, and leaves nothing where it is interrupted or refused', async () => {
  await setUpData({ url: `sqlite:${file}`, keys, openAll: openAllCollections });
  const backup = join(folder.folder, 'backup.db');
  expect((await admin(`storage backup ${backup}`)).code).toBe(0);
  const before = readdirSync(folder.folder);
  const interrupted = await admin(`storage restore --yes --json ${backup}`, (heard) => heard());
  expect(interrupted).toMatchObject({ code: 130, out: '' });
  expect(interrupted.err).toContain('Interrupted. Nothing was changed.');
  expect((await admin(`storage restore ${backup}`)).err).toContain('add --yes');
  expect(await admin(`storage restore --yes ${backup}.none`)).toMatchObject({
    ...{ code: 2, err: `${backup}.none: there is no such file\n` },
  });
  expect(readdirSync(folder.folder)).toEqual(before);
});

it('a backup onto the database itself is refused as bad input', async () => {
  await setUpData({ url: `sqlite:${file}`, keys, openAll: openAllCollections });
  expect(await admin(`storage backup --force ${file}`)).toMatchObject({
    ...{ code: 2, out: '', err: expect.stringContaining('the database itself') },
  });
});
