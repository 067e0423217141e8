import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditEvents, createAuditTrail } from '../../../src/audit/trail.ts';
import type { Changer } from '../../../src/authentication/factor-change.ts';
import { createFactors, type Factors } from '../../../src/authentication/factors.ts';
import { createPasskeyCeremony } from '../../../src/authentication/passkey-ceremony.ts';
import { createPasskeyHandles } from '../../../src/authentication/passkey-handles.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { createOutbox, outboxRows } from '../../../src/outbox/outbox.ts';
import { type Credentials, createCredentials } from '../../../src/subject/credentials.ts';
import { MOST_PASSKEYS } from '../../../src/subject/passkeys.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { person } from '../../support/citizen.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const { keyedHash } = createKeyring({ root: key, storage: [key] });
const clock = { now: () => Date.parse('2026-11-28T03:00:00Z') };
const issuer = 'https://id.tinhmau.example';
const made = { id: 'AAAA', public_key: 'BBBB', counter: 0, synced: false };
const SECRET = 'MOTCUADEMOALLDOCUMENTSAAAAAAAAAA';
const ADDRESS = 'phu.huynh@congdan.example';

let opened: TestStorage;
let credentials: Credentials;
let factors: Factors;
let owner: Changer;
let logged: string[];
/** What another change does while one is being told of. */
let meanwhile: (() => Promise<unknown>) | undefined;

beforeEach(async () => {
  opened = await openTestStorage({ clock });
  const { storage } = opened;
  credentials = createCredentials({ storage, clock });
  logged = [];
  meanwhile = undefined;
  const outbox = createOutbox({ storage, clock, issuer });
  factors = createFactors({
    storage,
    clock,
    credentials,
    audit: createAuditTrail({ storage, clock }),
    log: createLog({ level: 'debug', destination: { write: (line: string) => void logged.push(line) } }),
    outbox: {
      ...outbox,
      enqueue: async (letter) => {
        await outbox.enqueue(letter);
        const other = meanwhile;
        meanwhile = undefined;
        await other?.();
      },
    },
    ceremony: { ...createPasskeyCeremony({ issuer }), verifyAttestation: async () => made },
    handles: createPasskeyHandles({ storage, keyedHash: keyedHash('passkey-handle') }),
    recoveryHash: keyedHash('recovery-code'),
    disowning: { link: async () => `${issuer}/not-me?token=a` },
  });
  owner = written(ADDRESS);
});
afterEach(() => opened.close());

const written = (address: string): Changer => ({
  id: 'a',
  subject: { ...person('mother').subject, email: { address, verified: true } },
  language: 'vi',
  session: 'one',
  atLevel1: false,
});
const trail = async () =>
  (await opened.storage.collection(auditEvents).range('at', 0, clock.now() + 1)).map(({ doc }) => doc);
const letters = async () =>
  (await opened.storage.collection(outboxRows).range('due', 0, clock.now() + 1)).length;
async function add(by: Changer = owner) {
  const challenge = (await factors.beginPasskey(by))?.challenge ?? '';
  return factors.addPasskey(by, { challenge, response: '{}', name: 'Máy' });
}

test('a passkey too many is told of to nobody', async () => {
  const begun = await factors.beginPasskey(owner);
  for (let at = 0; at < MOST_PASSKEYS; at += 1) {
    await credentials.addPasskey('a', { ...made, id: `A${at}`, name: 'x' });
  }
  const posted = { challenge: begun?.challenge ?? '', response: '{}', name: 'x' };
  expect(await factors.addPasskey(owner, posted)).toEqual({ kind: 'too_many' });
  expect([await trail(), await letters()]).toEqual([[], 0]);
});

test('a passkey that another request adds first is in the trail as not added', async () => {
  meanwhile = () => credentials.addPasskey('a', { ...made, name: 'x' });
  expect(await add()).toEqual({ kind: 'already' });
  expect(await trail()).toMatchObject([
    { kind: 'passkey.enrolled' },
    { kind: 'factor_change.failed', detail: { change: 'passkey_added', cause: 'already' } },
  ]);
});

test('a passkey that another request takes away first is in the trail as not removed', async () => {
  await credentials.addPasskey('a', { ...made, name: 'x' });
  meanwhile = () => credentials.removePasskey('a', made.id);
  expect(await factors.removePasskey(owner, made.id)).toBe('unknown');
  expect((await trail()).at(-1)).toMatchObject({
    kind: 'factor_change.failed',
    detail: { change: 'passkey_removed', cause: 'unknown' },
  });
});

test('the last factor beside a short password stays, though another was there when it was asked for', async () => {
  await credentials.setTotp('a', SECRET);
  await credentials.setPassword('a', '$argon2id$short', { short: true });
  await credentials.addPasskey('a', { ...made, name: 'x' });
  meanwhile = () => credentials.removePasskey('a', made.id);
  expect(await factors.removeTotp(owner)).toBe('password_short');
  expect((await credentials.get('a')).totp).toBeDefined();
  expect((await trail()).at(-1)).toMatchObject({ kind: 'factor_change.failed' });
});

test('an address to which no mail goes holds up no change, and is logged', async () => {
  const unmailable = written(`${'a'.repeat(65)}@congdan.example`);
  expect(await add(unmailable)).toMatchObject({ kind: 'added' });
  expect(await letters()).toBe(0);
  expect(logged.join()).toContain('no letter written');
  expect(logged.join()).not.toContain('congdan.example');
});

test('recovery codes that were chosen at level 1 give way to new ones with a factor of level 2', async () => {
  expect(await add({ ...owner, atLevel1: true })).toMatchObject({ codes: expect.any(Array) });
  const [before] = (await credentials.get('a')).recovery_codes?.hashes ?? [];
  await credentials.removePasskey('a', made.id);
  await credentials.setTotp('a', SECRET, { atLevel1: true });
  await credentials.setRecoveryCodes('a', [before ?? ''], { atLevel1: true });
  expect(await add()).toMatchObject({ codes: expect.any(Array) });
  expect((await credentials.get('a')).recovery_codes).not.toHaveProperty('at_level_1');
});
