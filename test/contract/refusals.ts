import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MisfitDocument } from '../../src/storage/codec.ts';
import { StorageUnavailable } from '../../src/storage/contract.ts';
import { note, notes, type OpenBench, papers, parcels, START, tallies } from './harness.ts';

const MARKER = 'nguyen-van-an';

/** What is a fault of the caller or of the data, and what a fault may say. */
export const describeRefusals = (open: OpenBench) =>
  describe('refusals', () => {
    it('refuses a document that does not fit, without saying what it holds', async () => {
      const { storage } = await open();
      const misfit = { ...note(MARKER), at: MARKER };
      const refused = storage.collection(notes).insert('a', misfit as never);
      await expect(refused).rejects.toBeInstanceOf(MisfitDocument);
      await expect(refused).rejects.toMatchObject({ collection: 'notes', id: 'a' });
      await expect(refused).rejects.not.toThrow(MARKER);
      expect(await storage.collection(notes).get('a')).toBeUndefined();
    });

    it('refuses to read a row that no longer fits, without saying what it holds', async () => {
      const { storage, writeBody } = await open();
      const collection = storage.collection(notes);
      for (const body of [`{"owner":"${MARKER}"}`, `{"owner":"${MARKER}`, `"${MARKER}"`]) {
        await collection.put('a', note('an'));
        await writeBody('notes', 'a', body);
        const refused = collection.get('a');
        await expect(refused).rejects.toMatchObject({ name: 'MisfitDocument', collection: 'notes', id: 'a' });
        await expect(refused).rejects.not.toThrow(MARKER);
      }
    });

    it('refuses a __proto__ key on the way in and on the way out', async () => {
      const loose = { name: 'loose', schema: z.record(z.string(), z.unknown()) };
      const { storage, writeBody } = await open();
      const collection = storage.collection(loose);
      const nested = JSON.parse('{"a":{"__proto__":{"admin":true}}}');
      await expect(collection.insert('in', nested)).rejects.toBeInstanceOf(MisfitDocument);
      await collection.insert('out', { a: 'the words "__proto__" are no key' });
      expect((await collection.get('out'))?.doc).toEqual({ a: 'the words "__proto__" are no key' });
      for (const body of ['{"a":{"__proto__":1}}', '{"a":{"\\u005f_proto\\u005F_":1}}', '{"__proto__":1}']) {
        await writeBody('loose', 'out', body);
        await expect(collection.get('out')).rejects.toBeInstanceOf(MisfitDocument);
      }
    });

    it('refuses ids that engines would keep as another text', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      for (const id of ['', 'a\0b', '\ud800', 'ư'.repeat(513)]) {
        await expect(collection.insert(id, note('an'))).rejects.toThrow(TypeError);
        await expect(collection.put(id, note('an'))).rejects.toThrow(TypeError);
        await expect(collection.insertMany([{ id, doc: note('an') }])).rejects.toThrow(TypeError);
        await expect(storage.collection(tallies).increment(id, 'n', 1)).rejects.toThrow(TypeError);
        expect(await collection.get(id)).toBeUndefined();
        expect(await collection.replace(id, note('an'), 1)).toBe(false);
        expect(await collection.consume(id, 1)).toBe(false);
        expect(await collection.remove(id)).toBe(false);
        expect(await collection.find('owner', id)).toEqual([]);
        expect(await collection.removeBy('owner', id)).toBe(0);
      }
    });

    it('refuses moments, pages and ranges that make no sense', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await expect(collection.insert('a', note('an'), 1.5)).rejects.toThrow(RangeError);
      await expect(collection.put('a', note('an'), Number.NaN)).rejects.toThrow(RangeError);
      await expect(collection.consume('a', Number.POSITIVE_INFINITY)).rejects.toThrow(RangeError);
      await expect(collection.find('owner', 'an', { limit: 0 })).rejects.toThrow(RangeError);
      await expect(collection.range('at', 0, 'z')).rejects.toThrow(TypeError);
      await expect(collection.range('at', 0, Number.NaN)).rejects.toThrow(RangeError);
      await expect(collection.range('at', 0, 9, { after: { id: 'a' } })).rejects.toThrow(TypeError);
      await expect(collection.insert('a', note('an'), 8.64e15 + 1)).rejects.toThrow(RangeError);
      await collection.insert('a', note('an'), 8.64e15);
      expect((await collection.get('a'))?.expiresAt).toBe(8.64e15);
    });

    it('hands no object to an engine, which might read it as a condition', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      await collection.insert('a', note('an'));
      const any = { $gt: '' } as never;
      expect(await collection.get(any)).toBeUndefined();
      expect(await collection.find('owner', any)).toEqual([]);
      await expect(collection.find('owner', 'an', { after: { id: any } })).rejects.toThrow(TypeError);
      await expect(collection.range('owner', any, any)).rejects.toThrow(TypeError);
      await expect(collection.scan({ after: { id: any } })).rejects.toThrow(TypeError);
      expect(await collection.replace(any, note('binh'), 1)).toBe(false);
      expect(await collection.replace('a', note('binh'), any)).toBe(false);
      expect(await collection.consume(any, START)).toBe(false);
      expect(await collection.remove(any)).toBe(false);
      expect(await collection.removeBy('owner', any)).toBe(0);
      expect(await collection.get('a')).toEqual({ id: 'a', doc: note('an'), version: 1 });
    });

    it('refuses a row whose id does not begin with the bucket of its index, however it is written', async () => {
      const { storage } = await open();
      const collection = storage.collection(parcels);
      await collection.insert('an-1', note(''));
      const stray = note('am-');
      await expect(collection.insert('an-2', stray)).rejects.toBeInstanceOf(MisfitDocument);
      await expect(collection.put('an-1', stray)).rejects.toBeInstanceOf(MisfitDocument);
      await expect(collection.replace('an-1', stray, 1)).rejects.toBeInstanceOf(MisfitDocument);
      await expect(collection.restore([{ id: 'an-2', doc: stray, version: 1 }])).rejects.toThrow('owner');
      await expect(collection.insert('bình', note('bìn'))).rejects.toBeInstanceOf(MisfitDocument);
      expect(() => storage.collection({ ...parcels, name: 'odd', bucketed: ['text'] })).toThrow(TypeError);
    });

    it('refuses an index that is not declared, and a value that cannot be indexed', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      for (const index of ['text', 'constructor', '__proto__']) {
        await expect(collection.find(index, 'x')).rejects.toThrow(TypeError);
        await expect(collection.range(index, 'x', 'y')).rejects.toThrow(TypeError);
        await expect(collection.removeBy(index, 'x')).rejects.toThrow(TypeError);
      }
      await expect(collection.insert('a', note('\ud800'))).rejects.toBeInstanceOf(MisfitDocument);
    });

    it('refuses counters where they would not be exact or not be readable', async () => {
      const { storage } = await open();
      const collection = storage.collection(tallies);
      for (const field of ['', '__proto__', 'a"b', 'a.b', '$a', 'a'.repeat(65)]) {
        await expect(collection.increment('a', field, 1)).rejects.toThrow(TypeError);
      }
      await expect(collection.increment('a', 'n', 0.5)).rejects.toThrow(RangeError);
      await expect(storage.collection(papers).increment('a', 'at', 1)).rejects.toThrow(TypeError);
      await expect(storage.collection(notes).increment('a', 'at', 1)).rejects.toThrow(TypeError);
      const narrow = storage.collection({ name: 'narrow', schema: z.object({ n: z.number().optional() }) });
      await expect(narrow.increment('a', 'm', 1)).rejects.toThrow(TypeError);
    });

    it('refuses a second definition under one name, and names that are not plain', async () => {
      const { storage } = await open();
      expect(storage.collection(notes)).toBe(storage.collection(notes));
      expect(() => storage.collection({ ...notes })).toThrow('notes');
      for (const name of ['', 'Notes', 'a-b', 'a"b', 'sqlite_x', 'motcua_x', 'system_x']) {
        expect(() => storage.collection({ ...notes, name })).toThrow(TypeError);
      }
      const twins = { ...notes, name: 'twins', indexes: { at: () => 1, aT: () => 1 } };
      expect(() => storage.collection(twins)).toThrow(TypeError);
      expect([...storage.collections.keys()]).toEqual(['notes']);
    });

    it('refuses every call once it is closed, and closes twice without harm', async () => {
      const { storage } = await open();
      const collection = storage.collection(notes);
      const underWay = collection.insert('a', note('an'));
      const closed = storage.close();
      await expect(underWay).resolves.toBeUndefined();
      await closed;
      await storage.close();
      await expect(collection.get('a')).rejects.toBeInstanceOf(StorageUnavailable);
      await expect(collection.put('a', note('an'))).rejects.toBeInstanceOf(StorageUnavailable);
      await expect(storage.ping()).rejects.toBeInstanceOf(StorageUnavailable);
      expect(() => storage.collection(papers)).toThrow(StorageUnavailable);
    });
  });
