import mongoose, { type Connection } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { StorageUnavailable } from '../../src/storage/contract.ts';
import { createCall } from '../../src/storage/mongo/call.ts';
import { ofValue, pageOfValue } from '../../src/storage/mongo/conditions.ts';
import { isDuplicate, unavailable } from '../../src/storage/mongo/failure.ts';
import { shardCollection } from '../../src/storage/mongo/sharding.ts';
import type { TableLayout } from '../../src/storage/row.ts';

const { MongoBulkWriteError, MongoServerError, MongoNetworkError, MongoWriteConcernError } = mongoose.mongo;

const SERVER = 'mongodb://db.example:27017/motcua';

const answered = (code: number) => new MongoServerError({ message: 'as the server said it', code });
/** A bulk that failed as the driver says it: as a whole, or unconfirmed by a majority. */
const bulkFailure = (inside: Error, unconfirmed?: object) => {
  // The driver alone makes such results; this one says what is asked of it.
  const result = { getWriteConcernError: () => unconfirmed } as never;
  return new MongoBulkWriteError(inside as never, result);
};

/** An operation that fails with each of these in turn, and then gives its number of calls. */
const failing = (...errors: Error[]) => {
  let calls = 0;
  return async () => {
    calls += 1;
    const error = errors[calls - 1];
    if (error) throw error;
    return calls;
  };
};

const once = <R>(operation: () => Promise<R>, patience?: number) =>
  createCall(SERVER, patience)((attempt) => attempt(operation));

describe('a failure that MongoDB reports', () => {
  it.each([1, 6, 7, 13, 18, 50, 64, 89, 91, 100, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 14031])(
    'is an absence of the storage when its code is %i',
    (code) => {
      const told = unavailable(SERVER, answered(code));
      expect(told).toBeInstanceOf(StorageUnavailable);
      expect(told?.message).toMatch(/^mongodb:\/\/db\.example:27017\/motcua: [a-z]/);
      expect(told?.message).not.toContain('as the server said it');
    },
  );

  it('is a fault of ours when its code says nothing of the surroundings', () => {
    for (const code of [2, 9, 11000, 121]) expect(unavailable(SERVER, answered(code))).toBeUndefined();
    expect(unavailable(SERVER, new TypeError('x'))).toBeUndefined();
  });

  it('is an absence when no answer came, or a majority did not confirm', () => {
    expect(unavailable(SERVER, new MongoNetworkError('cut'))).toBeInstanceOf(StorageUnavailable);
    for (const code of ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']) {
      expect(unavailable(SERVER, Object.assign(new Error('x'), { code }))).toBeInstanceOf(StorageUnavailable);
    }
    const fault = Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' });
    expect(unavailable(SERVER, fault)).toBeUndefined();
    const unconfirmed = new MongoWriteConcernError({ writeConcernError: { code: 9, errmsg: 'x' }, ok: 1 });
    expect(unavailable(SERVER, unconfirmed)?.message).toContain('not confirmed by a majority');
    const bulk = bulkFailure(answered(11000), { code: 64 });
    expect(unavailable(SERVER, bulk)?.message).toContain('not confirmed by a majority');
    expect(unavailable(SERVER, bulkFailure(new MongoNetworkError('cut')))).toBeInstanceOf(StorageUnavailable);
    expect(unavailable(SERVER, bulkFailure(answered(2)))).toBeUndefined();
  });

  it('is a duplicate by its code alone', () => {
    expect(isDuplicate(answered(11000))).toBe(true);
    expect(isDuplicate(new Error('E11000 duplicate key'))).toBe(false);
  });
});

describe('a call on MongoDB', () => {
  it('is repeated after a lost deadlock, a few times', async () => {
    const deadlock = answered(16908292);
    expect(await once(failing(deadlock, deadlock))).toBe(3);
    await expect(once(failing(...Array(9).fill(deadlock)))).rejects.toBeInstanceOf(StorageUnavailable);
  });

  it('is not repeated after anything else: a cut connection, a fault, a bulk of which a part may stand', async () => {
    const deadlocked = bulkFailure(answered(16908292));
    for (const error of [new MongoNetworkError('cut'), answered(91), answered(2), deadlocked]) {
      await expect(once(failing(error))).rejects.toBeInstanceOf(Error);
    }
  });

  it('ends when its time is over, and begins no operation after that', async () => {
    let begun = 0;
    const held = Promise.withResolvers<void>();
    const second = Promise.withResolvers<unknown>();
    const refused = createCall(
      SERVER,
      20,
    )(async (attempt) => {
      await attempt(() => held.promise);
      const late = attempt(async () => {
        begun += 1;
      });
      second.resolve(late.catch((error: unknown) => error));
    });
    await expect(refused).rejects.toThrow('does not answer');
    held.resolve();
    expect(await second.promise).toBeInstanceOf(StorageUnavailable);
    expect(begun).toBe(0);
  });
});

const layout: TableLayout = {
  name: 'tokens',
  indexes: ['grant', 'uid'],
  bucketed: ['grant'],
  spread: 'bucket',
  indexValues: async () => [],
};

describe('rows that are kept by person', () => {
  it('are asked for within the ids of their bucket', () => {
    expect(ofValue(layout, 'grant', 'abcXYZ')).toEqual({
      'i.grant': 'abcXYZ',
      _id: { $gte: 'abc', $lt: 'abd' },
    });
    expect(pageOfValue(layout, 'grant', 'ab_9', { limit: 1, after: { id: 'ab_7' } })).toEqual({
      'i.grant': 'ab_9',
      _id: { $gte: 'ab_', $lt: 'ab`', $gt: 'ab_7' },
    });
    expect(ofValue(layout, 'uid', 'abcXYZ')).toEqual({ 'i.uid': 'abcXYZ' });
  });

  it('are shared out by ranges of ids, and others by hashes', async () => {
    const commands: unknown[] = [];
    const indexes: unknown[] = [];
    // A stand-in for what sharing out asks of a connection.
    const cluster = {
      db: { databaseName: 'motcua' },
      collection: () => ({ createIndexes: async (made: unknown[]) => indexes.push(...made) }),
      getClient: () => ({ db: () => ({ command: async (command: unknown) => commands.push(command) }) }),
    } as unknown as Connection;
    await shardCollection(cluster, layout);
    await shardCollection(cluster, { ...layout, name: 'leases', bucketed: [], spread: 'hash' });
    expect(commands).toEqual([
      { shardCollection: 'motcua.tokens', key: { _id: 1 } },
      { shardCollection: 'motcua.leases', key: { _id: 'hashed' } },
    ]);
    expect(indexes).toEqual([{ key: { _id: 'hashed' }, name: '_id_hashed' }]);
  });
});
