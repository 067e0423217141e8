import { randomInt } from 'node:crypto';
import type { SubjectId } from '../subject/subject.ts';

/** How many codes one set has. */
const RECOVERY_CODES = 10;

/** No letter or digit that is taken for another. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 12;
const written = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** A set of codes of 59 bits each (NIST SP 800-63B-4 3.1.2, look-up secrets), as they are shown: "abcd-efgh-jkmn". */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  );

/** What people type: capitals, spaces and other dashes forgiven; undefined when it cannot be a code. */
export function normalizeRecoveryCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.\p{Pd}]/gu, '');
  return written.test(code) ? code : undefined;
}

/** What is kept of a code; the same code of two people has nothing in common. */
export const recoveryCodeHash = (
  keyedHash: (value: string) => string,
  subject: SubjectId,
  code: string,
): string => keyedHash(`${subject} ${normalizeRecoveryCode(code) ?? ''}`);
