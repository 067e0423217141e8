import { type Argon2Cost, HASH_BYTES } from './argon2.ts';

/** A stored password hash, taken apart. */
export interface PasswordHash {
  readonly cost: Argon2Cost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const PATTERN =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{43})$/;
/** 1 GiB: a stored hash must not be able to ask for all memory. */
const MOST_MEMORY_KIB = 1_048_576;

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** PHC string of argon2id: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`, base64 without padding. */
export const formatPhc = ({ cost, salt, hash }: PasswordHash): string =>
  `$argon2id$v=19$m=${cost.memoryKib},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(hash)}`;

/** The parts of such a string. Throws for another algorithm, version or length: the store then holds a foreign row. */
export function parsePhc(text: string): PasswordHash {
  const [, memory, passes, parallelism, salt, hash] = PATTERN.exec(text) ?? [];
  if (salt === undefined || hash === undefined || Number(memory) > MOST_MEMORY_KIB) {
    throw new Error(`not an argon2id hash of ${HASH_BYTES} bytes that we could have written`);
  }
  return {
    cost: { memoryKib: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}
