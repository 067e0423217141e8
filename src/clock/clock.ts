/** The one source of time. Everything that compares, stores or shows a moment asks it. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number;
}

/** The machine's clock; NTP keeps it true. */
export const systemClock: Clock = { now: () => Date.now() };

/** Whole seconds since the epoch: the unit of every JWT time claim (RFC 7519 section 2, NumericDate). */
export const epochSeconds = (clock: Clock): number => Math.floor(clock.now() / 1000);

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
