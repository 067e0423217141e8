import { describe, expect, it } from 'vitest';
import {
  type BodyCipher,
  type CollectionDefinition,
  StorageUnavailable,
} from '../../src/storage/contract.ts';
import { createTestCipher } from '../support/storage.ts';
import { type Note, note, type OpenBench, papers, START, successor } from './harness.ts';

const ROWS = 450;

const { indexes: _, ...bare } = papers;
/** As `papers` was declared by a program that had no index yet. */
export const plain: CollectionDefinition<Note> = bare;

const page = { limit: 1000 };

/** An index that is declared after rows were written. */
export const describeLateIndex = (open: OpenBench) =>
  describe('an index that is declared later', () => {
    /** Sealed rows that were written before any index was declared. */
    const openOld = async () => {
      const bench = await open();
      const rows = Array.from({ length: ROWS }, (_, at) => ({
        id: `n${at}`,
        doc: note(at % 3 ? 'an' : 'binh', at),
      }));
      await bench.storage.collection(plain).insertMany(rows);
      return bench;
    };

    it('is not answered from before it is filled: rows that cannot be opened are a fault', async () => {
      const { reopen } = await openOld();
      const storage = await reopen(createTestCipher());
      await expect(storage.collection(papers).find('owner', 'an')).rejects.toThrow('papers/n');
    });

    it('finds the sealed rows that were there before it', async () => {
      const { reopen } = await openOld();
      const collection = (await reopen()).collection(papers);
      expect(await collection.find('owner', 'binh', page)).toHaveLength(ROWS / 3);
      expect(await collection.find('owner', 'an', page)).toHaveLength((ROWS * 2) / 3);
    });

    it('keeps what is written while it is filled', async () => {
      const { reopen } = await openOld();
      const collection = (await reopen()).collection(papers);
      const writes = [
        collection.put('n449', note('chi')),
        collection.consume('n448', 1),
        collection.remove('n447'),
        collection.insert('new', note('chi')),
      ];
      await Promise.all(writes);
      const found = await collection.find('owner', 'chi');
      expect(found.map(({ id }) => id)).toEqual(['n449', 'new']);
      expect(await collection.range('owner', 'a', 'z', page)).toHaveLength(ROWS);
    });

    it('does not put an old value over a row that was written while it was being opened', async () => {
      const { cipher, reopen } = await openOld();
      const held = Promise.withResolvers<void>();
      const opening = Promise.withResolvers<void>();
      const slow: BodyCipher = {
        ...cipher,
        open: async (context, sealed) => {
          opening.resolve();
          await held.promise;
          return cipher.open(context, sealed);
        },
      };
      const collection = (await reopen(slow)).collection(papers);
      const found = collection.find('owner', 'chi');
      await opening.promise;
      await collection.put('n0', note('chi'));
      held.resolve();
      expect((await found).map(({ id }) => id)).toEqual(['n0']);
    });

    it('finds the rows that were sealed anew while it was being filled', async () => {
      const { cipher, reopen } = await openOld();
      const next = successor(cipher, createTestCipher());
      const held = Promise.withResolvers<void>();
      const opening = Promise.withResolvers<void>();
      let holding = true;
      const slow: BodyCipher = {
        ...next,
        open: async (context, sealed) => {
          opening.resolve();
          if (holding) await held.promise;
          return next.open(context, sealed);
        },
      };
      const collection = (await reopen(slow)).collection(papers);
      const found = collection.find('owner', 'binh', page);
      await opening.promise;
      holding = false;
      expect(await collection.reseal(page)).toMatchObject({ seen: ROWS, resealed: ROWS });
      held.resolve();
      expect(await found).toHaveLength(ROWS / 3);
      expect(await collection.removeBy('owner', 'an')).toBe((ROWS * 2) / 3);
    });

    it('is filled past rows that have ended, whose key may be gone', async () => {
      const { storage, clock, reopen } = await open();
      await storage.collection(plain).insert('ended', note('an'), START + 1000);
      clock.time = START + 1000;
      const collection = (await reopen(createTestCipher())).collection(papers);
      await collection.insert('new', note('an'));
      expect((await collection.find('owner', 'an')).map(({ id }) => id)).toEqual(['new']);
    });

    it('finds rows that had ended by the clock of the one that filled it, where another clock is behind', async () => {
      const { storage, clock, reopen } = await open();
      await storage.collection(plain).insert('ended', note('an'), START + 1000);
      clock.time = START + 1000;
      const collection = (await reopen()).collection(papers);
      expect(await collection.find('owner', 'an')).toEqual([]);
      clock.time = START + 999;
      expect(await collection.removeBy('owner', 'an')).toBe(1);
    });

    it('goes on where it was when the filling ends in between', async () => {
      const { cipher, reopen } = await openOld();
      const opened: string[] = [];
      const failing: BodyCipher = {
        ...cipher,
        open: async (context, sealed) => {
          opened.push(context);
          if (opened.length > 250) throw new Error('stopped here');
          return cipher.open(context, sealed);
        },
      };
      const first = await reopen(failing);
      await expect(first.collection(papers).find('owner', 'an')).rejects.toThrow('papers/n');
      const again: string[] = [];
      const counting: BodyCipher = {
        ...cipher,
        open: async (context, sealed) => {
          again.push(context);
          return cipher.open(context, sealed);
        },
      };
      const collection = (await reopen(counting)).collection(papers);
      await collection.find('owner', 'nobody');
      expect(new Set(again).size).toBe(ROWS - 200);
      expect(again.some((context) => opened.slice(0, 200).includes(context))).toBe(false);
      expect(await collection.find('owner', 'binh', page)).toHaveLength(ROWS / 3);
    });

    it('is filled again after a program that did not know it has written', async () => {
      const { reopen } = await openOld();
      await (await reopen()).collection(papers).find('owner', 'an');
      await (await reopen()).collection(plain).put('n0', note('chi'));
      const again = (await reopen()).collection(papers);
      expect((await again.find('owner', 'chi')).map(({ id }) => id)).toEqual(['n0']);
      expect(await again.find('owner', 'binh', page)).toHaveLength(ROWS / 3 - 1);
    });

    it('does not keep a storage from closing', async () => {
      const { reopen } = await openOld();
      const storage = await reopen();
      const waiting = storage.collection(papers).find('owner', 'an');
      const closed = storage.close();
      await expect(waiting).rejects.toBeInstanceOf(StorageUnavailable);
      await closed;
      const again = await reopen();
      expect(await again.collection(papers).find('owner', 'binh', page)).toHaveLength(ROWS / 3);
    });
  });
