import { createHmac, hkdfSync } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import type { BodyCipher } from '../storage/contract.ts';
import { createBodyCipher } from './body-cipher.ts';

/** Every secret that follows from the configured keys. */
export interface Keyring {
  /** Seals the rows of collections that hold personal data. */
  readonly cipher: BodyCipher;
  /**
   * A keyed one-way index (HMAC-SHA256, base64url, 43 characters) for values that must be found but not read, such as
   * personal numbers. Each label is a world of its own: equal values under two labels have unrelated hashes.
   */
  keyedHash(label: string): (value: string) => string;
  /** `bytes` of key material for one purpose (HKDF-SHA256, RFC 5869); never the same as a `keyedHash` key. */
  derive(label: string, bytes: number): Buffer;
}

/** Keys are base64url of 32 bytes, as the configuration has checked them. */
export function createKeyring({ root, storage }: Config['keys']): Keyring {
  const rootKey = Buffer.from(root, 'base64url');
  const expand = (info: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', rootKey, '', `motcua-id/${info}`, bytes));
  return {
    cipher: createBodyCipher(storage.map((key) => Buffer.from(key, 'base64url'))),
    keyedHash: (label) => {
      const key = expand(`keyed-hash/${label}`, 32);
      return (value) => createHmac('sha256', key).update(value).digest('base64url');
    },
    derive: (label, bytes) => expand(`derive/${label}`, bytes),
  };
}
