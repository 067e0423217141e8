import { expect, it } from 'vitest';
import { CLIENT_ID_PATTERN, clientIdFor } from '../../../src/relying-party/client-id.ts';
import {
  generateClientSecret,
  hashClientSecret,
  verifyClientSecret,
} from '../../../src/relying-party/client-secret.ts';

it('a wrong, shortened, lengthened or empty secret does not verify', () => {
  const secret = generateClientSecret();
  const hash = hashClientSecret(secret);
  for (const wrong of ['', secret.slice(0, -1), `${secret}A`, generateClientSecret(), hash]) {
    expect(verifyClientSecret(wrong, hash)).toBe(false);
  }
});

it('nothing verifies against a hash of another form', () => {
  const secret = generateClientSecret();
  const bare = hashClientSecret(secret).slice('sha256$'.length);
  for (const hash of ['', 'sha256$', bare, `sha512$${bare}`, secret]) {
    expect(verifyClientSecret(secret, hash)).toBe(false);
  }
});

it('a secret verifies against its own hash, which does not contain it', () => {
  const secret = generateClientSecret();
  const hash = hashClientSecret(secret);
  expect(hash).toMatch(/^sha256\$[A-Za-z0-9_-]{43}$/);
  expect(hash).not.toContain(secret);
  expect(verifyClientSecret(secret, hash)).toBe(true);
});

it('secrets have 256 bits in unreserved characters and never repeat', () => {
  const secrets = Array.from({ length: 200 }, generateClientSecret);
  expect(new Set(secrets).size).toBe(200);
  for (const secret of secrets) {
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  }
});

it.each([
  ['Cổng dịch vụ công Đắk Lắk', /^cong-dich-vu-cong-dak-lak-[a-z0-9]{6}$/],
  ['  Sở Tài nguyên & Môi trường  ', /^so-tai-nguyen-moi-truong-[a-z0-9]{6}$/],
  ['***', /^portal-[a-z0-9]{6}$/],
  ['Một '.repeat(40), /^(mot-)+[a-z0-9]{6}$/],
])('a client id is made from the name %j without diacritics', (name, expected) => {
  const id = clientIdFor(name);
  expect(id).toMatch(expected);
  expect(id).toMatch(CLIENT_ID_PATTERN);
});
