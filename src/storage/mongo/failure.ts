import { mongo } from 'mongoose';
import { StorageUnavailable } from '../contract.ts';

export const AWAY = 'the database does not answer; check that it runs and can be reached from here';
const NO_PRIMARY = 'the database has no primary at the moment; if this stays, look at its replica set';
const UNCONFIRMED = 'the write was not confirmed by a majority of the members; look at the replica set';
const REFUSED = 'the user name or the password is refused; check the address of the database';
const FORBIDDEN = 'the user lacks the right; give it readWrite on the database that the address names';
export const CROWDED = 'too much is asked of the database at once, or of the same row';
const BROKEN =
  'the database reports a failure of its own; look at its log, and at the PostgreSQL under a FerretDB';
const FULL = 'the disk of the database is full; make room';

// https://www.mongodb.com/docs/manual/reference/error-codes/
const byCode: Readonly<Record<number, string>> = {
  // FerretDB says nothing more exact where its PostgreSQL is away or full.
  1: BROKEN,
  6: AWAY,
  7: AWAY,
  13: FORBIDDEN,
  18: REFUSED,
  24: CROWDED,
  50: AWAY,
  64: UNCONFIRMED,
  79: UNCONFIRMED,
  89: AWAY,
  91: NO_PRIMARY,
  100: UNCONFIRMED,
  112: CROWDED,
  133: NO_PRIMARY,
  134: NO_PRIMARY,
  189: NO_PRIMARY,
  202: AWAY,
  262: AWAY,
  391: REFUSED,
  8000: REFUSED,
  9001: AWAY,
  10058: NO_PRIMARY,
  10107: NO_PRIMARY,
  11600: NO_PRIMARY,
  11602: NO_PRIMARY,
  13435: NO_PRIMARY,
  13436: NO_PRIMARY,
  14031: FULL,
  16908292: CROWDED,
};

// The classes by which the driver and mongoose say that no answer came, or none in time.
const byName: Readonly<Record<string, string>> = {
  MongooseServerSelectionError: AWAY,
  MongoServerSelectionError: AWAY,
  MongoNetworkError: AWAY,
  MongoNetworkTimeoutError: AWAY,
  MongoPoolClearedError: AWAY,
  MongoPoolClosedError: AWAY,
  MongoNotConnectedError: AWAY,
  MongoServerClosedError: AWAY,
  MongoTopologyClosedError: AWAY,
  MongoClientClosedError: AWAY,
  MongoOperationTimeoutError: AWAY,
  MongoUnexpectedServerResponseError: AWAY,
  MongoStalePrimaryError: NO_PRIMARY,
  MongoWaitQueueTimeoutError: CROWDED,
};

const codeOf = (error: Error): number | undefined =>
  'code' in error && typeof error.code === 'number' ? error.code : undefined;

/** Of a socket that ended while it was written to, which the driver hands on as it is. */
const socketCode = /^(E[A-Z]+|ERR_(SOCKET|STREAM|SSL|TLS)_[A-Z_]+)$/;

const isOfSocket = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && socketCode.test(error.code);

const DUPLICATE_KEY = 11000;
const DEADLOCKS: readonly (number | undefined)[] = [112, 16908292];

/** A row with this key is there. The message is not read: it quotes the key. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && codeOf(error) === DUPLICATE_KEY;

/** Two writes stood in each other's way and this one was undone as a whole. */
export const isDeadlock = (error: unknown): boolean =>
  // Of a bulk some writes may stand although another was undone.
  error instanceof Error &&
  !(error instanceof mongo.MongoBulkWriteError) &&
  DEADLOCKS.includes(codeOf(error));

/** The primary took the write, or those of a bulk, and a majority did not say so in time. */
export const isUnconfirmed = (error: unknown): boolean =>
  error instanceof mongo.MongoWriteConcernError ||
  (error instanceof mongo.MongoBulkWriteError && error.result.getWriteConcernError() !== undefined);

/** A bulk that failed as a whole carries the failure inside. */
const unwrapped = (error: Error): Error =>
  error instanceof mongo.MongoBulkWriteError && error.errorResponse instanceof Error
    ? error.errorResponse
    : error;

const sentenceFor = (error: Error): string | undefined => {
  if (isUnconfirmed(error)) return UNCONFIRMED;
  const told = unwrapped(error);
  if (isOfSocket(told)) return AWAY;
  return byName[told.name] ?? byCode[codeOf(told) ?? 0];
};

/** `StorageUnavailable` with a sentence where the surroundings failed; undefined for a fault of ours. */
export const unavailable = (server: string, error: unknown): StorageUnavailable | undefined => {
  if (error instanceof StorageUnavailable) return error;
  const sentence = error instanceof Error ? sentenceFor(error) : undefined;
  return sentence === undefined
    ? undefined
    : new StorageUnavailable(`${server}: ${sentence}`, { cause: error });
};
