import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock/clock.ts';
import type { Context } from '../context.ts';
import type { Forms } from '../forms.ts';

const OURS = /^\/account(?:[/?]|$)/;
const LONGEST = 600;

/** Where a person wanted to go, as it travels through a sign-in in `state`. */
export interface ReturnAddresses {
  /** Signed for this browser alone. */
  wrap(ctx: Context, address: string): string;
  /** Undefined for anything that was not wrapped for this very browser, or too long ago. */
  unwrap(ctx: Context, state: string): string | undefined;
}

/** On a key of its own; `lifetime` is how long a sign-in may take, in milliseconds. */
export function createReturnAddresses(options: {
  readonly key: Buffer;
  readonly clock: Clock;
  readonly lifetime: number;
  readonly forms: Pick<Forms, 'token'>;
}): ReturnAddresses {
  const { clock, forms, key, lifetime } = options;
  const sign = (ctx: Context, payload: string): Buffer =>
    createHmac('sha256', key)
      .update(`${forms.token(ctx)} ${payload}`)
      .digest();
  return {
    wrap(ctx, address) {
      const short = address.length > LONGEST ? (address.split('?')[0] ?? '') : address;
      const payload = Buffer.from(`${clock.now() + lifetime} ${short}`).toString('base64url');
      return `${payload}.${sign(ctx, payload).toString('base64url')}`;
    },
    unwrap(ctx, state) {
      const [payload = '', signature = '', ...more] = state.split('.');
      const [given, expected] = [Buffer.from(signature, 'base64url'), sign(ctx, payload)];
      const ours = given.length === expected.length && timingSafeEqual(given, expected);
      if (!ours || more.length > 0) return undefined;
      const [until, address = ''] = Buffer.from(payload, 'base64url').toString().split(' ');
      return Number(until) > clock.now() && OURS.test(address) ? address : undefined;
    },
  };
}
