import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHoldings, type Holdings } from '../../../src/documents/holdings.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';
import { card, holdingOf } from './a-holding.ts';

let opened: TestStorage;
let holdings: Holdings;
beforeEach(async () => {
  opened = await openTestStorage();
  holdings = createHoldings({ storage: opened.storage });
});
afterEach(() => opened.close());

const idCard = holdingOf('doc:id_card', card);
const noPassport = holdingOf('doc:passport');

test('what was never put is not there, and another person has none of it', async () => {
  await holdings.put({ ...idCard, subject: 'another' });
  expect(await holdings.get('somebody', 'doc:id_card')).toBeUndefined();
});

test.each([
  ['a scope that is no document', { ...idCard, scope: 'profile' }],
  ['no records and no reason', { ...idCard, records: [] }],
  ['records and a reason why there are none', { ...idCard, unavailable: 'not_issued' as const }],
  ['a day that is none', { ...idCard, records: [{ ...card, expires_at: '2026-02-30' }] }],
])('%s is a fault, and nothing is stored', async (_, broken) => {
  await expect(holdings.put(broken)).rejects.toThrow();
  expect(await holdings.get('somebody', broken.scope)).toBeUndefined();
});

test('each document is kept by itself', async () => {
  await Promise.all([holdings.put(idCard), holdings.put(noPassport)]);
  expect(await holdings.get('somebody', 'doc:passport')).toEqual(noPassport);
  expect(await holdings.get('somebody', 'doc:id_card')).toEqual(idCard);
  expect(await holdings.get('somebody', 'doc:health_record')).toBeUndefined();
});

test('a later synchronisation replaces the earlier', async () => {
  await holdings.put(idCard);
  const later = { ...holdingOf('doc:id_card'), synced_at: '2026-11-22T03:00:00Z' };
  await holdings.put(later);
  expect(await holdings.get('somebody', 'doc:id_card')).toEqual(later);
});
