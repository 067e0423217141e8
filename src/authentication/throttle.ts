import { z } from 'zod';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';

/** So many attempts in so many seconds, counted from the first. */
export interface ThrottleWindow {
  readonly attempts: number;
  readonly seconds: number;
}

export interface Held {
  readonly allowed: false;
  /** Milliseconds since the epoch. */
  readonly retryAt: number;
}

export type ThrottleOutcome = { readonly allowed: true } | Held;

/** An attempt that was not allowed; `crossed` for the first one that a window refuses, and for no other. */
export type HeldAttempt = Held & { readonly crossed: boolean };

/**
 * Counts attempts before they are made, so that parallel ones cannot slip past the limit (RFC 4226 section 7.3,
 * NIST SP 800-63B-4 section 3.2.2). `key` is a keyed hash: no number or address is kept.
 */
export interface Throttle {
  /** Takes one attempt out of every window, or none out of any: who is refused has not tried. */
  take(
    kind: string,
    key: string,
    windows: readonly ThrottleWindow[],
  ): Promise<{ readonly allowed: true } | HeldAttempt>;
  /** Whether an attempt would be allowed, without taking one. */
  peek(kind: string, key: string, windows: readonly ThrottleWindow[]): Promise<ThrottleOutcome>;
  /** Gives one attempt back: it succeeded, or was never decided. */
  giveBack(kind: string, key: string, windows: readonly ThrottleWindow[]): Promise<void>;
  /** Forgets all attempts of this key: a success ends a row of failures. */
  forget(kind: string, key: string, windows: readonly ThrottleWindow[]): Promise<void>;
}

export const attempts: CollectionDefinition<Record<string, number>> = {
  name: 'attempts',
  schema: z.record(z.string(), z.number()),
};

const FIELD = 'count';
/** In the row of a window that has refused an attempt; it ends with the row. */
const CROSSED = 'crossed';

export function createThrottle({ storage, clock }: { storage: Storage; clock: Clock }): Throttle {
  const counters = storage.collection(attempts);
  const idOf = (kind: string, key: string, window: ThrottleWindow) => `${kind}:${window.seconds}:${key}`;

  async function retryAt(kind: string, key: string, window: ThrottleWindow): Promise<number> {
    const row = await counters.get(idOf(kind, key, window));
    return row?.expiresAt ?? clock.now() + window.seconds * SECOND;
  }

  async function hold(kind: string, key: string, exceeded: readonly ThrottleWindow[]): Promise<Held> {
    const times = await Promise.all(exceeded.map((window) => retryAt(kind, key, window)));
    return { allowed: false, retryAt: Math.max(...times) };
  }

  /** Whether this is the first attempt that the window refuses. Only that one writes. */
  async function crosses(kind: string, key: string, window: ThrottleWindow): Promise<boolean> {
    const id = idOf(kind, key, window);
    const row = await counters.get(id);
    if (row === undefined || row.doc[CROSSED] !== undefined) return false;
    return (await counters.increment(id, CROSSED, 1, row.expiresAt)) === 1;
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
      if (exceeded.length === 0) return { allowed: true };
      const held = await hold(kind, key, exceeded);
      const crossings = await Promise.all(exceeded.map((window) => crosses(kind, key, window)));
      await giveBack(kind, key, windows);
      return { ...held, crossed: crossings.includes(true) };
    },
    async peek(kind, key, windows) {
      const rows = await Promise.all(windows.map((window) => counters.get(idOf(kind, key, window))));
      const used = windows.filter((window, index) => (rows[index]?.doc[FIELD] ?? 0) >= window.attempts);
      return used.length === 0 ? { allowed: true } : hold(kind, key, used);
    },
    async forget(kind, key, windows) {
      await Promise.all(windows.map((window) => counters.remove(idOf(kind, key, window))));
    },
  };
}
