import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import { HASH_BYTES } from './argon2.ts';
import { createArgon2Pool } from './argon2-pool.ts';
import { formatPhc, type PasswordHash, parsePhc } from './phc.ts';

const SALT_BYTES = 16;
const MOST_CHARACTERS = 128;
const MOST_BYTES = 1024;

/**
 * Argon2id on threads of its own. Every hashing call rejects at once with `Overloaded` when the queue is full; the
 * caller answers 503.
 */
export interface PasswordHasher {
  /** The PHC string to store. Throws `RangeError` for a password that `passwordTooLong` refuses. */
  hash(password: string): Promise<string>;
  /** False without computing for a password that is too long: none such was ever set. */
  verify(phc: string, password: string): Promise<boolean>;
  /** For an unknown account: costs what `verify` costs and is never true, so that time does not tell the two apart. */
  verifyNothing(password: string): Promise<false>;
  /** True when the stored hash has another cost than today's configuration. */
  needsRehash(phc: string): boolean;
  close(): Promise<void>;
}

/** NFKC (NIST SP 800-63B-4 section 3.1.1.2): the same password from a keyboard that composes letters otherwise. */
const normalised = (password: string): string => password.normalize('NFKC');

/** More than 128 characters (code points, after NFKC), or more than 1 KiB as typed: refused before any hashing. */
export const passwordTooLong = (password: string): boolean =>
  Buffer.byteLength(password) > MOST_BYTES || [...normalised(password)].length > MOST_CHARACTERS;

/** `pepper` is kept outside the database: a stolen table cannot be guessed at without it. */
export function createPasswordHasher(settings: Config['passwords'], pepper: Buffer): PasswordHasher {
  const { workers, queue, memory_kib: memoryKib, passes, parallelism } = settings;
  const today = { memoryKib, passes, parallelism };
  const pool = createArgon2Pool({ workers, queue, pepper });
  const nothing = { cost: today, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };
  const derive = (password: string, { salt, cost }: Omit<PasswordHash, 'hash'>): Promise<Buffer> =>
    pool.derive({ password: Buffer.from(normalised(password)), salt, cost });
  const matches = async (password: string, expected: PasswordHash): Promise<boolean> =>
    !passwordTooLong(password) && timingSafeEqual(await derive(password, expected), expected.hash);

  return {
    hash: async (password) => {
      if (passwordTooLong(password)) throw new RangeError('the password is too long');
      const parts = { cost: today, salt: randomBytes(SALT_BYTES) };
      return formatPhc({ ...parts, hash: await derive(password, parts) });
    },
    verify: async (phc, password) => matches(password, parsePhc(phc)),
    verifyNothing: async (password) => {
      await matches(password, nothing);
      return false;
    },
    needsRehash: (phc) => {
      const { cost } = parsePhc(phc);
      return cost.memoryKib !== memoryKib || cost.passes !== passes || cost.parallelism !== parallelism;
    },
    close: () => pool.close(),
  };
}
