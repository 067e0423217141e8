import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKeyring } from '../../../src/keys/keyring.ts';

const root = randomBytes(32).toString('base64url');
const storage = [randomBytes(32).toString('base64url')];
const keyring = createKeyring({ root, storage });

test('equal values under two labels have unrelated hashes', () => {
  const number = '097090000001';
  expect(keyring.keyedHash('personal_number')(number)).not.toBe(keyring.keyedHash('phone')(number));
});

test('another root key gives another hash and another derived key', () => {
  const other = createKeyring({ root: randomBytes(32).toString('base64url'), storage });
  expect(other.keyedHash('x')('v')).not.toBe(keyring.keyedHash('x')('v'));
  expect(other.derive('x', 32).equals(keyring.derive('x', 32))).toBe(false);
});

test('a derived key is never the key of a keyed hash with the same label', () => {
  const guessed = createHmac('sha256', keyring.derive('x', 32)).update('v').digest('base64url');
  expect(keyring.keyedHash('x')('v')).not.toBe(guessed);
});

test('a keyed hash is the same on every instance, whatever the storage keys', () => {
  const rotated = createKeyring({ root, storage: [randomBytes(32).toString('base64url'), ...storage] });
  expect(rotated.keyedHash('x')('v')).toBe(keyring.keyedHash('x')('v'));
  expect(keyring.keyedHash('x')('v')).toMatch(/^[\w-]{43}$/);
});

test('what follows from a known root never changes', () => {
  const known = createKeyring({ root: Buffer.alloc(32, 7).toString('base64url'), storage });
  expect(known.keyedHash('personal_number')('097090000001')).toBe(
    'EI7k57m_7v91tOGEx2ioHOH_-j5po52yYwyNOhnW7ss',
  );
  expect(known.derive('pepper', 16).toString('base64url')).toBe('CQbf2386zU5imeRT8PHKPA');
});

test('a derived key has the length asked for', () => {
  expect(keyring.derive('pepper', 64)).toHaveLength(64);
});
