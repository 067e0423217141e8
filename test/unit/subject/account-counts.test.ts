import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { type AccountCounts, createAccountCounts, PARTS } from '../../../src/subject/account-counts.ts';
import { type Credentials, createCredentials } from '../../../src/subject/credentials.ts';
import { createDirectory, type Directory, subjectRows } from '../../../src/subject/directory.ts';
import { type RecountParts, recount } from '../../../src/subject/recount.ts';
import type { Subject } from '../../../src/subject/subject.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const { keyedHash } = createKeyring({ root: key, storage: [key] });
const clock = { now: () => Date.parse('2026-11-21T05:00:00Z') };

const person = (last: number, more: Partial<Subject> = {}): Subject => ({
  holder_type: 'citizen',
  level: 2,
  personal_number: `0980960000${String(last).padStart(2, '0')}`,
  former_numbers: [],
  name: 'Nguyễn Văn An',
  birthdate: '1996-03-14',
  gender: 'male',
  nationality: 'VNM',
  status: { kind: 'not_activated' },
  synced_at: '2026-11-21T00:00:00Z',
  ...more,
});
const closed = { kind: 'closed', cause: 'deceased', since: '2026-05-05T00:00:00Z' } as const;
const locked = { kind: 'locked', cause: 'by_administrator', since: '2026-05-05T00:00:00Z' } as const;

let opened: TestStorage;
let counts: AccountCounts;
let directory: Directory;
let credentials: Credentials;
beforeEach(async () => {
  opened = await openTestStorage({ clock });
  const { storage } = opened;
  counts = createAccountCounts({ storage });
  directory = createDirectory({ storage, keyedHash, clock });
  credentials = createCredentials({ storage, clock });
});
afterEach(() => opened.close());

const add = async (subject: Subject): Promise<string> => {
  const outcome = await directory.add(subject);
  if (outcome.kind !== 'added') throw new Error(outcome.kind);
  return outcome.id;
};
const insert = (id: string, subject: Subject) => opened.storage.collection(subjectRows).insert(id, subject);
const recounted = (more: Partial<RecountParts> = {}) =>
  recount({
    storage: opened.storage,
    credentials,
    counts,
    report: () => {},
    stopped: () => false,
    settle: async () => {},
    ...more,
  });

describe('the counts of accounts', () => {
  it('are none where nobody is', async () => {
    expect(await counts.kept()).toEqual([]);
  });

  it('tell kinds of holders and levels apart, and keep who was closed among those issued', async () => {
    await counts.issued('Aa', person(1));
    await counts.issued('bb', person(2));
    await counts.activated('bb', person(2));
    await counts.issued('_c', person(3, { level: 1, status: closed }));
    const { level: _, ...without } = person(4, { holder_type: 'foreigner', status: { kind: 'active' } });
    await counts.issued('-d', without);
    await counts.closed('Aa', person(1));
    expect(await counts.kept()).toEqual([
      { holderType: 'citizen', level: 1, issued: 1, activated: 0, closed: 1 },
      { holderType: 'citizen', level: 2, issued: 2, activated: 1, closed: 1 },
      { holderType: 'foreigner', issued: 1, activated: 1, closed: 0 },
    ]);
  });

  it('are exact when many are counted at once', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, at) => counts.issued(`${PARTS[at % 64]}x`, person(1))));
    expect(await counts.kept()).toMatchObject([{ issued: 200 }]);
  });
});

describe('a recount', () => {
  it('finds nothing where everything was counted', async () => {
    const subject = person(1);
    await counts.issued(await add(subject), subject);
    expect(await recounted()).toEqual({ people: 1, mended: {}, moving: 0 });
  });

  it('adds who was left out and takes away who is not there, in the same row and not elsewhere', async () => {
    await add(person(1));
    await add(person(2, { status: { kind: 'active' } }));
    await add(person(3, { status: closed }));
    await counts.issued('Zz', person(4, { holder_type: 'foreigner' }));
    expect(await recounted()).toMatchObject({
      people: 3,
      mended: { citizen_2_issued: 3, citizen_2_activated: 1, citizen_2_closed: 1, foreigner_2_issued: -1 },
    });
    expect(await counts.kept()).toEqual([
      { holderType: 'citizen', level: 2, issued: 3, activated: 1, closed: 1 },
    ]);
    expect(await recounted()).toEqual({ people: 3, mended: {}, moving: 0 });
  });

  it('counts a locked account as activated only where there is something to prove identity with', async () => {
    const taken = await add(person(1, { status: locked }));
    await add(person(2, { status: locked }));
    await credentials.setPassword(taken, '$argon2id$x');
    await recounted();
    expect(await counts.kept()).toMatchObject([{ issued: 2, activated: 1 }]);
  });

  it('waits for somebody who was just added and is counted a moment later', async () => {
    const subject = person(1);
    const id = await add(subject);
    const outcome = await recounted({ settle: () => counts.issued(id, subject) });
    expect(outcome?.mended).toEqual({});
    expect(await counts.kept()).toMatchObject([{ issued: 1 }]);
  });

  it('leaves a part alone that looks otherwise the second time, and says so', async () => {
    await insert('Ax', person(1));
    const outcome = await recounted({ settle: () => insert('Ay', person(2)) });
    expect(outcome).toEqual({ people: 1, mended: {}, moving: 1 });
    expect(await counts.kept()).toEqual([]);
    expect(await recounted()).toMatchObject({ people: 2, mended: { citizen_2_issued: 2 } });
  });

  it('leaves a part alone in which others count while it is walked', async () => {
    await insert('Ax', person(1));
    const moving: AccountCounts = {
      ...counts,
      ofPart: async (part) => {
        if (part === 'A') await counts.issued('Az', person(3));
        return counts.ofPart(part);
      },
    };
    expect(await recounted({ counts: moving })).toMatchObject({ mended: {}, moving: 1 });
  });

  it('walks more people of one part than a page holds, and counts nobody twice', async () => {
    for (let at = 0; at < 205; at += 1) await insert(`A${String(at).padStart(4, '0')}`, person(1));
    await insert('Bx', person(1));
    const seen: number[] = [];
    const outcome = await recounted({ report: (people) => seen.push(people) });
    expect(outcome).toEqual({ people: 206, mended: { citizen_2_issued: 206 }, moving: 0 });
    expect(Math.max(...seen)).toBe(206);
  });

  it('that is ended changes nothing', async () => {
    await add(person(1));
    expect(await recounted({ stopped: () => true })).toBeUndefined();
    expect(await counts.kept()).toEqual([]);
  });
});
