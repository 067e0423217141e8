import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuditTrail } from '../../../src/audit/trail.ts';
import type { Clock } from '../../../src/clock/clock.ts';
import { seedPeople } from '../../../src/demo/people/seed-people.ts';
import { syntheticPeople } from '../../../src/demo/people/synthetic-people.ts';
import { createHoldings } from '../../../src/documents/holdings.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { createAccountCounts } from '../../../src/subject/account-counts.ts';
import { createCredentials } from '../../../src/subject/credentials.ts';
import { createDirectory } from '../../../src/subject/directory.ts';
import { createTerms } from '../../../src/subject/terms.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const now = Date.parse('2026-11-21T05:00:00Z');
const clock: Clock = { now: () => now };
const key = Buffer.alloc(32, 7).toString('base64url');
const { keyedHash } = createKeyring({ root: key, storage: [key] });
const hasher = { hash: async (password: string) => `$argon2id$${password}` };
const people = syntheticPeople(now);

let opened: TestStorage;
const stores = () => {
  const { storage } = opened;
  return {
    directory: createDirectory({ storage, keyedHash, clock }),
    credentials: createCredentials({ storage, clock }),
    holdings: createHoldings({ storage }),
    counts: createAccountCounts({ storage }),
    terms: createTerms({ storage, clock, audit: createAuditTrail({ storage, clock }), own: {} }),
    hasher,
    clock,
  };
};
beforeEach(async () => {
  opened = await openTestStorage({ clock });
});
afterEach(() => opened.close());

test('a start that is cut off is completed by the next one', async () => {
  let left = 5;
  const dying = {
    hash: (password: string) => (left-- > 0 ? hasher.hash(password) : Promise.reject(new Error('cut off'))),
  };
  await expect(seedPeople({ ...stores(), hasher: dying })).rejects.toThrow('cut off');
  expect(await seedPeople(stores())).toEqual({ added: people.length - 5, kept: 5 });
  const { credentials, directory } = stores();
  for (const { password, subject } of people) {
    const found = await directory.findByNumber(subject.personal_number);
    expect((await credentials.get(found?.id ?? '')).password !== undefined).toBe(password !== '');
  }
});

test('a second start keeps what was changed since and adds nobody', async () => {
  expect(await seedPeople(stores())).toEqual({ added: people.length, kept: 0 });
  const { credentials, directory, holdings } = stores();
  const found = await directory.findByNumber('097184000002');
  const id = found?.id ?? '';
  await credentials.removeTotp(id);
  await directory.update(id, (subject) => ({ ...subject, name: 'Trần Thị Ngọc' }));
  await holdings.put({
    subject: id,
    scope: 'doc:passport',
    records: [],
    unavailable: 'registry_unavailable',
    synced_at: new Date(now).toISOString(),
  });

  expect(await seedPeople(stores())).toEqual({ added: 0, kept: people.length });
  expect((await credentials.get(id)).totp).toBeUndefined();
  expect((await directory.get(id))?.name).toBe('Trần Thị Ngọc');
  expect((await holdings.get(id, 'doc:passport'))?.unavailable).toBe('registry_unavailable');
});

test('a number that belongs to somebody else stops the start', async () => {
  const { directory } = stores();
  const [someone] = people;
  if (!someone) throw new Error('nobody');
  await directory.add({ ...someone.subject, personal_number: '097084000010', former_numbers: [] });
  await expect(seedPeople(stores())).rejects.toThrow('renumbered');
});

test('everybody is found by number with subject, credentials and papers', async () => {
  await seedPeople(stores());
  const { credentials, directory, holdings } = stores();
  for (const person of people) {
    const found = await directory.findByNumber(person.subject.personal_number);
    expect(found?.subject).toEqual(person.subject);
    const { password, totp } = await credentials.get(found?.id ?? '');
    expect(password?.hash).toBe(person.password === '' ? undefined : `$argon2id$${person.password}`);
    expect(totp?.secret).toBe(person.totpSecret);
    for (const { scope, records } of person.holdings)
      expect((await holdings.get(found?.id ?? '', scope))?.records).toEqual(records);
  }
});
