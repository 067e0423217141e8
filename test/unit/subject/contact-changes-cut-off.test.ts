import { describe, expect, test } from 'vitest';
import { contactChangeRows } from '../../../src/subject/contact-change-rows.ts';
import { faultyStorage } from '../../support/faulty-storage.ts';
import {
  applyAll,
  begin,
  COOLING,
  eachTestAnew,
  email,
  events,
  id,
  letters,
  linkToken,
  NEW,
  OLD,
  opened,
  owner,
  parts,
  partsOn,
  pass,
  THIRD,
} from './contact-fixture.ts';

eachTestAnew();

describe('a change whose work is cut off', () => {
  /** The same storage, in which one write to a collection fails as if the process had died before it. */
  const dyingAt = (collection: string, method: string) =>
    faultyStorage(opened.storage, (call) => call.collection === collection && call.method === method);

  test.each([
    ['the news', 'outbox_letters', 'insert'],
    ['the address', 'subjects', 'replace'],
  ])('before %s is taken up by another, once its claim is over', async (_what, collection, method) => {
    await begin();
    pass(COOLING);
    const dying = partsOn(dyingAt(collection, method)).changes;
    await expect(applyAll(dying)).rejects.toThrow('away');
    expect((await email())?.address).toBe(OLD);
    expect(await parts.changes.cancel(id, 'email')).toBe(false);
    expect(await applyAll()).toEqual([]);
    pass(2 * 60_000);
    expect(await applyAll()).toEqual([true]);
    expect((await email())?.address).toBe(NEW);
  });

  test('after the address is not done again, nor told again', async () => {
    await begin();
    pass(COOLING);
    let replaced = 0;
    const dying = partsOn(
      faultyStorage(opened.storage, ({ collection, method }) => {
        if (collection !== 'contact_changes' || method !== 'replace') return false;
        replaced += 1;
        return replaced === 2;
      }),
    ).changes;
    await expect(applyAll(dying)).rejects.toThrow('away');
    expect((await email())?.address).toBe(NEW);
    pass(2 * 60_000);
    expect(await applyAll()).toEqual([false]);
    expect(await applyAll()).toEqual([]);
    const told = (await letters()).filter(({ letter }) => letter.kind === 'address_changed');
    expect(told).toHaveLength(2);
    expect(await events()).toEqual(['contact.change_asked', 'contact.changed']);
  });
});

describe('the link in the letter', () => {
  test('goes to the old address alone, is kept as a hash, and takes the change back once', async () => {
    await begin();
    const token = await linkToken();
    expect(token).toMatch(/^[\w-]{43}$/);
    const linked = (await letters()).filter(({ letter }) => 'link' in letter.values && letter.values.link);
    expect(linked.map(({ to }) => ('address' in to ? to.address : ''))).toEqual([OLD]);
    const [row] = await opened.storage.collection(contactChangeRows).scan();
    expect(JSON.stringify(row)).not.toContain(token);
    expect(await parts.changes.ofLink(`${token}x`)).toBeUndefined();
    expect(await parts.changes.ofLink('')).toBeUndefined();
    expect(await parts.changes.ofLink(token)).toMatchObject({ what: 'email' });
    const ran = await Promise.all([1, 2].map(() => parts.changes.cancelByLink(token)));
    expect(ran.filter(Boolean)).toHaveLength(1);
    expect(await parts.changes.ofLink(token)).toBeUndefined();
    pass(COOLING);
    expect(await applyAll()).toEqual([]);
  });

  test('of an earlier change does not take back a later one', async () => {
    await begin();
    const token = await linkToken();
    await parts.changes.cancel(id, 'email');
    pass(1000);
    await begin(THIRD, 'c2');
    expect(await parts.changes.cancelByLink(token)).toBe(false);
    expect(await parts.changes.pending(id)).toMatchObject([{ to: THIRD }]);
  });
});

test('a change of phone is told to both phones without a link, and by mail with one', async () => {
  await parts.changes.ask(await owner(), 'phone', 'c1', '+84970000008');
  await parts.changes.oldProved(id, 'phone', 'c1');
  expect(await parts.changes.begin(await owner(), 'phone', 'c1')).toBe(true);
  const told = (await letters()).map(({ letter, to }) => [
    'phone' in to ? to.phone : to.address,
    'link' in letter.values && letter.values.link !== undefined,
  ]);
  expect(told.toSorted()).toEqual([
    ['+84970000008', false],
    ['+84970000009', false],
    [OLD, true],
  ]);
  expect(await parts.changes.cancelByLink(await linkToken())).toBe(true);
});
