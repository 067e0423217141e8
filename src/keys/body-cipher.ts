import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { BodyCipher } from '../storage/contract.ts';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed row does not open: another key, another row, or changed bytes. Never says which bytes. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

interface StorageKey {
  /** The key of the row. */
  readonly rowKey: (context: string) => Buffer;
  /** The protected header of a row, encoded. */
  readonly header: (context: string) => string;
}

/** `kid` is a truncated SHA-256 of what the rows' keys come from. */
const headerFor = (identity: Buffer) => {
  const kid = createHash('sha256').update(identity).digest('base64url').slice(0, 16);
  return (ctx: string): string =>
    Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid, ctx })).toString('base64url');
};

/**
 * Each row has a key of its own: one block of HKDF-Expand (RFC 5869 2.3) over its place. So the limit on random IVs
 * (2^32 under one key, NIST SP 800-38D 8.3) is one of a single row, not of a nation's tokens.
 */
const keyPerRow = (master: Buffer): StorageKey => {
  const expand = (info: string): Buffer =>
    createHmac('sha256', master).update(`motcua-id/row/${info}`).update('\x01').digest();
  return { rowKey: expand, header: headerFor(expand('')) };
};

/** As data version 1 sealed: all rows under the configured key itself. Opened, never written. */
const keyForAll = (master: Buffer): StorageKey => ({ rowKey: () => master, header: headerFor(master) });

function seal({ rowKey, header }: StorageKey, context: string, plaintext: string): string {
  const protectedHeader = header(context);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, rowKey(context), iv).setAAD(Buffer.from(protectedHeader));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return [protectedHeader, '', ...parts].join('.');
}

/**
 * The header must be, letter for letter, the one that a configured key would write for this row. So algorithm, key and
 * row are pinned, and `zip`, `crit` or any other parameter is refused, before anything is parsed or decrypted.
 */
function open(keys: readonly StorageKey[], context: string, sealed: string): string {
  const [protectedHeader = '', encryptedKey, iv = '', ciphertext = '', tag = '', ...rest] = sealed.split('.');
  const owner = keys.find(({ header }) => header(context) === protectedHeader);
  if (!owner || encryptedKey !== '' || rest.length > 0) {
    throw new SealBroken(`${context}: sealed for another row, or under a key that is not configured`);
  }
  try {
    const decipher = createDecipheriv(ALGORITHM, owner.rowKey(context), Buffer.from(iv, 'base64url'), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(protectedHeader))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    throw new SealBroken(`${context}: the sealed bytes were changed`);
  }
}

/**
 * JWE compact serialization (RFC 7516), `dir` and `A256GCM`, from 32-byte keys: the first seals, all open. `open`
 * rejects with `SealBroken`.
 */
export function createBodyCipher(keys: readonly Buffer[]): BodyCipher {
  const current = keys.map(keyPerRow);
  const [writing] = current;
  if (!writing) throw new Error('a body cipher needs at least one key');
  const all = [...current, ...keys.map(keyForAll)];
  return {
    seal: async (context, plaintext) => seal(writing, context, plaintext),
    open: async (context, sealed) => open(all, context, sealed),
    isCurrent: (context, sealed) => sealed.startsWith(`${writing.header(context)}.`),
  };
}
