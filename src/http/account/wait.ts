import { type Clock, MINUTE, SECOND } from '../../clock/clock.ts';
import { formatMoment } from '../../messages/format.ts';
import type { ShowPage } from '../show-page.ts';
import type { Visit } from './visit.ts';

interface WaitParts {
  readonly clock: Clock;
  readonly show: ShowPage;
}

/** Too many attempts: when to come back to `back`. `retryAt` in milliseconds since the epoch. */
export function showWait({ clock, show }: WaitParts, { ctx }: Visit, retryAt: number, back: string): void {
  const left = retryAt - clock.now();
  ctx.set('Retry-After', String(Math.max(1, Math.ceil(left / SECOND))));
  const minutes = Math.max(1, Math.ceil(left / MINUTE));
  show(ctx, 'account/wait', { tab: 'profile', retryAt: formatMoment(retryAt), minutes, back }, 429);
}
