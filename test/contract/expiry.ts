import { describe, expect, it } from 'vitest';
import { AlreadyExists } from '../../src/storage/contract.ts';
import { note, notes, type OpenBench, START, tallies } from './harness.ts';

const LATER = START + 1000;

/** A row is gone from its moment on, swept or not. */
export const describeExpiry = (open: OpenBench) =>
  describe('expiry', () => {
    const openExpired = async () => {
      const bench = await open();
      const collection = bench.storage.collection(notes);
      await collection.insert('a', note('an', 1), LATER);
      await collection.consume('a', START);
      bench.clock.time = LATER;
      return { ...bench, collection };
    };

    it('never shows an expired row to any call', async () => {
      const { collection } = await openExpired();
      expect(await collection.get('a')).toBeUndefined();
      expect(await collection.find('owner', 'an')).toEqual([]);
      expect(await collection.range('at', 0, 9)).toEqual([]);
      expect(await collection.consume('a', LATER)).toBe(false);
      expect(await collection.replace('a', note('binh'), 2)).toBe(false);
      expect(await collection.removeBy('owner', 'an')).toBe(0);
    });

    it('moves the end of a row that is replaced with a new one, and keeps it without', async () => {
      const { storage, clock } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'), LATER);
      expect(await collection.replace('a', note('an'), 1)).toBe(true);
      expect((await collection.get('a'))?.expiresAt).toBe(LATER);
      expect(await collection.replace('a', note('an'), 2, LATER + 1000)).toBe(true);
      clock.time = LATER;
      expect((await collection.get('a'))?.expiresAt).toBe(LATER + 1000);
      clock.time = LATER + 1000;
      expect(await collection.get('a')).toBeUndefined();
    });

    it('says of an expired row that none was removed', async () => {
      const { collection } = await openExpired();
      expect(await collection.remove('a')).toBe(false);
    });

    it('removes what has ended as well: an instance whose clock is behind must not see it again', async () => {
      const { collection, clock } = await openExpired();
      await collection.insert('b', note('binh', 1), LATER + 1000);
      clock.time = LATER + 1000;
      expect(await collection.removeBy('owner', 'an')).toBe(0);
      expect(await collection.remove('b')).toBe(false);
      clock.time = START;
      expect(await collection.get('a')).toBeUndefined();
      expect(await collection.get('b')).toBeUndefined();
    });

    it('shows a row until the millisecond before', async () => {
      const { storage, clock } = await open();
      await storage.collection(notes).insert('a', note('an'), LATER);
      clock.time = LATER - 1;
      expect(await storage.collection(notes).get('a')).toMatchObject({ expiresAt: LATER });
    });

    it('inserts over an expired row, unconsumed and at version 1', async () => {
      const { collection } = await openExpired();
      await collection.insert('a', note('binh'), LATER + 5);
      expect(await collection.get('a')).toEqual({
        id: 'a',
        doc: note('binh'),
        version: 1,
        expiresAt: LATER + 5,
      });
      expect(await collection.consume('a', LATER)).toBe(true);
      await expect(collection.insert('a', note('chi'))).rejects.toBeInstanceOf(AlreadyExists);
    });

    it('inserts a bulk over expired rows', async () => {
      const { collection } = await openExpired();
      expect(await collection.insertMany([{ id: 'a', doc: note('binh'), expiresAt: LATER + 5 }])).toEqual([]);
      expect(await collection.get('a')).toEqual({
        id: 'a',
        doc: note('binh'),
        version: 1,
        expiresAt: LATER + 5,
      });
    });

    it('puts over an expired row, unconsumed and at version 1', async () => {
      const { collection } = await openExpired();
      await collection.put('a', note('binh'));
      expect(await collection.get('a')).toEqual({ id: 'a', doc: note('binh'), version: 1 });
    });

    it('starts a counter over that has expired, and keeps the first expiry of one that has not', async () => {
      const { storage, clock } = await open();
      const collection = storage.collection(tallies);
      expect(await collection.increment('a', 'n', 5, LATER)).toBe(5);
      expect(await collection.increment('a', 'm', 1, LATER + 99)).toBe(1);
      expect((await collection.get('a'))?.expiresAt).toBe(LATER);
      clock.time = LATER;
      expect(await collection.increment('a', 'n', 2, LATER + 10)).toBe(2);
      expect(await collection.get('a')).toEqual({
        id: 'a',
        doc: { n: 2 },
        version: 1,
        expiresAt: LATER + 10,
      });
      clock.time = LATER + 10;
      expect(await collection.increment('a', 'n', 3)).toBe(3);
      expect(await collection.get('a')).toEqual({ id: 'a', doc: { n: 3 }, version: 1 });
    });

    it('purges what has expired, all of it, and nothing else', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      const rows = Array.from({ length: 1001 }, (_, at) => ({
        id: `n${at}`,
        doc: note('an'),
        expiresAt: LATER,
      }));
      await collection.insertMany([...rows, { id: 'late', doc: note('an'), expiresAt: LATER + 1 }]);
      await collection.insert('ever', note('an'));
      expect(await collection.purge(LATER - 1)).toBe(0);
      expect(await collection.purge(LATER)).toBe(1001);
      const left = await collection.find('owner', 'an');
      expect(left.map(({ id }) => id)).toEqual(['ever', 'late']);
    });

    it('purges no further batch where its caller does not go on', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      const rows = Array.from({ length: 1001 }, (_, at) => ({
        id: `n${at}`,
        doc: note('an'),
        expiresAt: LATER,
      }));
      await collection.insertMany(rows);
      const answers = [true, false];
      const purged = await collection.purge(LATER, async () => answers.shift() ?? true);
      expect(purged).toBeLessThan(1001);
      expect(answers).toEqual([]);
      expect(await collection.purge(LATER)).toBe(1001 - purged);
    });
  });
