import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign, calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBodyCipher } from '../../../src/keys/body-cipher.ts';
import { loadSigningKeys, type SigningKey } from '../../../src/keys/signing-keys.ts';
import type { Storage } from '../../../src/storage/contract.ts';
import { openSqliteStorage } from '../../../src/storage/sqlite/sqlite-storage.ts';

const clock = { now: () => Date.UTC(2026, 10, 21) };
const folder = mkdtempSync(join(tmpdir(), 'motcua-keys-'));
const file = join(folder, 'motcua.db');
const cipher = createBodyCipher([randomBytes(32)]);
const opened: Storage[] = [];
const open = async (under = cipher): Promise<Storage> => {
  const storage = await openSqliteStorage({ file, cipher: under, clock });
  opened.push(storage);
  return storage;
};

/** Two instances that start at once on an empty database. */
let first: SigningKey[];
let second: SigningKey[];

beforeAll(async () => {
  const [one, other] = [await open(), await open()];
  [first, second] = await Promise.all([loadSigningKeys(one, clock), loadSigningKeys(other, clock)]);
});
afterAll(async () => {
  await Promise.all(opened.map((storage) => storage.close()));
  rmSync(folder, { recursive: true });
});

test('under another storage key the signing keys are a fault and not made anew', async () => {
  const stranger = await open(createBodyCipher([randomBytes(32)]));
  await expect(loadSigningKeys(stranger, clock)).rejects.toThrow('signing_keys');
  expect(await loadSigningKeys(await open(), clock)).toEqual(first);
});

test('no private part of a key is readable in the database', () => {
  const bytes = ['', '-wal'].map((suffix) => readFileSync(file + suffix, 'latin1')).join('');
  expect(bytes).toContain('signing_keys');
  for (const key of first) expect(bytes).not.toContain(key.d.slice(0, 32));
});

test('two instances that start at once have the same keys', () => {
  expect(second).toEqual(first);
});

test('ES256 comes first, then EdDSA, then RS256, all for signatures', () => {
  expect(first.map(({ alg }) => alg)).toEqual(['ES256', 'EdDSA', 'RS256']);
  expect(first.every(({ use }) => use === 'sig')).toBe(true);
});

test('the kid of each key is its RFC 7638 thumbprint', async () => {
  for (const key of first) expect(key.kid).toBe(await calculateJwkThumbprint(key));
});

test('RS256 has 2048 bits', () => {
  const rsa = first.find((key) => key.alg === 'RS256');
  expect(Buffer.from(rsa?.n ?? '', 'base64url')).toHaveLength(256);
});

test('each key signs what its public part verifies', async () => {
  for (const key of first) {
    const { d, ...open } = key;
    const jws = await new CompactSign(Buffer.from('x'))
      .setProtectedHeader({ alg: key.alg })
      .sign(await importJWK(key));
    const { kty, crv, x, y, n, e } = {
      crv: undefined,
      x: undefined,
      y: undefined,
      n: undefined,
      e: undefined,
      ...open,
    };
    const known = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined);
    const verified = await compactVerify(
      jws,
      await importJWK({ ...Object.fromEntries(known), kty }, key.alg),
    );
    expect(verified.protectedHeader.alg).toBe(key.alg);
    expect(d.length).toBeGreaterThan(40);
  }
});
