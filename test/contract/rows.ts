import { describe, expect, it } from 'vitest';
import { AlreadyExists } from '../../src/storage/contract.ts';
import { note, notes, type OpenBench, START, tallies } from './harness.ts';

/** One row at a time. */
export const describeRows = (open: OpenBench) =>
  describe('rows', () => {
    it('finds nothing where nothing was written', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      expect(await collection.get('a')).toBeUndefined();
      expect(await collection.find('owner', 'an')).toEqual([]);
      expect(await collection.replace('a', note('an'), 1)).toBe(false);
      expect(await collection.consume('a', START)).toBe(false);
      expect(await collection.remove('a')).toBe(false);
      expect(await collection.removeBy('owner', 'an')).toBe(0);
      expect(await collection.purge(START)).toBe(0);
    });

    it('does not insert over a live row', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an', 1));
      await expect(collection.insert('a', note('binh', 2))).rejects.toBeInstanceOf(AlreadyExists);
      expect(await collection.get('a')).toEqual({ id: 'a', doc: note('an', 1), version: 1 });
    });

    it('names the rows of a bulk that were there, and takes all others', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('n7', note('an', -1));
      const rows = Array.from({ length: 1203 }, (_, at) => ({ id: `n${at}`, doc: note('an', at) }));
      const rejected = await collection.insertMany([...rows, { id: 'n1', doc: note('an', -2) }]);
      expect(rejected).toEqual([{ id: 'n7' }, { id: 'n1' }]);
      expect((await collection.get('n7'))?.doc.at).toBe(-1);
      expect((await collection.get('n1'))?.doc.at).toBe(1);
      expect(await collection.find('owner', 'an', { limit: 2000 })).toHaveLength(1203);
    });

    it('writes nothing of a bulk of which one document does not fit', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      const rows = [
        { id: 'a', doc: note('an') },
        { id: 'b', doc: { owner: 'an' } as never },
      ];
      await expect(collection.insertMany(rows)).rejects.toThrow('notes/b');
      expect(await collection.get('a')).toBeUndefined();
    });

    it('puts over what was there, moves its index and drops its expiry', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.put('a', note('an'), START + 10);
      await collection.put('a', note('binh'));
      expect(await collection.get('a')).toEqual({ id: 'a', doc: note('binh'), version: 2 });
      expect(await collection.find('owner', 'an')).toEqual([]);
      expect(await collection.find('owner', 'binh')).toHaveLength(1);
    });

    it('does not replace a row that was written since', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'), START + 10);
      expect(await collection.replace('a', note('binh'), 2)).toBe(false);
      expect(await collection.replace('a', note('binh'), 1)).toBe(true);
      expect(await collection.replace('a', note('chi'), 1)).toBe(false);
      expect(await collection.get('a')).toEqual({
        id: 'a',
        doc: note('binh'),
        version: 2,
        expiresAt: START + 10,
      });
      expect(await collection.find('owner', 'an')).toEqual([]);
      expect(await collection.find('owner', 'binh')).toHaveLength(1);
    });

    it('keeps the consumed mark through every later write', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'));
      expect(await collection.consume('a', START)).toBe(true);
      expect(await collection.consume('a', START + 1)).toBe(false);
      await collection.put('a', note('binh'));
      expect(await collection.replace('a', note('chi'), 3)).toBe(true);
      expect(await collection.consume('a', START + 2)).toBe(false);
      expect(await collection.get('a')).toEqual({ id: 'a', doc: note('chi'), version: 4, consumedAt: START });
    });

    it('counts a consumption as a write: what was read before it cannot replace', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'));
      await collection.consume('a', START);
      expect(await collection.replace('a', note('binh'), 1)).toBe(false);
    });

    it('adds to counters and reads them back as the document', async () => {
      const { storage } = await open();
      const collection = storage.collection(tallies);
      expect(await collection.increment('a', 'level-1', 2)).toBe(2);
      expect(await collection.increment('a', 'level-1', -5)).toBe(-3);
      expect(await collection.increment('a', 'level-2', Number.MAX_SAFE_INTEGER)).toBe(
        Number.MAX_SAFE_INTEGER,
      );
      const doc = { 'level-1': -3, 'level-2': Number.MAX_SAFE_INTEGER };
      expect(await collection.get('a')).toEqual({ id: 'a', doc, version: 3 });
    });

    it('removes one row, or all of one index value', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      for (const id of ['a', 'b', 'c', 'd']) await collection.insert(id, note(id === 'd' ? 'binh' : 'an'));
      expect(await collection.remove('a')).toBe(true);
      expect(await collection.remove('a')).toBe(false);
      expect(await collection.removeBy('owner', 'an')).toBe(2);
      expect(await collection.find('owner', 'an')).toEqual([]);
      expect(await collection.get('d')).toBeDefined();
    });

    it('keeps text as it came: diacritics, astral characters, quotes and halves of pairs', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      const text = `Nguyễn Thị "Bưởi" '; DROP TABLE notes; -- 𠮷 \u0000 \ud800`;
      await collection.insert(`đ'"𠮷`, note('Hưng Yên', 0.1, text));
      expect((await collection.get(`đ'"𠮷`))?.doc).toEqual(note('Hưng Yên', 0.1, text));
      expect(await collection.find('owner', 'Hưng Yên')).toHaveLength(1);
    });

    it('answers a ping', async () => {
      const { storage } = await open();
      await expect(storage.ping()).resolves.toBeUndefined();
    });
  });
