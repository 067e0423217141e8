import { type Clock, epochSeconds } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';

/** For how many seconds from now a session lives: until it was idle too long, and never past its absolute end. */
export const sessionLifetime = (
  { absolute, idle }: Config['session'],
  clock: Clock,
  loginTs = epochSeconds(clock),
): number => Math.max(1, Math.min(idle, loginTs + absolute - epochSeconds(clock)));

/** What of a session row says how old it is. Times are NumericDate. */
interface Aging {
  readonly loginTs?: unknown;
  /** When it was last used, which is when it was last written; absent in rows from before that was kept. */
  readonly used_at?: unknown;
}

/** Whether a session is over by the limits of today, whatever they were when it was last used. */
export function isOver({ absolute, idle }: Config['session'], clock: Clock, session: Aging): boolean {
  const now = epochSeconds(clock);
  const past = (since: unknown, limit: number) => typeof since === 'number' && now - since >= limit;
  return past(session.loginTs, absolute) || past(session.used_at, idle);
}
