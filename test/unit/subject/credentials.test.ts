import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../../../src/clock/clock.ts';
import { stampOf } from '../../../src/subject/credential-renewal.ts';
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
  expect(await credentials.get('a')).toMatchObject({
    password: { hash: newHash, changed_at: at },
    totp: { secret, enrolled_at: at },
  });
});

test('a second factor taken away leaves the password', async () => {
  await credentials.setPassword('a', newHash);
  await credentials.setTotp('a', secret);
  expect(await credentials.removeTotp('a')).toBe('removed');
  expect(await credentials.get('a')).toEqual({
    password: { hash: newHash, changed_at: at },
    factors_changed_at: at,
  });
});

test('a second factor without a password can be taken away', async () => {
  await credentials.setTotp('a', secret);
  await credentials.removeTotp('a');
  expect((await credentials.get('a')).totp).toBeUndefined();
});

const phone = { id: 'AAAA', public_key: 'BBBB', counter: 5, synced: false, name: 'Máy' };

test('of the last two factors beside a short password, taken away at once, one stays', async () => {
  await credentials.setTotp('a', secret);
  await credentials.setPassword('a', newHash, { short: true });
  await credentials.addPasskey('a', phone);
  const outcomes = await Promise.all([credentials.removeTotp('a'), credentials.removePasskey('a', 'AAAA')]);
  expect(outcomes.toSorted()).toEqual(['password_short', 'removed']);
  const { passkeys = [], totp } = await credentials.get('a');
  expect(passkeys.length + (totp === undefined ? 0 : 1)).toBe(1);
});

test('a short password does not stand without a second factor, also where that goes at the same moment', async () => {
  expect(await credentials.setPassword('a', newHash, { short: true })).toBe('password_short');
  expect(await credentials.get('a')).toEqual({});
  await credentials.setPassword('a', oldHash);
  await credentials.setTotp('a', secret);
  const [set, removed] = await Promise.all([
    credentials.setPassword('a', newHash, { short: true }),
    credentials.removeTotp('a'),
  ]);
  expect([set, removed]).toContain('password_short');
  const { password, totp } = await credentials.get('a');
  expect(password?.short === true && totp === undefined).toBe(false);
});

test.each<[string, boolean, (later: Credentials) => Promise<unknown>]>([
  ['a new password', true, (later) => later.setPassword('a', newHash)],
  ['another app', true, (later) => later.setTotp('a', secret)],
  ['no app', true, (later) => later.removeTotp('a')],
  ['another passkey', true, (later) => later.addPasskey('a', { ...phone, id: 'BBBB' })],
  ['no passkey', true, (later) => later.removePasskey('a', 'AAAA')],
  ['new recovery codes', true, (later) => later.setRecoveryCodes('a', ['x'])],
  ['a lock', true, (later) => later.voidProofs('a')],
  ['a passkey of before once more', false, (later) => later.addPasskey('a', phone)],
  ['a used passkey', false, (later) => later.usePasskey('a', 'AAAA', 6)],
  ['another name', false, (later) => later.renamePasskey('a', 'AAAA', 'Tên khác')],
  ['a used recovery code', false, (later) => later.takeRecoveryCode('a', 'y')],
  ['a renewed hash', false, (later) => later.rehash('a', oldHash, newHash)],
])('%s makes proofs of before void: %s', async (_what, moves, change) => {
  await credentials.setPassword('a', oldHash);
  await credentials.setTotp('a', secret);
  await credentials.addPasskey('a', phone);
  await credentials.setRecoveryCodes('a', ['y']);
  await change(createCredentials({ storage: opened.storage, clock: { now: () => clock.now() + 1000 } }));
  const moved = new Date(clock.now() + 1000).toISOString();
  expect((await credentials.get('a')).factors_changed_at).toBe(moves ? moved : at);
});

test('a lock moves the record of whoever has no first factor yet too: what was begun on it is not as it was', async () => {
  const before = stampOf(await credentials.get('a'));
  await credentials.voidProofs('a');
  expect(await credentials.get('a')).toEqual({ factors_changed_at: at });
  expect(stampOf(await credentials.get('a'))).not.toBe(before);
});

test('the first password and what comes before it make nothing void', async () => {
  await credentials.setTotp('a', secret);
  await credentials.setPassword('a', newHash);
  expect((await credentials.get('a')).factors_changed_at).toBeUndefined();
});
