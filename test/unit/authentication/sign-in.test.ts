import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditEvents, createAuditTrail } from '../../../src/audit/trail.ts';
import { createPasskeyCeremony } from '../../../src/authentication/passkey-ceremony.ts';
import { createPasskeyHandles } from '../../../src/authentication/passkey-handles.ts';
import { createSignIn, type SignIn } from '../../../src/authentication/sign-in.ts';
import { createThrottle } from '../../../src/authentication/throttle.ts';
import { Overloaded } from '../../../src/keys/argon2-pool.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { createOutbox } from '../../../src/outbox/outbox.ts';
import { createCredentials } from '../../../src/subject/credentials.ts';
import { createDirectory, type Directory } from '../../../src/subject/directory.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { person } from '../../support/citizen.ts';
import { faultyStorage } from '../../support/faulty-storage.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const { keyedHash } = createKeyring({ root: key, storage: [key] });
const who = person('mother');
const NOBODY = '098999999998';
const NEW_NUMBER = '098188000099';
const ATTEMPTS = 3;
const windows = {
  password_account: [{ attempts: ATTEMPTS, seconds: 900 }],
  password_address: [{ attempts: 20, seconds: 900 }],
  totp_account: [{ attempts: ATTEMPTS, seconds: 900 }],
  totp_address: [{ attempts: 20, seconds: 900 }],
  passkey_account: [{ attempts: ATTEMPTS, seconds: 900 }],
  passkey_address: [{ attempts: 20, seconds: 900 }],
  code_sent: [{ attempts: 5, seconds: 900 }],
  code_sent_address: [{ attempts: 20, seconds: 900 }],
  code_account: [{ attempts: ATTEMPTS, seconds: 900 }],
  code_address: [{ attempts: 20, seconds: 900 }],
  letter_account: [{ attempts: ATTEMPTS, seconds: 900 }],
  client_address: [{ attempts: 50, seconds: 900 }],
};

let now: number;
const clock = { now: () => now };
let opened: TestStorage;
let directory: Directory;
let signIn: SignIn;
let overloaded: 'never' | 'always' | 'at rehash';
let outdated: boolean;
let credentialWritesFail: boolean;
let logged: string[];
let locked: string[];
let subject: string;

/** Stands in for argon2id: a hash is the password in a PHC prefix, and the queue is full when a test says so. */
const hasher = {
  hash: async (password: string) => {
    if (overloaded !== 'never') throw new Overloaded('full');
    return `$argon2id$${password}`;
  },
  verify: async (phc: string, password: string) => {
    if (overloaded === 'always') throw new Overloaded('full');
    return phc.endsWith(`$${password}`);
  },
  verifyNothing: async (): Promise<false> => {
    if (overloaded === 'always') throw new Overloaded('full');
    return false;
  },
  needsRehash: () => outdated,
  close: async () => {},
};

beforeEach(async () => {
  now = Date.parse('2026-11-21T03:00:00Z');
  overloaded = 'never';
  outdated = false;
  credentialWritesFail = false;
  logged = [];
  locked = [];
  opened = await openTestStorage({ clock });
  const storage = faultyStorage(
    opened.storage,
    ({ collection, write }) => credentialWritesFail && write && collection === 'credentials',
  );
  directory = createDirectory({ storage, clock, keyedHash });
  const credentials = createCredentials({ storage, clock });
  const added = await directory.add(who.subject);
  if (added.kind !== 'added') throw new Error(added.kind);
  subject = added.id;
  await credentials.setPassword(subject, await hasher.hash(who.password));
  await credentials.setTotp(subject, who.totpSecret ?? '');
  signIn = createSignIn({
    storage,
    clock,
    directory,
    credentials,
    hasher,
    windows,
    log: createLog({ level: 'debug', destination: { write: (line: string) => void logged.push(line) } }),
    outbox: createOutbox({ storage, clock, issuer: 'https://id.tinhmau.example' }),
    throttle: createThrottle({ storage, clock }),
    audit: createAuditTrail({ storage, clock }),
    locks: {
      async lock(_id, cause) {
        locked.push(cause);
        return 'unchanged';
      },
    },
    disowning: { link: async () => 'https://id.tinhmau.example/not-me?token=a' },
    keyedHash: keyedHash('throttle'),
    recoveryHash: keyedHash('recovery-code'),
    ceremony: createPasskeyCeremony({ issuer: 'https://id.tinhmau.example' }),
    handles: createPasskeyHandles({ storage, keyedHash: keyedHash('passkey-handle') }),
  });
});
afterEach(() => opened.close());

const type = (number: string, password = 'wrong', address = '198.51.100.7') =>
  signIn.provePassword({ number, password, address });
const times = async (count: number, attempt: () => Promise<{ kind: string }>) => {
  const kinds: string[] = [];
  for (let time = 0; time < count; time += 1) kinds.push((await attempt()).kind);
  return kinds;
};
const refused = (count: number) => Array<string>(count).fill('refused');
const throttledEvents = async () =>
  (await opened.storage.collection(auditEvents).range('at', 0, now + 1))
    .map(({ doc }) => doc)
    .filter(({ kind }) => kind === 'sign_in.throttled');

describe('the budget of a person', () => {
  it('is one for all numbers, former ones included', async () => {
    await directory.renumber(subject, NEW_NUMBER);
    const kinds = [
      await type(NEW_NUMBER),
      await type(who.subject.personal_number),
      await type(NEW_NUMBER),
      await type(who.subject.personal_number),
      await type(NEW_NUMBER),
    ].map(({ kind }) => kind);
    expect(kinds).toEqual([...refused(ATTEMPTS), 'throttled', 'throttled']);
  });

  it('ends for a number that nobody has as for one that somebody has', async () => {
    for (const number of [NOBODY, who.subject.personal_number]) {
      expect(await times(ATTEMPTS, () => type(number))).toEqual(refused(ATTEMPTS));
    }
    const held = await type(who.subject.personal_number);
    expect(held).toEqual({ kind: 'throttled', retryAt: now + 900_000 });
    expect(await type(NOBODY)).toEqual(held);
  });

  it('of an address is that of its /64', async () => {
    const from = (host: number) => type(`0989000000${10 + host}`, 'wrong', `2001:db8::${host}:1`);
    let host = 0;
    expect(await times(20, () => from(host++))).toEqual(refused(20));
    expect((await from(host)).kind).toBe('throttled');
    expect((await type(NOBODY, 'wrong', '2001:db8:0:1::1')).kind).toBe('refused');
  });
});

describe('the budget of an address for one-time codes', () => {
  it('holds whosever codes are tried, and no other address', async () => {
    const guess = (person: string, address: string) =>
      signIn.proveTotp({ subject: person, code: '000000', signIn: 'one', address });
    let next = 0;
    const kinds = await times(21, () => guess(`somebody ${next++}`, '198.51.100.9'));
    expect(kinds).toEqual([...refused(20), 'throttled']);
    expect((await guess('somebody else', '198.51.100.10')).kind).toBe('refused');
  });
});

describe('a full queue', () => {
  it.each([
    ['an account', who.subject.personal_number],
    ['a number that nobody has', NOBODY],
  ])('costs no attempt, neither of %s nor of the address', async (_what, number) => {
    overloaded = 'always';
    for (let time = 0; time < 25; time += 1) await expect(type(number)).rejects.toThrow(Overloaded);
    overloaded = 'never';
    expect(await times(ATTEMPTS + 1, () => type(number))).toEqual([...refused(ATTEMPTS), 'throttled']);
  });
});

describe('a hash of another cost', () => {
  beforeEach(() => {
    outdated = true;
  });

  it.each([
    ['the queue is full', () => (overloaded = 'at rehash')],
    ['the write fails', () => (credentialWritesFail = true)],
  ])('does not stop the right password when %s, and the log says so', async (_what, fail) => {
    fail();
    expect((await type(who.subject.personal_number, who.password)).kind).toBe('proved');
    expect(logged.join()).toContain('password not rehashed');
    expect(logged.join()).not.toContain(who.password);
  });

  it('is no way in for the wrong password', async () => {
    overloaded = 'at rehash';
    expect((await type(who.subject.personal_number)).kind).toBe('refused');
    expect(logged).toEqual([]);
  });
});

describe('the audit trail of attempts that were held', () => {
  it('has one event for a window, however many there are', async () => {
    expect(await times(ATTEMPTS + 6, () => type(who.subject.personal_number))).toContain('throttled');
    expect(await throttledEvents()).toMatchObject([{ subject, detail: { method: 'password' } }]);
    now += 900_000;
    await times(ATTEMPTS + 6, () => type(who.subject.personal_number));
    expect(await throttledEvents()).toHaveLength(2);
  });

  it('has one event for an address, which names nobody', async () => {
    let number = 0;
    await times(26, () => type(`0989000000${10 + number++}`));
    await type(who.subject.personal_number);
    const [event, ...more] = await throttledEvents();
    expect(event).toMatchObject({ detail: { method: 'password' } });
    expect(event).not.toHaveProperty('subject');
    expect(more).toEqual([]);
  });

  it('has one event for the codes of a person', async () => {
    const code = () => signIn.proveTotp({ subject, code: '000000', signIn: 'one', address: '198.51.100.7' });
    expect(await times(ATTEMPTS + 6, code)).toEqual([...refused(ATTEMPTS), ...Array(6).fill('throttled')]);
    expect(await throttledEvents()).toMatchObject([{ subject, detail: { method: 'totp' } }]);
  });

  it('lock the account once where codes are guessed, and never where passwords are', async () => {
    await times(ATTEMPTS + 6, () => type(who.subject.personal_number));
    const code = () => signIn.proveTotp({ subject, code: '000000', signIn: 'one', address: '198.51.100.7' });
    await times(ATTEMPTS, code);
    expect(locked).toEqual([]);
    await times(6, code);
    expect(locked).toEqual(['too_many_failures']);
  });
});
