import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Credentials, createCredentials } from '../../../src/subject/credentials.ts';
import { MOST_PASSKEYS } from '../../../src/subject/passkeys.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const now = '2026-11-21T05:00:00.000Z';
const clock = { now: () => Date.parse(now) };
const phone = { id: 'AAAA', public_key: 'BBBB', counter: 5, synced: false, name: 'Máy' };
const secret = 'MOTCUADEMOALLDOCUMENTSAAAAAAAAAA';

let opened: TestStorage;
let credentials: Credentials;
beforeEach(async () => {
  opened = await openTestStorage({ clock });
  credentials = createCredentials({ storage: opened.storage, clock });
});
afterEach(() => opened.close());

const counter = async () => (await credentials.get('a')).passkeys?.[0]?.counter;

test('nothing is used, renamed or removed that is not there', async () => {
  expect(await credentials.usePasskey('a', 'AAAA', 6)).toBe('gone');
  expect(await credentials.renamePasskey('a', 'AAAA', 'x')).toBe(false);
  expect(await credentials.removePasskey('a', 'AAAA')).toBe('unknown');
  expect(await credentials.takeRecoveryCode('a', 'x')).toBeUndefined();
  expect(await credentials.get('a')).toEqual({});
});

test('a passkey is kept once, and there is an end to them', async () => {
  expect(await credentials.addPasskey('a', phone)).toBe('added');
  expect(await credentials.addPasskey('a', phone)).toBe('already');
  for (let more = 1; more < MOST_PASSKEYS; more += 1) {
    expect(await credentials.addPasskey('a', { ...phone, id: `A${more}` })).toBe('added');
  }
  expect(await credentials.addPasskey('a', { ...phone, id: 'BBBB' })).toBe('too_many');
  expect((await credentials.get('a')).passkeys).toHaveLength(MOST_PASSKEYS);
});

test('a counter that does not move on is a copy, and changes nothing', async () => {
  await credentials.addPasskey('a', phone);
  for (const told of [0, 4, 5]) expect(await credentials.usePasskey('a', 'AAAA', told)).toBe('cloned');
  expect(await counter()).toBe(5);
  expect(await credentials.usePasskey('a', 'AAAA', 6)).toBe('used');
  expect((await credentials.get('a')).passkeys).toMatchObject([{ counter: 6, used_at: now }]);
});

test('of two uses at once with one counter, one is a copy', async () => {
  await credentials.addPasskey('a', phone);
  const uses = await Promise.all([6, 6].map((told) => credentials.usePasskey('a', 'AAAA', told)));
  expect(uses.toSorted()).toEqual(['cloned', 'used']);
});

test('an authenticator without a counter is used again and again', async () => {
  await credentials.addPasskey('a', { ...phone, counter: 0 });
  expect(await credentials.usePasskey('a', 'AAAA', 0)).toBe('used');
  expect(await credentials.usePasskey('a', 'AAAA', 0)).toBe('used');
});

test('a recovery code is taken once, however many ask at once', async () => {
  await credentials.setRecoveryCodes('a', ['x', 'y']);
  const taken = await Promise.all(['x', 'x', 'x'].map((code) => credentials.takeRecoveryCode('a', code)));
  expect(taken.filter((left) => left !== undefined)).toEqual([1]);
});

test('recovery codes go with the last factor that they stand in for', async () => {
  await credentials.setTotp('a', secret);
  await credentials.addPasskey('a', phone);
  await credentials.setRecoveryCodes('a', ['x']);
  await credentials.removeTotp('a');
  expect((await credentials.get('a')).recovery_codes).toBeDefined();
  await credentials.removePasskey('a', 'AAAA');
  expect((await credentials.get('a')).recovery_codes).toBeUndefined();
});

test('a removed authenticator app leaves the passkeys', async () => {
  await credentials.setTotp('a', secret);
  await credentials.addPasskey('a', phone);
  await credentials.removeTotp('a');
  expect(await credentials.get('a')).toMatchObject({ passkeys: [phone] });
});
