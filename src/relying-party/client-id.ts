import { randomInt } from 'node:crypto';

/** Unreserved characters only: some clients do not form-encode HTTP Basic credentials (RFC 6749 2.3.1). */
export const CLIENT_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{2,63}$/;

// Without vowels and look-alikes: it is read out on the phone and must not spell a word.
const SUFFIX_ALPHABET = 'bcdfghjkmnpqrstvwxz23456789';
const SUFFIX_LENGTH = 6;
const SLUG_LENGTH = 40;

/** A new client id from a name: "Cổng Đất đai" gives "cong-dat-dai-" and six random characters. */
export function clientIdFor(name: string): string {
  const suffix = Array.from(
    { length: SUFFIX_LENGTH },
    () => SUFFIX_ALPHABET[randomInt(SUFFIX_ALPHABET.length)],
  );
  return `${slug(name) || 'portal'}-${suffix.join('')}`;
}

function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_LENGTH)
    .replace(/^-+|-+$/g, '');
}
