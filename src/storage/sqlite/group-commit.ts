import type { DatabaseSync } from 'node:sqlite';
import { StorageUnavailable } from '../contract.ts';
import { isBusy, LOCK_PATIENCE, unavailable } from './failure.ts';

const LOCK_RETRY = 2;

interface Job {
  /** Runs inside the transaction; what it returns or throws counts from the commit on. */
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Runs `work` in the next transaction; settles after its commit. */
export type Write = <R>(work: () => R) => Promise<R>;

const rollBack = (database: DatabaseSync): void => {
  // A full disk or an input error may have rolled it back already.
  if (database.isTransaction) database.exec('ROLLBACK');
};

/** False if the lock is taken; the event loop must not sleep on it, so this does not wait. */
const begin = (database: DatabaseSync): boolean => {
  database.exec('PRAGMA busy_timeout = 0');
  try {
    database.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${LOCK_PATIENCE}`);
  }
};

/** Runs the jobs and commits; gives how to settle each. Throws if nothing was committed. */
const commit = (database: DatabaseSync, file: string, jobs: readonly Job[]): (() => void)[] => {
  try {
    const settlements = jobs.map(({ work, resolve, reject }) => {
      try {
        const value = work();
        return () => resolve(value as never);
      } catch (error) {
        if (unavailable(file, error)) throw error;
        return () => reject(error);
      }
    });
    database.exec('COMMIT');
    return settlements;
  } catch (error) {
    rollBack(database);
    throw unavailable(file, error) ?? new StorageUnavailable(`${file}: the commit failed`, { cause: error });
  }
};

/**
 * Gathers the writes of one turn of the event loop into one transaction, so that they share one `fsync`. They
 * run in the order of their calls, between two turns, under the database's own write lock: each sees what the
 * ones before it did, and no reader sees any of it before the commit. One that fails leaves its neighbours
 * alone, provided that it is a single statement; if the commit fails, or another process holds the lock for
 * `patience` milliseconds, all fail with `StorageUnavailable`.
 */
export const createGroupCommit = (database: DatabaseSync, file: string, patience = LOCK_PATIENCE): Write => {
  let jobs: Job[] = [];
  let lockedSince: number | undefined;

  const settleAll = (settlements: (() => void)[]): void => {
    jobs = [];
    lockedSince = undefined;
    for (const settle of settlements) settle();
  };

  const failAll = (error: unknown): void =>
    settleAll(
      jobs.map(
        ({ reject }) =>
          () =>
            reject(error),
      ),
    );

  const waitForLock = (): void => {
    lockedSince ??= performance.now();
    if (performance.now() - lockedSince < patience) setTimeout(drain, LOCK_RETRY);
    else failAll(new StorageUnavailable(`${file}: another process holds the lock; end it or wait for it`));
  };

  const drain = (): void => {
    try {
      if (begin(database)) settleAll(commit(database, file, jobs));
      else waitForLock();
    } catch (error) {
      failAll(unavailable(file, error) ?? error);
    }
  };

  return (work) =>
    new Promise((resolve, reject) => {
      jobs.push({ work, resolve, reject });
      if (jobs.length === 1) setImmediate(drain);
    });
};
