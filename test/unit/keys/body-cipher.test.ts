import { createHash, createHmac, randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { createBodyCipher, SealBroken } from '../../../src/keys/body-cipher.ts';

const key = randomBytes(32);
const cipher = createBodyCipher([key]);
const text = '{"name":"Nguyễn Văn Mẫu"}';

/** The same row with one part exchanged. */
const withPart = (sealed: string, index: number, part: string): string =>
  sealed.split('.').with(index, part).join('.');
const flipped = (part: string): string => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
const encoded = (header: object): string => Buffer.from(JSON.stringify(header)).toString('base64url');

describe('a sealed row does not open', () => {
  test('in the place of another row', async () => {
    const sealed = await cipher.seal('subjects/a', text);
    await expect(cipher.open('subjects/b', sealed)).rejects.toThrow(SealBroken);
    await expect(cipher.open('documents/a', sealed)).rejects.toThrow(SealBroken);
  });

  test('under another key', async () => {
    const sealed = await createBodyCipher([randomBytes(32)]).seal('subjects/a', text);
    await expect(cipher.open('subjects/a', sealed)).rejects.toThrow(SealBroken);
  });

  test.each([2, 3, 4])('with part %i changed', async (index) => {
    const sealed = await cipher.seal('subjects/a', text);
    const changed = withPart(sealed, index, flipped(sealed.split('.')[index] ?? ''));
    await expect(cipher.open('subjects/a', changed)).rejects.toThrow(SealBroken);
  });

  test('with a tag cut short', async () => {
    const sealed = await cipher.seal('subjects/a', text);
    const short = Buffer.from(sealed.split('.')[4] ?? '', 'base64url').subarray(0, 4);
    await expect(cipher.open('subjects/a', withPart(sealed, 4, short.toString('base64url')))).rejects.toThrow(
      SealBroken,
    );
  });

  test.each(['', 'x', '....', 'a.b.c', text])('when it is %j', async (sealed) => {
    await expect(cipher.open('subjects/a', sealed)).rejects.toThrow(SealBroken);
  });

  test('with a further part or an encrypted key', async () => {
    const sealed = await cipher.seal('subjects/a', text);
    await expect(cipher.open('subjects/a', `${sealed}.x`)).rejects.toThrow(SealBroken);
    await expect(cipher.open('subjects/a', withPart(sealed, 1, 'AAAA'))).rejects.toThrow(SealBroken);
  });

  test.each([
    ['compression', { zip: 'DEF' }],
    ['another content encryption', { enc: 'A128CBC-HS256' }],
    ['another key management', { alg: 'A256KW' }],
    ['a critical extension', { crit: ['exp'], exp: 1 }],
    ['no row named', { ctx: undefined }],
  ])('with a header that says %s', async (_, change) => {
    const sealed = await cipher.seal('subjects/a', text);
    const changed = withPart(sealed, 0, encoded({ ...decodeProtectedHeader(sealed), ...change }));
    await expect(cipher.open('subjects/a', changed)).rejects.toThrow(SealBroken);
  });

  test('and says nothing of what is inside', async () => {
    const sealed = await cipher.seal('subjects/a', text);
    const failure = await cipher.open('subjects/b', sealed).catch((error: unknown) => String(error));
    expect(failure).not.toContain('Nguyễn');
    expect(failure).not.toContain(sealed.slice(-20));
  });
});

describe('a sealed row', () => {
  test('shows nothing of its text and is never the same twice', async () => {
    const [one, other] = await Promise.all([
      cipher.seal('subjects/a', text),
      cipher.seal('subjects/a', text),
    ]);
    expect(one).not.toBe(other);
    expect(Buffer.from(one.split('.')[3] ?? '', 'base64url').toString()).not.toContain('name');
  });

  test.each(['', text, 'đ'.repeat(100_000)])('opens to the same text', async (plaintext) => {
    expect(await cipher.open('subjects/á', await cipher.seal('subjects/á', plaintext))).toBe(plaintext);
  });

  test('still opens after a new key was put before the old one, and new rows use the new key', async () => {
    const next = randomBytes(32);
    const rotated = createBodyCipher([next, key]);
    expect(await rotated.open('subjects/a', await cipher.seal('subjects/a', text))).toBe(text);
    const written = await rotated.seal('subjects/a', text);
    expect(await createBodyCipher([next]).open('subjects/a', written)).toBe(text);
    await expect(cipher.open('subjects/a', written)).rejects.toThrow(SealBroken);
  });
});

describe('a cipher knows what it would not write today', () => {
  test.each<[string, () => Promise<string>]>([
    ['a row under an older key', () => createBodyCipher([randomBytes(32)]).seal('subjects/a', text)],
    ['a row of another place', () => cipher.seal('subjects/b', text)],
    ['a row of data version 1', () => sealedAsVersion1('subjects/a')],
    ['what is no row', async () => text],
  ])('%s', async (_, sealed) => {
    expect(cipher.isCurrent('subjects/a', await sealed())).toBe(false);
  });

  test('and its own rows', async () => {
    expect(cipher.isCurrent('subjects/a', await cipher.seal('subjects/a', text))).toBe(true);
  });
});

describe('held to jose', () => {
  test('jose opens what the cipher seals', async () => {
    const { plaintext, protectedHeader } = await compactDecrypt(
      await cipher.seal('subjects/a', text),
      rowKey('subjects/a'),
      { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
    expect(Buffer.from(plaintext).toString()).toBe(text);
    expect(protectedHeader).toMatchObject({ alg: 'dir', enc: 'A256GCM', ctx: 'subjects/a' });
  });

  test('the cipher opens what jose seals under the same header', async () => {
    const { kid } = decodeProtectedHeader(await cipher.seal('subjects/a', ''));
    const sealed = await sealedByJose('subjects/a', String(kid), rowKey('subjects/a'));
    expect(await cipher.open('subjects/a', sealed)).toBe(text);
  });

  test('no two rows share a key', async () => {
    const sealed = await cipher.seal('subjects/a', text);
    await expect(compactDecrypt(sealed, rowKey('subjects/b'))).rejects.toThrow();
    await expect(compactDecrypt(sealed, key)).rejects.toThrow();
  });

  test('a row of data version 1, all of which shared the configured key, still opens', async () => {
    expect(await cipher.open('subjects/a', await sealedAsVersion1('subjects/a'))).toBe(text);
  });
});

const rowKey = (context: string): Buffer =>
  createHmac('sha256', key).update(`motcua-id/row/${context}\x01`).digest();

const sealedByJose = (ctx: string, kid: string, under: Buffer): Promise<string> =>
  new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, ctx })
    .encrypt(under);

const sealedAsVersion1 = (context: string): Promise<string> =>
  sealedByJose(context, createHash('sha256').update(key).digest('base64url').slice(0, 16), key);

test('a cipher without a key is not made', () => {
  expect(() => createBodyCipher([])).toThrow('at least one key');
});
