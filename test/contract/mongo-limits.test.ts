import { afterEach, describe, expect, it } from 'vitest';
import { openMongoStorage } from '../../src/storage/mongo/mongo-storage.ts';
import { freshDatabaseUri, mongoServer } from '../support/mongo.ts';
import { createTestCipher } from '../support/storage.ts';
import { startWireProxy } from '../support/wire-proxy.ts';
import { note, notes, START, standingClock, tallies } from './harness.ts';

/** How long a caller waits at most, in milliseconds. */
const PATIENCE = 5_000;

const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** The engine behind a proxy that sees each command. */
const openWatched = async () => {
  const { uri, drop } = freshDatabaseUri();
  undo.push(drop);
  const proxy = await startWireProxy(uri);
  undo.push(() => proxy.close());
  const settings = { url: proxy.uri, cipher: createTestCipher(), clock: standingClock() };
  const storage = await openMongoStorage(settings);
  undo.push(() => storage.close());
  return { storage, proxy };
};

describe.skipIf(!mongoServer())('what the MongoDB engine asks of the server', () => {
  it('is to end before the caller stops waiting, so that no write is done after a later one', async () => {
    const { storage, proxy } = await openWatched();
    const collection = storage.collection(notes);
    await collection.find('owner', 'an');
    const before = proxy.commands.length;
    await collection.insert('a', note('an'));
    await collection.insertMany([1, 2].map((at) => ({ id: `n${at}`, doc: note('an') })));
    await collection.put('a', note('binh'));
    await collection.replace('a', note('an'), 2);
    await collection.consume('a', START);
    await collection.get('a');
    await collection.find('owner', 'an');
    await collection.range('at', 0, 1);
    await storage.collection(tallies).increment('a', 'n', 1);
    await storage.ping();
    await collection.remove('a');
    await collection.removeBy('owner', 'an');
    await collection.insert('ended', note('an'), START - 1);
    await collection.purge(START);
    const asked = proxy.commands.slice(before).filter(({ collection: of }) => of !== 'motcua_layout');
    const limited = asked.filter(({ name }) => !['listIndexes', 'createIndexes'].includes(name));
    expect(new Set(limited.map(({ name }) => name))).toEqual(
      new Set(['insert', 'update', 'find', 'findAndModify', 'delete']),
    );
    for (const { name, document } of limited) {
      expect(document.maxTimeMS, name).toBeGreaterThan(0);
      expect(document.maxTimeMS, name).toBeLessThan(PATIENCE);
    }
  });

  it('is a journalled write of a majority', async () => {
    const { storage, proxy } = await openWatched();
    await storage.collection(notes).insert('a', note('an'));
    await storage.collection(notes).remove('a');
    const writes = proxy.commands.filter(({ name }) => ['insert', 'findAndModify'].includes(name));
    expect(writes.length).toBeGreaterThan(2);
    for (const { document } of writes) {
      expect(document.writeConcern).toMatchObject({ w: 'majority', j: true });
    }
  });
});
