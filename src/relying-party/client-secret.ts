import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'sha256$';

/**
 * A new client secret: 256 random bits in base64url, 43 characters. Unreserved characters only, because some
 * clients do not form-encode HTTP Basic credentials (RFC 6749 2.3.1).
 */
export const generateClientSecret = (): string => randomBytes(32).toString('base64url');

/** How a secret is kept. A plain hash is enough for a value with 256 random bits; never use it for a password. */
export const hashClientSecret = (secret: string): string => PREFIX + digest(secret).toString('base64url');

/** Whether the secret is the one that was hashed. Takes the same time wherever the two differ. */
export function verifyClientSecret(secret: string, hash: string): boolean {
  const expected = Buffer.from(hash.slice(PREFIX.length), 'base64url');
  const actual = digest(secret);
  return hash.startsWith(PREFIX) && expected.length === actual.length && timingSafeEqual(expected, actual);
}

const digest = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();
