import { type Clock, MINUTE, SECOND } from '../clock/clock.ts';
import { formatMoment } from '../messages/format.ts';
import type { Context } from './context.ts';

/** Until when somebody has to wait, as a page says it. */
export interface WaitShown {
  readonly retryAt: string;
  readonly minutes: number;
}

/** Says it to programs too, by `Retry-After`. `retryAt` in milliseconds since the epoch. */
export function waitShown(ctx: Context, clock: Clock, retryAt: number): WaitShown {
  const left = retryAt - clock.now();
  ctx.set('Retry-After', String(Math.max(1, Math.ceil(left / SECOND))));
  return { retryAt: formatMoment(retryAt), minutes: Math.max(1, Math.ceil(left / MINUTE)) };
}
