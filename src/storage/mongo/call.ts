import { StorageUnavailable } from '../contract.ts';
import { patienceLeft } from '../patience.ts';
import { AWAY, CROWDED, isDeadlock, unavailable } from './failure.ts';

/** How long one call of the contract waits for the database at most, in milliseconds. */
export const PATIENCE = 5_000;
const DEADLOCK_TRIES = 5;

/** What of the time that is left the server gets: it is to give up before the caller does. */
const SHARE = 0.9;

/** What every operation asks of the server, so that none is done long after the caller was told that nobody knows. */
export interface Limit {
  readonly maxTimeMS: number;
}

/** Runs one operation on the database, if there is time left for it. */
export type Attempt = <R>(operation: (limit: Limit) => PromiseLike<R>) => Promise<R>;

/** Runs one call of the contract, which may take several operations. */
export type Call = <R>(step: (attempt: Attempt) => Promise<R>) => Promise<R>;

const createAttempt =
  (server: string, end: number): Attempt =>
  async (operation) => {
    for (let tries = 1; ; tries += 1) {
      const left = end - performance.now();
      if (left <= 0) throw new StorageUnavailable(`${server}: ${CROWDED}`);
      try {
        return await operation({ maxTimeMS: Math.ceil(left * SHARE) });
      } catch (error) {
        if (!isDeadlock(error) || tries === DEADLOCK_TRIES) throw error;
      }
    }
  };

/** Rejects with what `refuse` gives where `promise` takes longer than `patience`. What it waits for goes on. */
export const bounded = async <R>(
  promise: Promise<R>,
  patience: number,
  refuse: () => StorageUnavailable,
): Promise<R> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(refuse()), patience);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Bounds calls in time, repeats an operation that lost a deadlock, and turns a failure of the surroundings into
 * `StorageUnavailable`: also where nobody knows whether the write was done. The driver's own limits are those of
 * one step each (selecting, connecting, waiting for an answer), and it repeats some.
 */
export const createCall =
  (server: string, patience = PATIENCE): Call =>
  async (step) => {
    const left = patienceLeft(patience);
    const attempt = createAttempt(server, performance.now() + left);
    try {
      return await bounded(step(attempt), left, () => new StorageUnavailable(`${server}: ${AWAY}`));
    } catch (error) {
      throw unavailable(server, error) ?? error;
    }
  };
