import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAllCollections } from '../../../src/collections.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';

let provider: TestProvider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

/** Rows about the data themselves: a copy and a rotation have their own. */
const ABOUT_DATA = ['storage_state'];

it('everything that the provider stores is in the list that is copied, migrated and re-encrypted', () => {
  const { storage } = provider.services;
  const listed = openAllCollections(storage).map(({ name }) => name);
  expect([...storage.collections.keys()].sort()).toEqual([...listed, ...ABOUT_DATA].sort());
});
