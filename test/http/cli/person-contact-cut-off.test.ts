import { afterEach, beforeEach, expect, it } from 'vitest';
import { person } from '../../support/citizen.ts';
import { faultyStorage } from '../../support/faulty-storage.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { signedIn } from '../account/console.ts';
import { idOf, numberOf } from '../ceremony/ceremony.ts';
import { runPerson } from './people.ts';

const an = person('level-1');

let provider: TestProvider;
let watched: boolean;
let written: boolean;
beforeEach(async () => {
  [watched, written] = [false, false];
  provider = await startProvider({
    storage: (real) =>
      faultyStorage(real, ({ collection, write }) => {
        const fails = watched && written && write;
        written ||= watched && write && collection === 'subjects';
        return fails;
      }),
  });
});
afterEach(() => provider.close());

it('an address set at the counter, cut off after it was written, has ended every session by then', async () => {
  const old = await signedIn(provider, an);
  const set = () => runPerson(provider, numberOf(an), ['contact', '--email', 'moi@congdan.example']);
  watched = true;
  const cut = await set();
  watched = false;
  expect(cut.code).not.toBe(0);
  const email = (await provider.services.directory.get(await idOf(provider, an)))?.email;
  expect(email).toEqual({ address: 'moi@congdan.example', verified: true });
  expect((await old.get('/account')).status).not.toBe(200);
  // Nothing is left to be done: it reads as set.
  expect((await set()).out).toContain('already');
});
