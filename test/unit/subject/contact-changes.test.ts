import { describe, expect, test } from 'vitest';
import {
  applyAll,
  ask,
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

describe('a change', () => {
  test('does not begin before the old side is proved, nor as another than the one that was asked for', async () => {
    await ask();
    expect(await parts.changes.begin(await owner(), 'email', 'c1')).toBe(false);
    expect(await parts.changes.oldProved(id, 'email', 'c2')).toBe(false);
    await parts.changes.oldProved(id, 'email', 'c1');
    expect(await parts.changes.begin(await owner(), 'email', 'c2')).toBe(false);
    expect(await parts.changes.begin(await owner(), 'phone', 'c1')).toBe(false);
    expect(await letters()).toEqual([]);
  });

  test('does not begin when the address on record is another by now', async () => {
    await ask();
    await parts.changes.oldProved(id, 'email', 'c1');
    await parts.directory.update(id, (subject) => ({
      ...subject,
      email: { address: THIRD, verified: true },
    }));
    expect(await parts.changes.begin(await owner(), 'email', 'c1')).toBe(false);
  });

  test('is not possible over an address that nobody confirmed', async () => {
    await parts.directory.update(id, (subject) => ({ ...subject, email: { address: OLD, verified: false } }));
    expect(await ask()).toBe(false);
  });

  test('of an address that was never there wants the new side alone', async () => {
    await parts.directory.update(id, ({ email: _, ...subject }) => subject);
    await ask();
    expect(await parts.changes.begin(await owner(), 'email', 'c1')).toBe(true);
    pass(COOLING);
    expect(await applyAll()).toEqual([true]);
    expect(await email()).toEqual({ address: NEW, verified: true });
  });

  test('takes effect at its time and no earlier, and asking anew neither shortens nor replaces it', async () => {
    await begin();
    pass(COOLING - 1);
    expect(await ask(THIRD, 'c2')).toBe(false);
    expect(await parts.changes.due(10)).toEqual([]);
    expect(await parts.changes.standing(id, 'email')).toMatchObject({ state: 'cooling', to: NEW });
    pass(1);
    expect(await applyAll()).toEqual([true]);
    expect(await email()).toEqual({ address: NEW, verified: true });
    expect(await events()).toEqual(['contact.change_asked', 'contact.changed']);
  });

  test('takes effect once, however many apply it at the same moment', async () => {
    await begin();
    pass(COOLING);
    const [row] = await parts.changes.due(10);
    if (row === undefined) throw new Error('nothing is due');
    const others = [partsOn(opened.storage).changes, partsOn(opened.storage).changes];
    const applied = await Promise.all([parts.changes, ...others].map((changes) => changes.apply(row)));
    expect(applied.filter(Boolean)).toHaveLength(1);
    const told = (await letters()).filter(({ letter }) => letter.kind === 'address_changed');
    expect(told).toHaveLength(2);
  });

  test.each(['apply first', 'cancel first'])(
    'raced by its cancelling is one or the other: %s',
    async (order) => {
      await begin();
      pass(COOLING);
      const [row] = await parts.changes.due(10);
      if (row === undefined) throw new Error('nothing is due');
      const both = [() => parts.changes.apply(row), () => parts.changes.cancel(id, 'email')];
      const ran = await Promise.all((order === 'apply first' ? both : both.toReversed()).map((one) => one()));
      expect(ran.filter(Boolean)).toHaveLength(1);
      const [applied] = order === 'apply first' ? ran : ran.toReversed();
      expect((await email())?.address).toBe(applied ? NEW : OLD);
      expect(await parts.changes.pending(id)).toEqual([]);
    },
  );

  test('that two tabs cancel is cancelled once', async () => {
    await begin();
    const ran = await Promise.all([1, 2, 3].map(() => parts.changes.cancel(id, 'email')));
    expect(ran.filter(Boolean)).toHaveLength(1);
    pass(COOLING);
    expect(await applyAll()).toEqual([]);
    expect((await email())?.address).toBe(OLD);
  });
});

describe('what ends a change that waits', () => {
  test('a new password, whose owner may begin another one', async () => {
    await begin();
    pass(1000);
    await parts.credentials.setPassword(id, '$argon2id$y');
    expect(await parts.changes.pending(id)).toEqual([]);
    expect(await parts.changes.standing(id, 'email')).toBeUndefined();
    expect(await parts.changes.cancelByLink(await linkToken())).toBe(false);
    pass(1000);
    expect(await begin(THIRD, 'c2')).toBe(true);
    pass(COOLING);
    expect(await applyAll()).toEqual([true]);
    expect((await email())?.address).toBe(THIRD);
    expect(await events()).toContain('contact.change_cancelled factors_changed');
  });

  test('a new password, also where nobody looks before its time', async () => {
    await begin();
    pass(1000);
    await parts.credentials.setPassword(id, '$argon2id$y');
    pass(COOLING);
    expect(await applyAll()).toEqual([false]);
    expect((await email())?.address).toBe(OLD);
    expect(await applyAll()).toEqual([]);
    expect(await events()).toEqual(['contact.change_asked', 'contact.change_cancelled factors_changed']);
  });

  test('a new password makes codes that are out void too', async () => {
    await ask();
    pass(1000);
    await parts.credentials.setPassword(id, '$argon2id$y');
    expect(await parts.changes.oldProved(id, 'email', 'c1')).toBe(false);
  });

  test('a lock, also one that is over by then', async () => {
    await begin();
    pass(1000);
    await parts.credentials.voidProofs(id);
    pass(COOLING);
    expect(await applyAll()).toEqual([false]);
    expect((await email())?.address).toBe(OLD);
  });

  test('an account that cannot be used when its time comes', async () => {
    await begin();
    const since = '2026-11-21T05:00:01Z';
    await parts.directory.update(id, (subject) => ({
      ...subject,
      status: { kind: 'locked', cause: 'by_owner', since },
    }));
    pass(COOLING);
    expect(await applyAll()).toEqual([false]);
    expect((await email())?.address).toBe(OLD);
    expect(await events()).toContain('contact.change_cancelled locked');
  });

  test('another address that came on record meanwhile', async () => {
    await begin();
    await parts.directory.update(id, (subject) => ({
      ...subject,
      email: { address: THIRD, verified: true },
    }));
    pass(COOLING);
    expect(await applyAll()).toEqual([false]);
    expect((await email())?.address).toBe(THIRD);
    expect(await events()).toContain('contact.change_cancelled superseded');
  });
});
