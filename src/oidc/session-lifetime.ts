import { type Clock, epochSeconds } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';

/** For how many seconds from now a session lives: until it was idle too long, and never past its absolute end. */
export const sessionLifetime = (
  { absolute, idle }: Config['session'],
  clock: Clock,
  loginTs = epochSeconds(clock),
): number => Math.max(1, Math.min(idle, loginTs + absolute - epochSeconds(clock)));
