import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type {
  Collection,
  CollectionDefinition,
  IndexValue,
  Page,
  Stored,
} from '../../src/storage/contract.ts';
import { note, notes, type OpenBench, parcels } from './harness.ts';

const entrySchema = z.object({ rank: z.union([z.string(), z.number()]) });
type Entry = z.infer<typeof entrySchema>;

const entries: CollectionDefinition<Entry> = {
  name: 'entries',
  schema: entrySchema,
  indexes: { rank: (entry) => entry.rank },
};

const ids = (rows: readonly Stored<unknown>[]): string[] => rows.map(({ id }) => id);

/** Every page of a listing, as a caller turns them. */
const turn = async <T>(
  page: (page: Page) => Promise<Stored<T>[]>,
  next: (row: Stored<T>) => Page['after'],
) => {
  const all: Stored<T>[] = [];
  for (let after: Page['after']; ; ) {
    const rows = await page({ limit: 3, ...(after && { after }) });
    all.push(...rows);
    const last = rows.at(-1);
    if (!last) return all;
    after = next(last);
  }
};

const fill = async (collection: Collection<Entry>, ranks: readonly IndexValue[]): Promise<void> => {
  for (const [at, rank] of ranks.entries()) await collection.insert(`${ranks.length - at}`, { rank });
};

/** Listings by a declared index, a page at a time. */
export const describePaging = (open: OpenBench) =>
  describe('paging', () => {
    it('leaves rows without an index value out of its listings', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note(''));
      expect(await collection.find('owner', '')).toEqual([]);
      expect(await collection.range('owner', '', '\u{10ffff}')).toEqual([]);
    });

    it('finds at most a hundred rows where no limit is given', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insertMany(
        Array.from({ length: 120 }, (_, at) => ({ id: `n${at}`, doc: note('an') })),
      );
      expect(await collection.find('owner', 'an')).toHaveLength(100);
      expect(await collection.range('owner', 'an', 'ao')).toHaveLength(100);
    });

    it('finds every row of a value once, by id, also when rows come and go between two pages', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      for (const id of ['e', 'b', 'd', 'a', 'c', 'f', 'g']) await collection.insert(id, note('an'));
      await collection.insert('x', note('binh'));
      const seen = await turn(
        async (page) => {
          if (page.after?.id === 'c') {
            await collection.remove('c');
            await collection.insert('aa', note('an'));
          }
          return collection.find('owner', 'an', page);
        },
        ({ id }) => ({ id }),
      );
      expect(ids(seen)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    });

    it('ranges over numbers from the first to before the last, ties by id', async () => {
      const { storage } = await open();
      const collection = storage.collection(entries);
      await fill(collection, [-1, 0, 2, 2, 2, 2, 2, 10, 9.5, 1e15, '5']);
      const ranged = await turn(
        (page) => collection.range('rank', 0, 10, page),
        ({ id, doc }) => ({ id, value: doc.rank }),
      );
      expect(ranged.map(({ doc }) => doc.rank)).toEqual([0, 2, 2, 2, 2, 2, 9.5]);
      expect(ids(ranged).slice(1, 6)).toEqual(['5', '6', '7', '8', '9']);
      const all = await collection.range('rank', Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      expect(all.map(({ doc }) => doc.rank)).toEqual([-1, 0, 2, 2, 2, 2, 2, 9.5, 10, 1e15]);
    });

    it('ranges over text by code point, ties by id', async () => {
      const { storage } = await open();
      const collection = storage.collection(entries);
      await fill(collection, ['b', 'a', 'B', 'b', 'đ', '\uffee', '𠮷', '10', '9', 7]);
      const ranged = await turn(
        (page) => collection.range('rank', '1', '\u{10ffff}', page),
        ({ id, doc }) => ({ id, value: doc.rank }),
      );
      expect(ranged.map(({ doc }) => doc.rank)).toEqual(['10', '9', 'B', 'a', 'b', 'b', 'đ', '\uffee', '𠮷']);
    });

    it('tells the number 1 from the text 1', async () => {
      const { storage } = await open();
      const collection = storage.collection(entries);
      await fill(collection, [1, '1']);
      expect(ids(await collection.find('rank', 1))).toEqual(['2']);
      expect(ids(await collection.find('rank', '1'))).toEqual(['1']);
      expect(await collection.removeBy('rank', '1')).toBe(1);
      expect(ids(await collection.find('rank', 1))).toEqual(['2']);
    });

    it('finds, ranges over and removes what is kept by person as what is not', async () => {
      const { storage } = await open();
      const collection = storage.collection(parcels);
      const rows = ['an-3', 'an-1', 'an-2', 'ann1', 'amz~', 'azz1'].map((id, at) => ({
        id,
        doc: note(id.slice(0, 3), at),
      }));
      await collection.insertMany(rows);
      expect(ids(await collection.find('owner', 'an-'))).toEqual(['an-1', 'an-2', 'an-3']);
      expect(ids(await collection.find('owner', 'an-', { after: { id: 'an-1' }, limit: 1 }))).toEqual([
        'an-2',
      ]);
      expect(ids(await collection.find('owner', 'a'))).toEqual([]);
      expect(ids(await collection.range('owner', 'am', 'ann'))).toEqual(['amz~', 'an-1', 'an-2', 'an-3']);
      expect(await collection.removeBy('owner', 'an-')).toBe(3);
      expect(await collection.removeBy('owner', 'azz')).toBe(1);
      expect(ids(await collection.scan())).toEqual(['amz~', 'ann1']);
    });

    it('does not leave the range, wherever it is told to go on', async () => {
      const { storage } = await open();
      const collection = storage.collection(entries);
      await fill(collection, [1, 2, 3, 4]);
      const after = { id: '0', value: Number.NEGATIVE_INFINITY };
      const ranged = await collection.range('rank', 2, 4, { after });
      expect(ranged.map(({ doc }) => doc.rank)).toEqual([2, 3]);
      expect(await collection.range('rank', 2, 4, { after: { id: '0', value: 9 } })).toEqual([]);
      expect(await collection.range('rank', 4, 2)).toEqual([]);
    });
  });
