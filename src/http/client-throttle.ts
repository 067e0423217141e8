import { networkOf } from '../authentication/network.ts';
import type { Throttle, ThrottleWindow } from '../authentication/throttle.ts';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { Step } from './context.ts';
import { endpointOf } from './endpoint.ts';
import { Refused } from './refusal.ts';

/** Endpoints at which a relying party proves who it is. */
const AUTHENTICATED = new Set(['/token', '/par', '/introspect', '/revoke']);
const KIND = 'client:address';

/**
 * One address that keeps failing to authenticate as a relying party has to wait; others are not touched. It looks
 * before and counts after, so that a request that is right costs no write; parallel ones may overshoot the limit,
 * which against secrets of 256 bits and signatures gains nothing.
 */
export function throttleClients(options: {
  readonly throttle: Throttle;
  readonly windows: readonly ThrottleWindow[];
  readonly keyedHash: (value: string) => string;
  readonly clock: Clock;
}): Step {
  const { clock, keyedHash, throttle, windows } = options;
  return async (ctx, next) => {
    if (ctx.method !== 'POST' || !AUTHENTICATED.has(endpointOf(ctx.path))) return next();
    const key = keyedHash(networkOf(ctx.ip));
    const outcome = await throttle.peek(KIND, key, windows);
    if (!outcome.allowed) {
      throw new Refused(
        'too_many_requests',
        Math.max(1, Math.ceil((outcome.retryAt - clock.now()) / SECOND)),
      );
    }
    await next();
    if (ctx.status === 401) await throttle.take(KIND, key, windows);
  };
}
