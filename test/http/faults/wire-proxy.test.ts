import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabaseUri, mongoServer } from '../../support/mongo.ts';
import { startWireProxy, type WireProxy } from '../../support/wire-proxy.ts';

const { MongoClient } = mongoose.mongo;

/** No call is tried again, and none waits long. */
const OPTIONS = {
  retryWrites: false,
  retryReads: false,
  socketTimeoutMS: 1000,
  connectTimeoutMS: 1000,
  serverSelectionTimeoutMS: 1000,
};

/** What the driver says, in the shape that tells faults apart. */
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: { code?: number; name: string }) => error.code ?? error.name,
  );

describe.skipIf(!mongoServer())('between a driver and its server, the proxy', () => {
  let database: FreshDatabase;
  let proxy: WireProxy;
  let client: mongoose.mongo.MongoClient;
  /** Past the proxy. */
  let direct: mongoose.mongo.MongoClient;
  beforeAll(async () => {
    database = freshDatabaseUri();
    direct = await MongoClient.connect(database.uri);
  });
  beforeEach(async () => {
    proxy = await startWireProxy(database.uri);
    client = await MongoClient.connect(proxy.uri, OPTIONS);
    await rows().deleteMany({});
  });
  afterEach(async () => {
    await client.close();
    await proxy.close();
  });
  afterAll(async () => {
    await direct.close();
    await database.drop();
  });

  const rows = () => client.db().collection<{ _id: string; n?: number }>('rows');
  const stored = async () =>
    (await direct.db().collection<{ _id: string }>('rows').find().sort({ _id: 1 }).toArray()).map(
      ({ _id }) => _id,
    );

  it('lets pass what no fault was set for, and notes the commands with their collection', async () => {
    await rows().insertMany([{ _id: 'a' }, { _id: 'b' }]);
    expect(await rows().findOneAndUpdate({ _id: 'a' }, { $inc: { n: 1 } })).toMatchObject({ _id: 'a' });
    expect(await rows().countDocuments()).toBe(2);
    expect(proxy.commands.map(({ name, collection }) => `${name} ${collection}`)).toEqual([
      'delete rows',
      'insert rows',
      'findAndModify rows',
      'aggregate rows',
    ]);
    expect(proxy.commands.every(({ database: name }) => database.uri.includes(String(name)))).toBe(true);
  });

  it.each(['truncate', 'swallow', 'silence'] as const)(
    'can %s the answer to a write that was executed, once',
    async (fault) => {
      const armed = proxy.once('insert', fault);
      expect(armed.struck()).toBeUndefined();
      expect(await failure(rows().insertOne({ _id: 'lost' }))).toMatch(/^MongoNetwork.*Error$/);
      expect(armed.struck()).toMatchObject({ name: 'insert', collection: 'rows' });
      expect(await stored()).toEqual(['lost']);
      await rows().insertOne({ _id: 'next' });
      expect(await stored()).toEqual(['lost', 'next']);
    },
  );

  it.each([
    ['NotWritablePrimary', 10107],
    ['ShutdownInProgress', 91],
  ] as const)('can refuse a write as %s, which is not executed', async (fault, code) => {
    proxy.once('update', fault);
    expect(await failure(rows().updateOne({ _id: 'a' }, { $set: { n: 1 } }, { upsert: true }))).toBe(code);
    expect(await stored()).toEqual([]);
    expect(await failure(rows().updateOne({ _id: 'a' }, { $set: { n: 1 } }, { upsert: true }))).toBe('done');
  });

  it('strikes the command that is meant and no other', async () => {
    const armed = proxy.once(({ collection }) => collection === 'others', 'NotWritablePrimary');
    expect(await failure(rows().insertOne({ _id: 'a' }))).toBe('done');
    expect(armed.struck()).toBeUndefined();
    expect(await failure(client.db().collection('others').findOne())).toBe(10107);
  });

  it('can delay every answer, a large one in pieces too', async () => {
    const large = 'x'.repeat(200_000);
    await rows().insertMany(Array.from({ length: 10 }, (_, n) => ({ _id: `${n}${large}` })));
    proxy.delay(300);
    const asked = performance.now();
    expect(await rows().find().toArray()).toHaveLength(10);
    expect(performance.now() - asked).toBeGreaterThan(290);
    await proxy.heal();
    expect(await rows().countDocuments()).toBe(10);
  });

  it('can cut what is connected: the next call connects anew', async () => {
    await rows().insertOne({ _id: 'a' });
    proxy.delay(500);
    const waiting = failure(rows().findOne({}));
    await expect.poll(() => proxy.commands.at(-1)?.name).toBe('find');
    proxy.cut();
    expect(await waiting).toMatch(/^MongoNetwork.*Error$/);
    await proxy.heal();
    expect(await rows().findOne({})).toEqual({ _id: 'a' });
  });

  it('can refuse connections, and take them again on the same port', async () => {
    await proxy.refuse();
    expect(await failure(rows().insertOne({ _id: 'a' }))).not.toBe('done');
    await proxy.heal();
    expect(await failure(rows().insertOne({ _id: 'a' }))).toBe('done');
  });

  it('can part the network: what is asked is neither executed nor answered', async () => {
    proxy.part();
    expect(await failure(rows().insertOne({ _id: 'a' }))).toMatch(/^MongoNetwork.*Error$/);
    expect(await stored()).toEqual([]);
    await proxy.heal();
    expect(await failure(rows().insertOne({ _id: 'a' }))).toBe('done');
  });
});
