import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { bodyParser } from '@koa/bodyparser';
import type { Context, Step } from './context.ts';
import { textField } from './context.ts';
import { Refused } from './refusal.ts';

const LIMIT = '16kb';

/**
 * Forms of ours: small, urlencoded, sent by our own page in this very browser. Proof is a field that only a
 * page of ours could have written for the browser's cookie (OWASP: signed double submit), and the browser's
 * own word on where the request comes from.
 */
export function createForms(issuer: string, key: Buffer) {
  const secure = issuer.startsWith('https:');
  const cookie = secure ? '__Host-form' : 'form';
  const sign = (value: string) => createHmac('sha256', key).update(value).digest('base64url');

  /** The token for the forms of a page; sets the cookie it belongs to. */
  function token(ctx: Context): string {
    let value = ctx.cookies.get(cookie, { signed: false });
    if (value === undefined || !/^[A-Za-z0-9_-]{22}$/.test(value)) {
      value = randomBytes(16).toString('base64url');
      ctx.cookies.set(cookie, value, { signed: false, httpOnly: true, sameSite: 'lax', path: '/', secure });
    }
    return sign(value);
  }

  /** Whether a posted form is one of ours, sent by this very browser. */
  function accepts(ctx: Context): boolean {
    const origin = ctx.get('Origin');
    const site = ctx.get('Sec-Fetch-Site');
    const elsewhere = (origin !== '' && origin !== issuer) || (site !== '' && site !== 'same-origin');
    const value = ctx.cookies.get(cookie, { signed: false });
    return !elsewhere && value !== undefined && equal(textField(ctx, 'csrf'), sign(value));
  }

  /** Names the browser of a request by its form cookie, one way; undefined where it has none. */
  function browserOf(ctx: Context): string | undefined {
    const value = ctx.cookies.get(cookie, { signed: false });
    return value === undefined ? undefined : sign(`browser ${value}`);
  }

  const read = bodyParser({ enableTypes: ['form'], formLimit: LIMIT, encoding: 'utf-8' }) as unknown as Step;
  const parse: Step = (ctx, next) => {
    // No browser compresses a form, and what fails to unpack would pass for a fault of ours.
    if (ctx.get('Content-Encoding') !== '') throw new Refused('invalid_request');
    return read(ctx, next);
  };
  return { token, browserOf, parse, accepts };
}

export type Forms = ReturnType<typeof createForms>;

function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
