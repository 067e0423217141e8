import type { Clock } from '../../clock/clock.ts';
import type { ShowPage } from '../show-page.ts';
import { waitShown } from '../wait-shown.ts';
import type { Visit } from './visit.ts';

interface WaitParts {
  readonly clock: Clock;
  readonly show: ShowPage;
}

/** Too many attempts: when to come back to `back`. `retryAt` in milliseconds since the epoch. */
export const showWait = ({ clock, show }: WaitParts, { ctx }: Visit, retryAt: number, back: string): void =>
  show(ctx, 'account/wait', { tab: 'profile', ...waitShown(ctx, clock, retryAt), back }, 429);
