import { AsyncLocalStorage } from 'node:async_hooks';

const ends = new AsyncLocalStorage<number>();

/**
 * Runs `work`, whose storage calls together wait at most so many milliseconds from now: somebody waits for the answer,
 * and many calls that are each just in time would add up. A call that comes later fails with `StorageUnavailable`.
 */
export const withPatience = <R>(milliseconds: number, work: () => R): R =>
  ends.run(performance.now() + milliseconds, work);

/** How long one call may wait now, in milliseconds: its own bound, or what is left. Zero or less: not at all. */
export const patienceLeft = (own: number): number =>
  Math.min(own, (ends.getStore() ?? Number.POSITIVE_INFINITY) - performance.now());
