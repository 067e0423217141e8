import { createHmac, timingSafeEqual } from 'node:crypto';
import type Keygrip from 'keygrip';

/** Signs cookies with HMAC-SHA256 under prepared keys; the first signs, all verify. */
export function createCookieKeys(keys: readonly Buffer[]): Keygrip {
  const digest = (data: string, key: Buffer) => createHmac('sha256', key).update(data).digest();
  const index = (data: string, signature: string): number => {
    const given = Buffer.from(signature, 'base64url');
    return keys.findIndex((key) => {
      const expected = digest(data, key);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  };
  const [first] = keys;
  if (first === undefined) throw new TypeError('at least one cookie key is needed');
  return {
    sign: (data: string) => digest(data, first).toString('base64url'),
    index,
    verify: (data: string, signature: string) => index(data, signature) >= 0,
  } as unknown as Keygrip;
}
