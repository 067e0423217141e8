import { randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O or U, so that nothing is misheard or misread. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 5;

/** The reference number of one request, for pages and the log: 50 random bits as `7K3QM-2XW9F`. */
export function requestId(): string {
  const letters = [...randomBytes(2 * GROUP)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
  return `${letters.slice(0, GROUP)}-${letters.slice(GROUP)}`;
}
