import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock/clock.ts';
import { StorageUnavailable } from '../../src/storage/contract.ts';
import { openMongoStorage } from '../../src/storage/mongo/mongo-storage.ts';
import { freshDatabaseUri, mongoServer } from '../support/mongo.ts';
import { createTestCipher } from '../support/storage.ts';
import { startWireProxy } from '../support/wire-proxy.ts';
import { note, notes } from './harness.ts';

const CALLS = 8;
/** The driver's own limits, then the time after which a heartbeat that hangs is noticed, and room for a slow machine. */
const HEALED_WITHIN = 30_000;

describe.skipIf(!mongoServer())(
  'a network that is parted while calls are under way',
  { timeout: 90_000 },
  () => {
    it('is used again when it is whole, without a restart, however the sockets died', async () => {
      const database = freshDatabaseUri();
      const proxy = await startWireProxy(database.uri);
      const storage = await openMongoStorage({
        url: proxy.uri,
        cipher: createTestCipher(),
        clock: systemClock,
      });
      const collection = storage.collection(notes);
      const readAll = () => Promise.allSettled(Array.from({ length: CALLS }, () => collection.get('one')));
      try {
        await collection.insert('one', note('somebody'));
        await readAll();
        proxy.part();
        for (const outcome of await readAll()) {
          expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StorageUnavailable) });
        }
        await proxy.heal();
        const isBack = () => collection.get('one').then((row) => row?.doc.owner, String);
        await expect.poll(isBack, { timeout: HEALED_WITHIN, interval: 200 }).toBe('somebody');
      } finally {
        await proxy.heal();
        await storage.close();
        await proxy.close();
        await database.drop();
      }
    });
  },
);
