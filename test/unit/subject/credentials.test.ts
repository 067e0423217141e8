import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../../../src/clock/clock.ts';
import { type Credentials, createCredentials } from '../../../src/subject/credentials.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const [oldHash, newHash] = ['$argon2id$old', '$argon2id$new'] as const;
const secret = 'MOTCUADEMOALLDOCUMENTSAAAAAAAAAA';
const clock: Clock = { now: () => Date.parse('2026-11-21T05:00:00Z') };
const at = '2026-11-21T05:00:00.000Z';

let opened: TestStorage;
let credentials: Credentials;
beforeEach(async () => {
  opened = await openTestStorage({ clock });
  credentials = createCredentials({ storage: opened.storage, clock });
});
afterEach(() => opened.close());

test('nobody has no credentials, and taking away what is not there writes nothing', async () => {
  expect(await credentials.get('nobody')).toEqual({});
  await credentials.removeTotp('nobody');
  expect(await credentials.get('nobody')).toEqual({});
});

test('a password in the clear and a short secret are faults', async () => {
  await expect(credentials.setPassword('a', 'hoa-sen-trang')).rejects.toThrow();
  await expect(credentials.setTotp('a', 'SHORT')).rejects.toThrow();
  expect(await credentials.get('a')).toEqual({});
});

test('a renewed hash does not undo a password changed meanwhile', async () => {
  await credentials.setPassword('a', oldHash);
  await credentials.setPassword('a', newHash);
  expect(await credentials.rehash('a', oldHash, '$argon2id$renewed')).toBe(false);
  expect((await credentials.get('a')).password?.hash).toBe(newHash);
  expect(await credentials.rehash('nobody', oldHash, newHash)).toBe(false);
});

test('a renewed hash keeps the day of the last change', async () => {
  await credentials.setPassword('a', oldHash);
  const later = createCredentials({ storage: opened.storage, clock: { now: () => clock.now() + 1000 } });
  expect(await later.rehash('a', oldHash, newHash)).toBe(true);
  expect(await credentials.get('a')).toEqual({ password: { hash: newHash, changed_at: at } });
});

test('password and second factor set at the same time are both kept', async () => {
  await Promise.all([credentials.setPassword('a', newHash), credentials.setTotp('a', secret)]);
  expect(await credentials.get('a')).toEqual({
    password: { hash: newHash, changed_at: at },
    totp: { secret, enrolled_at: at },
  });
});

test('a second factor taken away leaves the password', async () => {
  await credentials.setPassword('a', newHash);
  await credentials.setTotp('a', secret);
  await credentials.removeTotp('a');
  expect(await credentials.get('a')).toEqual({ password: { hash: newHash, changed_at: at } });
});

test('a second factor without a password can be taken away', async () => {
  await credentials.setTotp('a', secret);
  await credentials.removeTotp('a');
  expect((await credentials.get('a')).totp).toBeUndefined();
});
