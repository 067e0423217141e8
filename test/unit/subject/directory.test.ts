import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/clock/clock.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { type Collection, type Storage, StorageUnavailable } from '../../../src/storage/contract.ts';
import { createDirectory, type Directory } from '../../../src/subject/directory.ts';
import type { Subject } from '../../../src/subject/subject.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const { keyedHash } = createKeyring({ root: key, storage: [key] });

const person = (personal_number: string, former_numbers: string[] = []): Subject => ({
  holder_type: 'citizen',
  level: 2,
  personal_number,
  former_numbers,
  name: 'Nguyễn Văn An',
  birthdate: '1996-03-14',
  gender: 'male',
  nationality: 'VNM',
  status: { kind: 'active' },
  synced_at: '2026-11-21T00:00:00Z',
});
const [first, second, third] = ['098096000001', '098096000002', '098096000003'] as const;

let opened: TestStorage;
let time: number;
const clock: Clock = { now: () => time };
let directory: Directory;

beforeEach(async () => {
  time = Date.parse('2026-11-21T05:00:00Z');
  opened = await openTestStorage({ clock });
  directory = createDirectory({ storage: opened.storage, keyedHash, clock });
});
afterEach(() => opened.close());

const added = async (subject: Subject): Promise<string> => {
  const outcome = await directory.add(subject);
  if (outcome.kind !== 'added') throw new Error(outcome.kind);
  return outcome.id;
};

/** The same storage, in which the write of a subject fails as if the process had died before it. */
const dyingBeforeSubjects = (storage: Storage): Storage => ({
  ...storage,
  collection: <T>(definition: Parameters<typeof storage.collection<T>>[0]): Collection<T> => {
    const collection = storage.collection(definition);
    const dead = () => Promise.reject(new Error('cut off'));
    return definition.name === 'subjects' ? { ...collection, insert: dead, replace: dead } : collection;
  },
});

describe('finding', () => {
  test('an unknown number, nonsense and an unknown id find nobody', async () => {
    expect(await directory.findByNumber(first)).toBeUndefined();
    expect(await directory.findByNumber('__proto__')).toBeUndefined();
    expect(await directory.get('nobody')).toBeUndefined();
  });

  test('a person is found by the current and by a former number, however typed', async () => {
    const id = await added(person(first, [second]));
    expect(await directory.findByNumber('098 096 000 001')).toEqual({ id, subject: person(first, [second]) });
    expect((await directory.findByNumber('098.096.000.002'))?.id).toBe(id);
  });

  test('an id is 128 random bits', async () => {
    expect(await added(person(first))).toMatch(/^[\w-]{22}$/);
  });
});

describe('adding', () => {
  test.each([
    ['the current number', person(first)],
    ['a former number', person(second)],
    ['a number as former', person(third, [first])],
  ])('somebody whose number belongs to another is refused: %s', async (_, newcomer) => {
    const id = await added(person(first, [second]));
    expect(await directory.add(newcomer)).toEqual({ kind: 'number_taken' });
    expect((await directory.findByNumber(first))?.id).toBe(id);
    expect(await directory.findByNumber(third)).toBeUndefined();
  });

  test('a number that is none is a fault, and nothing is stored', async () => {
    await expect(directory.add(person('12345'))).rejects.toThrow('12 digits');
  });

  test('of many adding one person at the same time exactly one succeeds', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => directory.add(person(first, [second]))),
    );
    const ids = outcomes.flatMap((outcome) => (outcome.kind === 'added' ? [outcome.id] : []));
    expect(ids).toHaveLength(1);
    expect((await directory.findByNumber(second))?.id).toBe(ids[0]);
  });

  test('of several people sharing a number at the same time exactly one is in the directory', async () => {
    const outcomes = await Promise.all([
      directory.add(person(first, [third])),
      directory.add(person(second, [third])),
      directory.add(person(third)),
    ]);
    const ids = outcomes.flatMap((outcome) => (outcome.kind === 'added' ? [outcome.id] : []));
    expect(ids).toHaveLength(1);
    expect((await directory.findByNumber(third))?.id).toBe(ids[0]);
  });

  test('names are kept in one spelling', async () => {
    const id = await added({ ...person(first), name: 'Nguye\u0302\u0303n  Va\u0306n An' });
    expect((await directory.get(id))?.name).toBe('Nguyễn Văn An');
  });
});

describe('a process that dies between two writes', () => {
  test('leaves nobody visible, and running again completes', async () => {
    const dying = createDirectory({ storage: dyingBeforeSubjects(opened.storage), keyedHash, clock });
    await expect(dying.add(person(first, [second]))).rejects.toThrow('cut off');
    expect(await directory.findByNumber(first)).toBeUndefined();
    expect(await directory.findByNumber(second)).toBeUndefined();
    const id = await added(person(first, [second]));
    expect((await directory.findByNumber(second))?.id).toBe(id);
  });

  test('holds a number that nobody carries for ten minutes, then it is free', async () => {
    const dying = createDirectory({ storage: dyingBeforeSubjects(opened.storage), keyedHash, clock });
    await expect(dying.add(person(first, [second]))).rejects.toThrow('cut off');
    expect(await directory.add(person(third, [second]))).toEqual({ kind: 'number_taken' });
    time += 10 * 60_000;
    const id = await added(person(third, [second]));
    expect((await directory.findByNumber(second))?.id).toBe(id);
    await added(person(first));
  });

  test('in a change of number leaves the old one, and running again completes', async () => {
    const id = await added(person(first));
    const dying = createDirectory({ storage: dyingBeforeSubjects(opened.storage), keyedHash, clock });
    await expect(dying.renumber(id, second)).rejects.toThrow('cut off');
    expect(await directory.findByNumber(second)).toBeUndefined();
    expect((await directory.findByNumber(first))?.subject.personal_number).toBe(first);
    expect((await directory.renumber(id, second)).kind).toBe('renumbered');
    expect((await directory.findByNumber(second))?.id).toBe(id);
  });
});

describe('changing', () => {
  test('nobody is changed by an unknown id', async () => {
    expect(await directory.update('nobody', (subject) => subject)).toBeUndefined();
    expect(await directory.renumber('nobody', first)).toEqual({ kind: 'unknown_subject' });
  });

  test('a number does not change by update', async () => {
    const id = await added(person(first));
    const change = (subject: Subject) => ({ ...subject, personal_number: second });
    await expect(directory.update(id, change)).rejects.toThrow('renumber');
    expect((await directory.get(id))?.personal_number).toBe(first);
  });

  test('changes at the same time are all kept', async () => {
    const id = await added({ ...person(first), name: '' });
    await Promise.all(
      [...'abcdefgh'].map((letter) =>
        directory.update(id, (subject) => ({ ...subject, name: subject.name + letter })),
      ),
    );
    expect([...((await directory.get(id))?.name ?? '')].sort().join('')).toBe('abcdefgh');
  });

  test("somebody else's number is refused, a former one too", async () => {
    const id = await added(person(first));
    await added(person(second, [third]));
    expect(await directory.renumber(id, second)).toEqual({ kind: 'number_taken' });
    expect(await directory.renumber(id, third)).toEqual({ kind: 'number_taken' });
    expect(await directory.get(id)).toEqual(person(first));
  });

  test('a new number keeps the subject, the old number and what the number corrects', async () => {
    const id = await added(person(first));
    const outcome = await directory.renumber(id, '098195000009', {
      gender: 'female',
      birthdate: '1995-03-14',
    });
    expect(outcome).toMatchObject({
      kind: 'renumbered',
      subject: {
        personal_number: '098195000009',
        former_numbers: [first],
        gender: 'female',
        birthdate: '1995-03-14',
      },
    });
    expect((await directory.findByNumber(first))?.id).toBe(id);
    expect((await directory.findByNumber('098195000009'))?.id).toBe(id);
  });

  test('the same number twice and a return to a former one leave no number twice', async () => {
    const id = await added(person(first));
    await directory.renumber(id, first);
    expect((await directory.get(id))?.former_numbers).toEqual([]);
    await directory.renumber(id, second);
    await directory.renumber(id, first);
    expect(await directory.get(id)).toMatchObject({ personal_number: first, former_numbers: [second] });
  });
});

test('a storage that cannot write is a fault, not a taken number', async () => {
  await opened.storage.close();
  await expect(directory.add(person(first))).rejects.toBeInstanceOf(StorageUnavailable);
});
