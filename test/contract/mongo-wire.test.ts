import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Collection, CollectionDefinition, Storage } from '../../src/storage/contract.ts';
import { openMongoStorage } from '../../src/storage/mongo/mongo-storage.ts';
import { type FreshDatabase, freshDatabaseUri, mongoServer } from '../support/mongo.ts';
import { createTestCipher } from '../support/storage.ts';
import { startWireProxy, type WireProxy } from '../support/wire-proxy.ts';
import { type Note, note, notes, standingClock, tallies } from './harness.ts';

const tokens: CollectionDefinition<Note> = {
  ...notes,
  name: 'tokens',
  indexes: { owner: ({ owner }) => owner },
  bucketed: ['owner'],
};

/** What the driver says to the server, which no other test sees. */
describe.skipIf(!mongoServer())('on the wire to the database', () => {
  let database: FreshDatabase;
  let proxy: WireProxy;
  let storage: Storage;
  let rows: Collection<Note>;
  beforeAll(async () => {
    database = freshDatabaseUri();
    proxy = await startWireProxy(database.uri);
    storage = await openMongoStorage({ url: proxy.uri, cipher: createTestCipher(), clock: standingClock() });
    rows = storage.collection(tokens);
    await rows.find('owner', 'abcd');
  });
  afterAll(async () => {
    await storage.close();
    await proxy.close();
    await database.drop();
  });

  /** The commands that a call makes, as documents; those that look after indexes go their own way. */
  const said = async (call: () => Promise<unknown>): Promise<Record<string, unknown>[]> => {
    const before = proxy.commands.length;
    await call();
    const commands = proxy.commands
      .slice(before)
      .filter(({ name, collection }) => !/Indexes$/.test(name) && collection !== 'motcua_layout')
      .map(({ document }) => document);
    expect(commands.length).toBeGreaterThan(0);
    return commands;
  };

  it.each<[string, () => Promise<unknown>]>([
    ['insert', () => rows.insert('abc1', note('abcd'))],
    [
      'insertMany',
      () =>
        rows.insertMany([
          { id: 'abc2', doc: note('abcd') },
          { id: 'abc3', doc: note('abcd') },
        ]),
    ],
    ['put', () => rows.put('abc1', note('abcd', 1))],
    ['replace', () => rows.replace('abc2', note('abcd', 1), 1)],
    ['consume', () => rows.consume('abc3', 1)],
    ['remove', () => rows.remove('abc3')],
    ['removeBy', () => rows.removeBy('owner', 'abcz')],
    ['increment', () => storage.collection(tallies).increment('t', 'n', 1)],
    ['ping', () => storage.ping()],
  ])('%s asks that a majority has it in its journal', async (_, call) => {
    for (const command of await said(call)) {
      expect(command).toMatchObject({
        writeConcern: { w: 'majority', j: true },
        maxTimeMS: expect.any(Number),
      });
    }
  });

  it.each<[string, () => Promise<unknown>]>([
    ['get', () => rows.get('abc1')],
    ['find', () => rows.find('owner', 'abcd')],
    ['scan', () => rows.scan()],
  ])('%s is one command, and leaves the index values where they are', async (_, call) => {
    const commands = await said(call);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatchObject({ find: 'tokens', projection: { i: 0 } });
  });

  it('what is looked for and removed by a person stays within the bucket of the person', async () => {
    const within = { _id: expect.objectContaining({ $gte: 'abc', $lt: 'abd' }) };
    const [found] = await said(() => rows.find('owner', 'abcd'));
    expect(found).toMatchObject({ filter: within });
    for (const { deletes } of await said(() => rows.removeBy('owner', 'abcd'))) {
      expect(deletes).toEqual([expect.objectContaining({ q: expect.objectContaining(within) })]);
    }
  });
});
