import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFact } from '../../../src/audit/trail.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { type AccountCounts, createAccountCounts } from '../../../src/subject/account-counts.ts';
import { createDirectory, type Directory } from '../../../src/subject/directory.ts';
import { createPeopleImport } from '../../../src/subject/import.ts';
import type { Subject } from '../../../src/subject/subject.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const { keyedHash } = createKeyring({ root: key, storage: [key] });
const clock = { now: () => Date.parse('2026-11-21T05:00:00Z') };
const [first, second, third] = ['098096000001', '098096000002', '098096000003'] as const;

const person = (personal_number: string, former_numbers: string[] = []): Subject => ({
  holder_type: 'citizen',
  level: 2,
  personal_number,
  former_numbers,
  name: 'Nguyễn Văn An',
  birthdate: '1996-03-14',
  gender: 'male',
  nationality: 'VNM',
  status: { kind: 'not_activated' },
  synced_at: '2026-11-21T00:00:00Z',
});

let opened: TestStorage;
let directory: Directory;
let counts: AccountCounts;
let events: AuditFact[];
const imports = (record = async (fact: AuditFact) => void events.push(fact)) =>
  createPeopleImport({ directory, counts, audit: { record } });
beforeEach(async () => {
  events = [];
  opened = await openTestStorage({ clock });
  directory = createDirectory({ storage: opened.storage, keyedHash, clock });
  counts = createAccountCounts({ storage: opened.storage });
});
afterEach(() => opened.close());

describe('an import', () => {
  it('changes nobody who is there, by a number of today or of before', async () => {
    await directory.add({ ...person(first, [second]), name: 'Trần Thị Ngọc' });
    for (const number of [first, second]) {
      expect(await imports().look(person(number))).toBe('kept');
      expect(await imports().add(person(number))).toBe('kept');
    }
    expect((await directory.findByNumber(first))?.subject.name).toBe('Trần Thị Ngọc');
    expect(await counts.kept()).toEqual([]);
  });

  it('takes no former number of somebody else', async () => {
    await directory.add(person(first));
    expect(await imports().look(person(third, [first]))).toBe('conflict');
    expect(await imports().add(person(third, [first]))).toBe('conflict');
    expect(await directory.findByNumber(third)).toBeUndefined();
    expect(events).toEqual([]);
  });

  it('adds nobody whose event cannot be recorded, and goes on when it can', async () => {
    const failing = imports(async () => Promise.reject(new Error('away')));
    await expect(failing.add(person(first))).rejects.toThrow('away');
    expect(await directory.findByNumber(first)).toBeUndefined();
    expect(await counts.kept()).toEqual([]);
    expect(await imports().add(person(first))).toBe('added');
  });

  it('records and counts each once, with the id the person then has', async () => {
    const outcomes = await Promise.all([imports().add(person(first)), imports().add(person(first))]);
    expect(outcomes.sort()).toEqual(['added', 'kept']);
    const found = await directory.findByNumber(first);
    expect(found?.subject.status).toEqual({ kind: 'not_activated' });
    expect(new Set(events.map(({ subject }) => subject))).toEqual(new Set([found?.id]));
    expect(await counts.kept()).toMatchObject([{ issued: 1 }]);
  });
});
