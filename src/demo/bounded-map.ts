import type { Clock } from '../clock/clock.ts';

/** Entries in memory that live a fixed time; beyond the limit the oldest gives way. */
export interface BoundedMap<T> {
  set(key: string, value: T): void;
  get(key: string): T | undefined;
  /** Reads and removes: a second call finds nothing. */
  take(key: string): T | undefined;
  remove(key: string): void;
  readonly size: number;
}

/** `limit` in entries, `lifetime` in milliseconds from `set`. */
export function createBoundedMap<T>(options: {
  limit: number;
  lifetime: number;
  clock: Clock;
}): BoundedMap<T> {
  const { limit, lifetime, clock } = options;
  const entries = new Map<string, { value: T; endsAt: number }>();

  // All entries live equally long, so insertion order is the order of expiry.
  const sweep = () => {
    for (const [key, entry] of entries) {
      if (entry.endsAt > clock.now() && entries.size <= limit) return;
      entries.delete(key);
    }
  };
  const get = (key: string) => {
    const entry = entries.get(key);
    return entry !== undefined && entry.endsAt > clock.now() ? entry.value : undefined;
  };
  return {
    get,
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, endsAt: clock.now() + lifetime });
      sweep();
    },
    take(key) {
      const value = get(key);
      entries.delete(key);
      return value;
    },
    remove: (key) => void entries.delete(key),
    get size() {
      return entries.size;
    },
  };
}
