import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/clock/clock.ts';
import { type BodyCipher, StorageUnavailable } from '../../src/storage/contract.ts';
import { openMongoStorage } from '../../src/storage/mongo/mongo-storage.ts';
import { freshDatabaseUri, mongoServer, startPrivateServer } from '../support/mongo.ts';
import { createTestCipher } from '../support/storage.ts';
import { startWireProxy } from '../support/wire-proxy.ts';
import { note, notes, papers, START, standingClock, tallies } from './harness.ts';
import { plain } from './late-index.ts';
import { onDatabase } from './mongo-harness.ts';

const ROWS = 450;

const undo: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const openFresh = (at?: string) => {
  const { uri, drop } = at ? { uri: at, drop: async () => undefined } : freshDatabaseUri();
  undo.push(drop);
  const cipher = createTestCipher();
  const open = async (settings: { clock?: Clock; cipher?: BodyCipher } = {}) => {
    const storage = await openMongoStorage({ url: uri, cipher, clock: standingClock(), ...settings });
    undo.push(() => storage.close());
    return storage;
  };
  return { uri, cipher, open };
};

/** A database that may go away: on a server of its own that is killed, or behind a proxy that takes nobody any more. */
const startMortal = async () => {
  const server = await startPrivateServer();
  if (server) return { ...server, uri: `${server.uri}motcua` };
  const { uri, drop } = freshDatabaseUri();
  undo.push(drop);
  const proxy = await startWireProxy(uri);
  return { uri: proxy.uri, kill: proxy.refuse, restart: proxy.heal, stop: proxy.close };
};

/** A database with sealed rows that were written before their index was declared. */
const openOld = async () => {
  const fresh = openFresh();
  const storage = await fresh.open();
  const rows = Array.from({ length: ROWS }, (_, at) => ({ id: `n${at}`, doc: note('an', at) }));
  await storage.collection(plain).insertMany(rows);
  await storage.close();
  return fresh;
};

const counting = (cipher: BodyCipher) => {
  const opened: string[] = [];
  const open: BodyCipher['open'] = async (context, sealed) => {
    opened.push(context);
    return cipher.open(context, sealed);
  };
  return { opened, cipher: { ...cipher, open } };
};

describe.skipIf(!mongoServer())('the MongoDB engine', () => {
  it('makes the declared indexes and the sweep of what has ended, and nothing else', async () => {
    const { uri, open } = openFresh();
    const storage = await open();
    await storage.collection(notes).find('owner', 'an');
    await storage.collection(notes).range('at', 0, 1);
    const { indexes, names } = await onDatabase(uri, async ({ rows, database }) => ({
      indexes: await rows('notes').indexes(),
      names: (await database.listCollections().toArray()).map(({ name }) => name),
    }));
    expect(indexes.map(({ name, key }) => ({ name, key }))).toEqual([
      { name: '_id_', key: { _id: 1 } },
      { name: 'expires_at', key: { expires_at: 1 } },
      { name: 'i.owner', key: { 'i.owner': 1, _id: 1 } },
      { name: 'i.at', key: { 'i.at': 1, _id: 1 } },
    ]);
    expect(indexes.find(({ name }) => name === 'expires_at')?.expireAfterSeconds).toBe(60);
    expect(names.sort()).toEqual(['motcua_layout', 'motcua_pulse', 'notes']);
  });

  it('makes an index again that somebody dropped', async () => {
    const { uri, open } = openFresh();
    await (await open()).collection(notes).find('owner', 'an');
    await onDatabase(uri, ({ rows }) => rows('notes').dropIndex('i.owner'));
    await (await open()).collection(notes).insert('a', note('an'));
    const there = () =>
      onDatabase(uri, async ({ rows }) => (await rows('notes').indexes()).map(({ name }) => name));
    await expect.poll(there, { timeout: 10_000 }).toContain('i.owner');
  });

  it('keeps moments as dates, which the sweep understands, and leaves out what is not there', async () => {
    const { uri, open } = openFresh();
    const collection = (await open()).collection(notes);
    await collection.insert('a', note('', 1), START + 10);
    await collection.consume('a', START);
    await collection.insert('b', note('an', 2));
    const rows = await onDatabase(uri, (beside) => beside.rows('notes').find().sort({ _id: 1 }).toArray());
    expect(rows).toEqual([
      {
        _id: 'a',
        body: JSON.stringify(note('', 1)),
        version: 2,
        i: { owner: null, at: 1 },
        expires_at: new Date(START + 10),
        consumed_at: new Date(START),
      },
      { _id: 'b', body: JSON.stringify(note('an', 2)), version: 1, i: { owner: 'an', at: 2 } },
    ]);
  });

  it('mixes adding to a counter exactly with writing its document', async () => {
    const { open } = openFresh();
    const collection = (await open()).collection(tallies);
    await collection.put('a', { n: 10, m: 1 });
    expect(await collection.increment('a', 'n', 5)).toBe(15);
    expect(await collection.increment('a', 'k', 2)).toBe(2);
    expect(await collection.get('a')).toEqual({ id: 'a', doc: { n: 15, m: 1, k: 2 }, version: 3 });
    expect(await collection.replace('a', { n: 100 }, 3)).toBe(true);
    expect(await collection.increment('a', 'n', 1)).toBe(101);
    await collection.put('a', { n: 1000 });
    expect(await collection.increment('a', 'n', 1)).toBe(1001);
  });

  it('lets one of several instances fill a new index, each row once', async () => {
    const { cipher, open } = await openOld();
    const instances = Array.from({ length: 4 }, () => counting(cipher));
    const storages = await Promise.all(instances.map((instance) => open({ cipher: instance.cipher })));
    const found = await Promise.all(
      storages.map((storage) => storage.collection(papers).find('owner', 'nobody')),
    );
    expect(found).toEqual([[], [], [], []]);
    const opened = instances.flatMap((instance) => instance.opened);
    expect([opened.length, new Set(opened).size]).toEqual([ROWS, ROWS]);
    expect(instances.filter((instance) => instance.opened.length > 0)).toHaveLength(1);
  });

  it('does not wait without end for another instance, and takes its work over when it is silent', async () => {
    const { uri, open } = await openOld();
    await onDatabase(uri, ({ rows }) =>
      rows('motcua_layout').updateOne(
        { _id: 'papers' },
        { $set: { complete: [], filler: 'another', filler_until: new Date(START + 1000) } },
        { upsert: true },
      ),
    );
    const clock = standingClock();
    const collection = (await open({ clock })).collection(papers);
    const refused = collection.find('owner', 'an');
    await expect(refused).rejects.toBeInstanceOf(StorageUnavailable);
    await expect(refused).rejects.toThrow('papers.owner is being filled');
    await collection.put('n0', note('binh'));
    clock.time = START + 1000;
    expect(await collection.find('owner', 'an', { limit: 1000 })).toHaveLength(ROWS - 1);
  });

  it('does not answer a ping when the database was dropped under it', async () => {
    const { uri, open } = openFresh();
    const storage = await open();
    await storage.ping();
    await onDatabase(uri, ({ database }) => database.dropDatabase());
    await expect(storage.ping()).rejects.toThrow('dropped while open');
  });

  it('refuses while the database is away, in bounded time, and heals without being opened again', {
    timeout: 60_000,
  }, async () => {
    const server = await startMortal();
    undo.push(() => server.stop());
    const { open } = openFresh(server.uri);
    const storage = await open();
    const collection = storage.collection(notes);
    await collection.insert('a', note('an'));
    await collection.find('owner', 'an');
    await server.kill();
    const start = performance.now();
    const calls = [
      collection.get('a'),
      collection.find('owner', 'an'),
      collection.insert('b', note('an')),
      collection.put('a', note('an')),
      collection.consume('a', START),
      collection.insertMany([
        { id: 'x', doc: note('an') },
        { id: 'y', doc: note('an') },
      ]),
      storage.collection(tallies).increment('a', 'n', 1),
      storage.ping(),
    ];
    const outcomes = await Promise.allSettled(calls);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StorageUnavailable' } });
    }
    expect(performance.now() - start).toBeLessThan(7_000);
    await server.restart();
    await expect
      .poll(
        () =>
          storage.ping().then(
            () => 'back',
            (error: Error) => error.message,
          ),
        { timeout: 20_000 },
      )
      .toBe('back');
    expect(await collection.get('a')).toMatchObject({ doc: note('an') });
    expect(await storage.collection(tallies).increment('b', 'n', 1)).toBe(1);
  });
});
