import { beforeEach, describe, expect, it } from 'vitest';
import type { Letter, NewLetter } from '../../../src/outbox/letter.ts';
import { createLetters, type LetterTerms } from '../../../src/subject/letters.ts';
import type { Subject } from '../../../src/subject/subject.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { person } from '../../support/citizen.ts';

const { subject } = person('officer');
const letter: Letter = {
  kind: 'document_expiring',
  values: { document: { vi: 'Giấy phép lái xe' }, expires: '2026-12-20' },
};

describe('a letter to a person', () => {
  let enqueued: (NewLetter & { readonly name?: string })[];
  let logged: string[];
  beforeEach(() => {
    enqueued = [];
    logged = [];
  });

  const write = (given: Subject | undefined, terms: Partial<LetterTerms> = {}, wanted = true) =>
    createLetters({
      directory: { get: async () => given },
      log: createLog({ level: 'warn', destination: { write: (line: string) => void logged.push(line) } }),
      preferences: {
        get: async () => ({
          notices: { papers: wanted, sign_ins: false, consents: true },
          language: 'en',
        }),
      },
      outbox: {
        enqueue: async (one) => void enqueued.push(one),
        enqueueOnce: async (name, one) => {
          enqueued.push({ ...one, name });
          return enqueued.filter((other) => other.name === name).length === 1;
        },
      },
    }).write('somebody', letter, { kind: 'papers', expiresAt: 7, ...terms });

  it.each<[string, Subject | undefined, Partial<LetterTerms>, boolean]>([
    ['nobody', undefined, {}, true],
    ['who has no address', { ...subject, email: undefined }, {}, true],
    [
      'whose address is not confirmed',
      { ...subject, email: { address: 'a@b.example', verified: false } },
      {},
      true,
    ],
    ['who does without', subject, {}, false],
    ['whom it is not for', subject, { onlyTo: () => false }, true],
  ])('is not written to %s', async (_name, to, terms, wanted) => {
    expect(await write(to, terms, wanted)).toBe(false);
    expect(enqueued).toEqual([]);
    expect(logged).toEqual([]);
  });

  it('to an address that no mail goes to holds up nothing, and the log says so without it', async () => {
    const address = '"quoted part"@congdan.example';
    expect(await write({ ...subject, email: { address, verified: true } })).toBe(false);
    expect(logged).toHaveLength(1);
    expect(logged.join()).not.toContain('quoted');
  });

  it('goes to the address on record, in the person’s language', async () => {
    expect(await write(subject)).toBe(true);
    expect(enqueued).toEqual([
      {
        ...letter,
        to: { address: subject.email?.address, name: subject.name },
        language: 'en',
        subject: 'somebody',
        expiresAt: 7,
      },
    ]);
  });

  it('with a name is none where one of that name was put in before', async () => {
    expect(await write(subject, { once: 'x' })).toBe(true);
    expect(await write(subject, { once: 'x' })).toBe(false);
  });
});
