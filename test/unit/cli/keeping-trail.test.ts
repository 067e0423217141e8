import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import { createKeepingContext, type KeepingContext } from '../../../src/cli/keeping-context.ts';
import { openAllCollections } from '../../../src/collections.ts';
import { setUpData } from '../../support/set-up-data.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { run } from './run-admin.ts';

const [root = '', key = ''] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64url'));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const keys = { root, storage: [key] };
const urlOf = (name: string): string => `sqlite:${join(folder.folder, name)}`;
const contextOn = (name: string): KeepingContext =>
  createKeepingContext({
    config: { storage: { url: urlOf(name) }, keys },
    openAll: openAllCollections,
    log: { warn: () => {} },
  });

const admin = async (...args: string[]): Promise<void> => {
  const { code, err } = await run(args, { keeping: contextOn('motcua.db') });
  expect(err).not.toContain('Error');
  expect(code).toBe(0);
};

const recordedIn = async (name: string): Promise<string[]> => {
  const { storage } = await contextOn(name).open();
  const rows = await storage.collection(auditEvents).scan();
  await storage.close();
  return rows.map(({ doc }) => doc.kind).sort();
};

it('what is done to the data as a whole is in the audit trail, also in what was copied and restored', async () => {
  const [copy, backup] = ['copy.db', 'backup.db'].map((name) => join(folder.folder, name));
  await setUpData({ url: urlOf('motcua.db'), keys, openAll: openAllCollections });
  await admin('key', 'storage', 'rotate', '--yes');
  await admin('storage', 'copy', '--yes', '--to', `sqlite:${copy}`);
  expect(await recordedIn('copy.db')).toEqual(['storage.copy_begun', 'storage.rotation_begun']);
  await admin('storage', 'backup', String(backup));
  await admin('storage', 'restore', '--yes', String(backup));
  expect(await recordedIn('motcua.db')).toEqual([
    'storage.copy_begun',
    'storage.restored',
    'storage.rotation_begun',
  ]);
});
