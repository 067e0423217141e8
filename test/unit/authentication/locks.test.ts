import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditEvents, createAuditTrail } from '../../../src/audit/trail.ts';
import { createLocks, type LockCause, type Locks } from '../../../src/authentication/locks.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { createOutbox, outboxRows } from '../../../src/outbox/outbox.ts';
import { type Credentials, createCredentials } from '../../../src/subject/credentials.ts';
import { createDirectory, type Directory } from '../../../src/subject/directory.ts';
import { person } from '../../support/citizen.ts';
import { faultyStorage } from '../../support/faulty-storage.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const { keyedHash } = createKeyring({ root: key, storage: [key] });
const who = person('mother');
const weakestFirst: readonly LockCause[] = [
  'by_owner',
  'too_many_failures',
  'reported',
  'sim_changed',
  'by_administrator',
];

let now: number;
const clock = { now: () => now };
let opened: TestStorage;
let directory: Directory;
let credentials: Credentials;
let locks: Locks;
let id: string;
/** What was done, in order. */
let done: string[];
let away: string;

beforeEach(async () => {
  now = Date.parse('2026-12-01T03:00:00Z');
  done = [];
  away = '';
  opened = await openTestStorage({ clock });
  const storage = faultyStorage(opened.storage, ({ collection, write }) => {
    if (write) done.push(collection);
    return write && collection === away;
  });
  directory = createDirectory({ storage, clock, keyedHash });
  credentials = createCredentials({ storage, clock });
  const added = await directory.add(who.subject);
  if (added.kind !== 'added') throw new Error(added.kind);
  id = added.id;
  await credentials.setPassword(id, '$argon2id$some');
  locks = createLocks({
    clock,
    directory,
    credentials,
    audit: createAuditTrail({ storage, clock }),
    outbox: createOutbox({ storage, clock, issuer: 'https://id.tinhmau.example' }),
    counts: { closed: async () => void done.push('counted') },
    endSessions: async () => void done.push('ended'),
  });
  done = [];
});
afterEach(() => opened.close());

const status = async () => (await directory.get(id))?.status;
const trail = async () =>
  (await opened.storage.collection(auditEvents).range('at', 0, now + 1)).map(({ doc }) => doc);

describe('a lock', () => {
  test('of nobody is none', async () => {
    expect(await locks.lock('nobody', 'by_owner')).toBe('unknown_person');
    expect(await locks.unlock('nobody', ['by_owner'], 'owner')).toBe('unknown_person');
    expect(await locks.close('nobody', 'deceased')).toBe('unknown_person');
    expect(done).toEqual([]);
  });

  test('is in the trail and in a letter before it stands, and ends everything after', async () => {
    expect(await locks.lock(id, 'by_administrator', 'Theo văn bản số 12')).toBe('done');
    expect(done).toEqual(['audit_events', outboxRows.name, 'subjects', 'credentials', 'ended']);
    expect(await status()).toEqual({
      kind: 'locked',
      cause: 'by_administrator',
      since: '2026-12-01T03:00:00.000Z',
      reason: 'Theo văn bản số 12',
    });
    expect(await trail()).toMatchObject([
      {
        kind: 'account.locked',
        subject: id,
        detail: { cause: 'by_administrator', reason: 'Theo văn bản số 12' },
      },
    ]);
  });

  test.each(['audit_events', outboxRows.name])(
    'is not made where %s cannot be written',
    async (collection) => {
      away = collection;
      await expect(locks.lock(id, 'reported')).rejects.toThrow();
      expect(await status()).toEqual({ kind: 'active' });
    },
  );

  test('makes void what was proved until then', async () => {
    await locks.lock(id, 'by_owner');
    expect((await credentials.get(id)).factors_changed_at).toBe(new Date(now).toISOString());
  });

  test.each(weakestFirst)(
    'for %s stands over every weaker one, and under every stronger one',
    async (cause) => {
      const strength = weakestFirst.indexOf(cause);
      for (const [at, other] of weakestFirst.entries()) {
        const standing = { kind: 'locked', cause, since: '2026-11-01T00:00:00.000Z' } as const;
        await directory.update(id, (subject) => ({ ...subject, status: standing }));
        expect(await locks.lock(id, other), other).toBe(at > strength ? 'done' : 'unchanged');
        expect(await status()).toMatchObject({ cause: at > strength ? other : cause });
      }
    },
  );

  test('for two causes at the same moment ends as the stronger one', async () => {
    await Promise.all([locks.lock(id, 'by_administrator', 'x'), locks.lock(id, 'by_owner')]);
    expect(await status()).toMatchObject({ cause: 'by_administrator', reason: 'x' });
  });

  test('does not reopen what is closed', async () => {
    await locks.close(id, 'deceased');
    expect(await locks.lock(id, 'by_administrator')).toBe('unchanged');
    expect(await locks.unlock(id, weakestFirst, 'administrator')).toBe('unchanged');
    expect(await status()).toMatchObject({ kind: 'closed', cause: 'deceased' });
  });
});

describe('unlocking', () => {
  test('ends only the causes named', async () => {
    await locks.lock(id, 'by_administrator');
    expect(await locks.unlock(id, ['by_owner', 'reported', 'too_many_failures'], 'owner')).toBe('unchanged');
    expect(await status()).toMatchObject({ kind: 'locked' });
    expect(await trail()).toHaveLength(1);
  });

  test('of an account that is not locked changes nothing', async () => {
    expect(await locks.unlock(id, weakestFirst, 'administrator')).toBe('unchanged');
    expect(done).toEqual([]);
  });

  test('ends once more what a lock that was cut off left open, before the account can be used', async () => {
    await locks.lock(id, 'by_owner');
    done = [];
    now += 60_000;
    expect(await locks.unlock(id, ['by_owner'], 'owner')).toBe('done');
    expect(done).toEqual(['audit_events', 'credentials', 'ended', 'subjects']);
    expect(await status()).toEqual({ kind: 'active' });
    expect((await credentials.get(id)).factors_changed_at).toBe(new Date(now).toISOString());
  });

  test('of an account that was never activated leaves it to be activated', async () => {
    const issued = await directory.add({
      ...who.subject,
      personal_number: '098188000099',
      former_numbers: [],
      status: { kind: 'not_activated' },
    });
    if (issued.kind !== 'added') throw new Error(issued.kind);
    await locks.lock(issued.id, 'by_administrator');
    expect(await locks.unlock(issued.id, ['by_administrator'], 'administrator')).toBe('done');
    expect((await directory.get(issued.id))?.status).toEqual({ kind: 'not_activated' });
  });
});

test('an account is closed once, however often it is asked for, and everything ends', async () => {
  const outcomes = await Promise.all([locks.close(id, 'deceased'), locks.close(id, 'deceased')]);
  expect(outcomes.toSorted()).toEqual(['done', 'unchanged']);
  expect(done.filter((one) => one === 'counted')).toHaveLength(1);
  expect(done).toContain('ended');
  expect(await locks.close(id, 'deceased')).toBe('unchanged');
});
