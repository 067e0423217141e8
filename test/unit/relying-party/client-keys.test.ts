import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readClientKeys } from '../../../src/relying-party/client-keys.ts';

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ec = p256.publicKey.export({ format: 'jwk' });
const ecPrivate = p256.privateKey.export({ format: 'jwk' });
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
const ed = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });

const problemsOf = (value: unknown): string => {
  const read = readClientKeys(value);
  return 'problems' in read ? read.problems.join('\n') : 'accepted';
};

describe('keys of a relying party', () => {
  it.each<[string, unknown, RegExp]>([
    ['text', 'key', /not a JWK Set/],
    ['null', null, /not a JWK Set/],
    ['an empty set', { keys: [] }, /1 to 5/],
    ['six keys', { keys: Array(6).fill(ec) }, /1 to 5/],
    ['a private key', { keys: [ecPrivate] }, /private parts \(d\)/],
    ['a private key given bare', ecPrivate, /private parts \(d\)/],
    ['a private member that is empty', { keys: [{ ...ec, d: null }] }, /private parts \(d\)/],
    ['RSA factors', { keys: [{ ...rsa, p: 'AQ', q: 'AQ' }] }, /private parts \(p, q\)/],
    ['a symmetric key', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }, /symmetric/],
    ['a key elsewhere (jku)', { keys: [{ ...ec, jku: 'https://evil.example/jwks' }] }, /jku/],
    ['a certificate elsewhere (x5u)', { keys: [{ ...ec, x5u: 'https://evil.example/c' }] }, /x5u/],
    ['a certificate (x5c)', { keys: [{ ...ec, x5c: ['AA=='] }] }, /x5c/],
    ['an encryption key', { keys: [{ ...ec, use: 'enc' }] }, /not a signing key/],
    ['P-384', { keys: [p384] }, /kind accepted/],
    ['X25519', { keys: [x25519] }, /kind accepted/],
    ['no kind at all', { keys: [{}] }, /kind accepted/],
    ['RSA of 1024 bits', { keys: [rsa1024] }, /weak RSA/],
    ['RSA with exponent 1', { keys: [{ ...rsa, e: 'AQ' }] }, /weak RSA|cannot be read/],
    ['RSA with exponent 3', { keys: [{ ...rsa, e: 'Aw' }] }, /weak RSA/],
    ['a point off the curve', { keys: [{ ...ec, x: otherEc.x }] }, /cannot be read/],
    ['HS256 on an RSA key', { keys: [{ ...rsa, alg: 'HS256' }] }, /other than RS256/],
    ['alg none', { keys: [{ ...ec, alg: 'none' }] }, /other than ES256/],
    [
      'keys of two algorithms',
      {
        keys: [
          { ...ec, kid: 'a' },
          { ...ed, kid: 'b' },
        ],
      },
      /mixes keys/,
    ],
    [
      'a key id used twice',
      {
        keys: [
          { ...ec, kid: 'a' },
          { ...otherEc, kid: 'a' },
        ],
      },
      /twice/,
    ],
    ['two keys, one without an id', { keys: [{ ...ec, kid: 'a' }, otherEc] }, /each needs a key id/],
    ['a key id that is a number', { keys: [{ ...ec, kid: 7 }] }, /not text/],
  ])('are refused: %s', (_, value, reason) => {
    expect(problemsOf(value)).toMatch(reason);
  });

  it('never appear in the text of a problem', () => {
    expect(problemsOf({ keys: [ecPrivate] })).not.toContain(ecPrivate.d);
  });

  it('name every bad key at once', () => {
    expect(problemsOf({ keys: [ecPrivate, p384, { kty: 'oct' }] }).match(/key [123] /g)).toHaveLength(3);
  });

  it.each([
    ['ES256', ec],
    ['EdDSA', ed],
    ['RS256', rsa],
  ])('of one kind stand for %s', (algorithm, key) => {
    expect(readClientKeys({ keys: [key] })).toEqual({ jwks: { keys: [key] }, signing_alg: algorithm });
  });

  it('keep what a signature needs and drop the rest', () => {
    const key = { ...ec, kid: '2026-11', use: 'sig', alg: 'ES256' };
    expect(readClientKeys({ keys: [{ ...key, key_ops: ['verify'], note: 'x' }] })).toEqual({
      jwks: { keys: [key] },
      signing_alg: 'ES256',
    });
  });
});
