import { afterAll, describe, expect, test } from 'vitest';
import { Overloaded } from '../../../src/keys/argon2-pool.ts';
import { createPasswordHasher, passwordTooLong } from '../../../src/keys/password-hasher.ts';

const settings = { memory_kib: 64, passes: 1, parallelism: 1, workers: 1, queue: 8 };
const hasher = createPasswordHasher(settings, Buffer.alloc(32, 1));
const peppered = createPasswordHasher({ ...settings, passes: 2 }, Buffer.alloc(32, 2));
afterAll(() => Promise.all([hasher.close(), peppered.close()]));

describe('a password is not accepted', () => {
  test('when it is another one', async () => {
    const phc = await hasher.hash('mật khẩu của tôi');
    expect(await hasher.verify(phc, 'mật khẩu của bạn')).toBe(false);
    expect(await hasher.verify(phc, 'mật khẩu của tôi ')).toBe(false);
    expect(await hasher.verify(phc, '')).toBe(false);
  });

  test('under another pepper, as after the theft of the table alone', async () => {
    expect(await peppered.verify(await hasher.hash('mật khẩu'), 'mật khẩu')).toBe(false);
  });

  test('for an unknown account, not even the one that was just tried', async () => {
    expect(await hasher.verifyNothing('mật khẩu')).toBe(false);
    expect(await hasher.verifyNothing('mật khẩu')).toBe(false);
  });

  test('when it is too long, and none so long is ever set', async () => {
    const phc = await hasher.hash('a'.repeat(128));
    expect(await hasher.verify(phc, 'a'.repeat(129))).toBe(false);
    await expect(hasher.hash('a'.repeat(129))).rejects.toThrow(RangeError);
  });

  test('against a stored value that is no hash of ours', async () => {
    await expect(hasher.verify('mật khẩu', 'mật khẩu')).rejects.toThrow('not an argon2id hash');
  });
});

describe('length', () => {
  test.each([
    ['129 characters', 'a'.repeat(129)],
    ['129 emoji', '🔑'.repeat(129)],
    ['letters that NFKC makes many of', 'ﷺ'.repeat(8)],
    ['one megabyte', 'a'.repeat(1_000_000)],
  ])('%s are too many', (_, password) => {
    expect(passwordTooLong(password)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['128 letters', 'ế'.normalize('NFD').repeat(128)],
    ['128 emoji', '🔑'.repeat(128)],
  ])('%s are not', (_, password) => {
    expect(passwordTooLong(password)).toBe(false);
  });

  test('every one of 128 characters counts', async () => {
    const phc = await hasher.hash(`${'🔑'.repeat(127)}a`);
    expect(await hasher.verify(phc, `${'🔑'.repeat(127)}b`)).toBe(false);
    expect(await hasher.verify(phc, `${'🔑'.repeat(127)}a`)).toBe(true);
  });
});

test('a megabyte is refused within a tenth of a second', async () => {
  const started = performance.now();
  await hasher.verifyNothing('ﷺ'.repeat(350_000));
  expect(performance.now() - started).toBeLessThan(100);
});

test('an unknown account costs the time of a known one', async () => {
  const dear = createPasswordHasher({ ...settings, memory_kib: 8192, passes: 2 }, Buffer.alloc(32, 1));
  const phc = await dear.hash('mật khẩu');
  const quickest = async (once: () => Promise<boolean>): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const started = performance.now();
      await once();
      times.push(performance.now() - started);
    }
    return Math.min(...times);
  };
  const known = await quickest(() => dear.verify(phc, 'sai'));
  const unknown = await quickest(() => dear.verifyNothing('sai'));
  await dear.close();
  expect(unknown / known).toBeGreaterThan(0.4);
  expect(unknown / known).toBeLessThan(2.5);
});

test('the same password typed in composed and decomposed letters is one password', async () => {
  const phc = await hasher.hash('Mật khẩu ố'.normalize('NFD'));
  expect(await hasher.verify(phc, 'Mật khẩu ố'.normalize('NFC'))).toBe(true);
});

test('two hashes of one password differ, in the form of PHC and at the configured cost', async () => {
  const [one, other] = await Promise.all([hasher.hash('mật khẩu'), hasher.hash('mật khẩu')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(one).not.toBe(other);
});

test('a hash of another cost still verifies and asks to be made anew', async () => {
  const dearer = createPasswordHasher({ ...settings, passes: 2 }, Buffer.alloc(32, 1));
  const phc = await hasher.hash('mật khẩu');
  expect(await dearer.verify(phc, 'mật khẩu')).toBe(true);
  expect(dearer.needsRehash(phc)).toBe(true);
  expect(hasher.needsRehash(phc)).toBe(false);
  await dearer.close();
});

test('an unknown account meets the same full queue as a known one', async () => {
  const small = createPasswordHasher({ ...settings, queue: 1 }, Buffer.alloc(32, 1));
  const accepted = [small.verifyNothing('a'), small.verifyNothing('b')];
  await expect(small.verifyNothing('c')).rejects.toThrow(Overloaded);
  await Promise.all(accepted);
  await small.close();
});
