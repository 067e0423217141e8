import { z } from 'zod';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';

/** So many attempts in so many seconds, counted from the first. */
export interface ThrottleWindow {
  readonly attempts: number;
  readonly seconds: number;
}

export type ThrottleOutcome =
  | { readonly allowed: true }
  | { readonly allowed: false /** Milliseconds since the epoch. */; readonly retryAt: number };

/**
 * Counts attempts before they are made, so that parallel ones cannot slip past the limit (RFC 4226 section 7.3,
 * NIST SP 800-63B-4 section 3.2.2). `key` is a keyed hash: no number or address is kept.
 */
export interface Throttle {
  /** Takes one attempt out of every window, or none out of any: who is refused has not tried. */
  take(kind: string, key: string, windows: readonly ThrottleWindow[]): Promise<ThrottleOutcome>;
  /** Whether an attempt would be allowed, without taking one. */
  peek(kind: string, key: string, windows: readonly ThrottleWindow[]): Promise<ThrottleOutcome>;
  /** Gives one attempt back: it succeeded. */
  giveBack(kind: string, key: string, windows: readonly ThrottleWindow[]): Promise<void>;
  /** Forgets all attempts of this key: a success ends a row of failures. */
  forget(kind: string, key: string, windows: readonly ThrottleWindow[]): Promise<void>;
}

const attempts: CollectionDefinition<Record<string, number>> = {
  name: 'attempts',
  schema: z.record(z.string(), z.number()),
};

const FIELD = 'count';

export function createThrottle({ storage, clock }: { storage: Storage; clock: Clock }): Throttle {
  const counters = storage.collection(attempts);
  const idOf = (kind: string, key: string, window: ThrottleWindow) => `${kind}:${window.seconds}:${key}`;

  async function retryAt(kind: string, key: string, window: ThrottleWindow): Promise<number> {
    const row = await counters.get(idOf(kind, key, window));
    return row?.expiresAt ?? clock.now() + window.seconds * SECOND;
  }

  async function worst(
    kind: string,
    key: string,
    exceeded: readonly ThrottleWindow[],
  ): Promise<ThrottleOutcome> {
    if (exceeded.length === 0) return { allowed: true };
    const times = await Promise.all(exceeded.map((window) => retryAt(kind, key, window)));
    return { allowed: false, retryAt: Math.max(...times) };
  }

  async function giveBack(kind: string, key: string, windows: readonly ThrottleWindow[]): Promise<void> {
    await Promise.all(
      windows.map(async (window) => {
        const id = idOf(kind, key, window);
        // A window that ended meanwhile owes nothing: a row below zero would be attempts in advance.
        const running = await counters.get(id);
        if (running !== undefined) await counters.increment(id, FIELD, -1, running.expiresAt);
      }),
    );
  }

  return {
    giveBack,
    async take(kind, key, windows) {
      const counts = await Promise.all(
        windows.map((window) =>
          counters.increment(idOf(kind, key, window), FIELD, 1, clock.now() + window.seconds * SECOND),
        ),
      );
      const exceeded = windows.filter((window, index) => (counts[index] ?? 0) > window.attempts);
      const outcome = await worst(kind, key, exceeded);
      if (!outcome.allowed) await giveBack(kind, key, windows);
      return outcome;
    },
    async peek(kind, key, windows) {
      const rows = await Promise.all(windows.map((window) => counters.get(idOf(kind, key, window))));
      return worst(
        kind,
        key,
        windows.filter((window, index) => (rows[index]?.doc[FIELD] ?? 0) >= window.attempts),
      );
    },
    async forget(kind, key, windows) {
      await Promise.all(windows.map((window) => counters.remove(idOf(kind, key, window))));
    },
  };
}
