import { StorageUnavailable } from '../contract.ts';

// https://www.sqlite.org/rescode.html, the primary codes that speak of the surroundings and not of a statement.
const sentences: Readonly<Record<number, string>> = {
  3: 'access is denied; give the account that runs the service the right to write the file and its folder',
  5: 'another process holds the lock; end it or wait for it',
  6: 'another process holds the lock; end it or wait for it',
  7: 'there is not enough memory',
  8: 'the file or its folder is read-only; give the account that runs the service the right to write them',
  10: 'the disk reports an error; check the disk before anything else',
  11: 'the database is damaged; restore it from a backup',
  13: 'the disk is full; make room',
  14: 'the file cannot be opened; check that its folder exists and may be written',
  15: 'another process holds the lock; end it or wait for it',
  26: 'the file is not a database; name another file or restore it from a backup',
};

const BUSY = 5;

const primaryCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;

/** Another connection holds the lock that was asked for. */
export const isBusy = (error: unknown): boolean => primaryCode(error) === BUSY;

/** `StorageUnavailable` with a sentence where the surroundings failed; undefined for a fault of a statement. */
export const unavailable = (file: string, error: unknown): StorageUnavailable | undefined => {
  if (error instanceof StorageUnavailable) return error;
  const code = primaryCode(error);
  const sentence = code === undefined ? undefined : sentences[code];
  return sentence === undefined
    ? undefined
    : new StorageUnavailable(`${file}: ${sentence}`, { cause: error });
};

/** How long is waited for a lock that another process holds, in milliseconds. */
export const LOCK_PATIENCE = 5_000;

/** Runs a step on the database; a failure of the surroundings becomes `StorageUnavailable`. */
export const guarded = <R>(file: string, step: () => R): R => {
  try {
    return step();
  } catch (error) {
    throw unavailable(file, error) ?? error;
  }
};
