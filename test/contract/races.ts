import { describe, expect, it } from 'vitest';
import { note, notes, type OpenBench, START, tallies } from './harness.ts';

const CALLERS = 200;

const all = <R>(call: (caller: number) => Promise<R>): Promise<R[]> =>
  Promise.all(Array.from({ length: CALLERS }, (_, caller) => call(caller)));

const truths = (results: readonly boolean[]): number => results.filter(Boolean).length;

/** Exactly one wins, however many call at once. */
export const describeRaces = (open: OpenBench) =>
  describe('races', () => {
    it('lets one of two hundred insert', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      const outcomes = await Promise.allSettled(
        Array.from({ length: CALLERS }, (_, caller) => collection.insert('a', note('an', caller))),
      );
      const winners = outcomes.flatMap(({ status }, caller) => (status === 'fulfilled' ? [caller] : []));
      expect(winners).toHaveLength(1);
      expect((await collection.get('a'))?.doc.at).toBe(winners[0]);
    });

    it('lets one of two hundred insert over an expired row', async () => {
      const { storage, clock } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'), START + 1);
      clock.time = START + 1;
      const outcomes = await all((caller) =>
        collection.insert('a', note('an', caller)).then(
          () => true,
          () => false,
        ),
      );
      expect(truths(outcomes)).toBe(1);
    });

    it('lets one of two hundred consume', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'));
      const outcomes = await all((caller) => collection.consume('a', START + caller));
      expect(truths(outcomes)).toBe(1);
      expect((await collection.get('a'))?.consumedAt).toBe(START + outcomes.indexOf(true));
    });

    it('keeps the consumed mark when puts race with it', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'));
      const outcomes = await all(async (caller) => {
        if (caller % 2 === 0) return collection.consume('a', START);
        await collection.put('a', note('an', caller));
        return false;
      });
      expect(truths(outcomes)).toBe(1);
      expect((await collection.get('a'))?.consumedAt).toBe(START);
    });

    it('lets one of two hundred replace a version', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'));
      const outcomes = await all((caller) => collection.replace('a', note('an', caller), 1));
      expect(truths(outcomes)).toBe(1);
      expect(await collection.get('a')).toMatchObject({ version: 2, doc: { at: outcomes.indexOf(true) } });
    });

    it('lets one of two hundred remove', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'));
      expect(truths(await all(() => collection.remove('a')))).toBe(1);
    });

    it('adds two hundred numbers to the exact sum, from a row that nobody made first', async () => {
      const { storage } = await open();
      const collection = storage.collection(tallies);
      const sums = await all((caller) => collection.increment('a', 'n', caller));
      const sum = (CALLERS * (CALLERS - 1)) / 2;
      expect(Math.max(...sums)).toBe(sum);
      expect((await collection.get('a'))?.doc).toEqual({ n: sum });
    });

    it('gives every caller a sum of its own', async () => {
      const { storage } = await open();
      const sums = await all(() => storage.collection(tallies).increment('a', 'n', 1));
      expect(new Set(sums).size).toBe(CALLERS);
    });

    it('does not let a losing insert harm those beside it', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('taken', note('an'));
      const outcomes = await Promise.allSettled([
        collection.insert('a', note('an')),
        collection.insert('taken', note('binh')),
        collection.insert('b', note('an')),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await collection.find('owner', 'an')).toHaveLength(3);
    });
  });
