import { hashSync, verifySync } from '@node-rs/argon2';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { availableArgon2id, prebuiltArgon2id, runtimeArgon2id } from '../../../src/keys/argon2.ts';
import { formatPhc, parsePhc } from '../../../src/keys/phc.ts';

const cost = { memoryKib: 64, passes: 2, parallelism: 1 };
const salt = Buffer.alloc(16, 5);
const pepper = Buffer.alloc(32, 9);
afterEach(() => vi.restoreAllMocks());

describe('a stored hash is refused', () => {
  const good = formatPhc({ cost, salt, hash: Buffer.alloc(32, 1) });

  test.each([
    ['of another algorithm', good.replace('argon2id', 'argon2i')],
    ['of another version', good.replace('v=19', 'v=16')],
    ['with a shorter hash', good.slice(0, -1)],
    ['with more memory than there is', good.replace('m=64', 'm=9999999')],
    ['of bcrypt', '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'],
    ['that is empty', ''],
    ['followed by more', `${good}$x`],
  ])('%s', (_, text) => {
    expect(() => parsePhc(text)).toThrow('not an argon2id hash');
  });
});

test('without a prebuilt binding the runtime hashes, and says that it is slow', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue();
  const argon2id = await availableArgon2id(() => Promise.reject(new Error('no binding for this platform')));
  expect(argon2id).toBe(runtimeArgon2id);
  expect(warn).toHaveBeenCalledOnce();
});

test('with a prebuilt binding nothing is said', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockReturnValue();
  expect(await availableArgon2id()).not.toBe(runtimeArgon2id);
  expect(warn).not.toHaveBeenCalled();
});

describe('held to the library', () => {
  test('both bindings give the same bytes', async () => {
    const prebuilt = await prebuiltArgon2id();
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.record({
          memoryKib: fc.integer({ min: 32, max: 200 }),
          passes: fc.integer({ min: 1, max: 3 }),
          parallelism: fc.integer({ min: 1, max: 4 }),
        }),
        (password, anySalt, anyCost) => {
          const job = { password, salt: anySalt, cost: anyCost };
          expect(prebuilt(job, pepper).equals(runtimeArgon2id(job, pepper))).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('the library verifies what we write', () => {
    const hash = runtimeArgon2id({ password: Buffer.from('mật khẩu'), salt, cost }, pepper);
    const phc = formatPhc({ cost, salt, hash });
    expect(verifySync(phc, 'mật khẩu', { secret: pepper })).toBe(true);
    expect(verifySync(phc, 'mật khẩu khác', { secret: pepper })).toBe(false);
  });

  test('we write, letter for letter, what the library writes', () => {
    const theirs = hashSync('mật khẩu', {
      secret: pepper,
      salt,
      memoryCost: 64,
      timeCost: 2,
      parallelism: 1,
    });
    const hash = runtimeArgon2id({ password: Buffer.from('mật khẩu'), salt, cost }, pepper);
    expect(formatPhc({ cost, salt, hash })).toBe(theirs);
    expect(parsePhc(theirs)).toEqual({ cost, salt, hash });
  });
});
