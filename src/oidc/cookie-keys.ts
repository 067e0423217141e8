import { createHmac, timingSafeEqual } from 'node:crypto';

/** What koa and the library ask of the keys that sign cookies. */
export interface CookieKeys {
  sign(data: string): string;
  verify(data: string, signature: string): boolean;
  /** Which key signed; -1 for none. */
  index(data: string, signature: string): number;
}

/** Signs cookies with HMAC-SHA256 under prepared keys; the first signs, all verify. */
export function createCookieKeys(keys: readonly Buffer[]): CookieKeys {
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
    sign: (data) => digest(data, first).toString('base64url'),
    index,
    verify: (data, signature) => index(data, signature) >= 0,
  };
}
