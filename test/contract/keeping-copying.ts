import { afterEach, describe, expect, it } from 'vitest';
import { type Storage, StorageUnavailable } from '../../src/storage/contract.ts';
import { copyAll, copyTarget } from '../../src/storage/keeping/copy.ts';
import { DATA_VERSION, requireDataVersion, writeState } from '../../src/storage/keeping/data-version.ts';
import { openTestStorage } from '../support/storage.ts';
import { note, notes, papers, START, standingClock, tallies } from './harness.ts';
import { type OpenKept, openAll, watching } from './keeping-bench.ts';

const MANY = 1_200;

const copy = (from: Storage, target: Storage, watch = watching(), clock = standingClock()) =>
  copyAll({ from: openAll(from), to: openAll(target), target, watch, clock });

const everything = (storage: Storage) =>
  Promise.all(
    openAll(storage).map(async ({ name, collection }) => [name, await collection.scan({ limit: 5_000 })]),
  );

/** Everything to another database; the other one is the embedded engine. */
export const describeCopying = (open: OpenKept) =>
  describe('copying to another database', { timeout: 60_000 }, () => {
    const undo: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const step of undo.splice(0)) await step();
    });
    const source = async (rows = 3): Promise<Storage> => {
      const { storage, close } = await open();
      undo.push(close);
      const many = Array.from({ length: rows }, (_, at) => ({
        id: `r-${at}`,
        doc: note('an', at, `ế ${at}`),
      }));
      await storage.collection(papers).insertMany(many);
      const single = storage.collection(notes);
      await single.insert('used', note('an', 1), START + 60_000);
      await single.replace('used', note('an', 2), 1);
      await single.consume('used', START + 5);
      await storage.collection(tallies).increment('t', 'n', 4, START + 90_000);
      await storage.collection(tallies).increment('t', 'n', 38);
      await requireDataVersion(storage, () => []);
      return storage;
    };
    /** The embedded engine under other keys, with the same standing clock. */
    const other = async (): Promise<Storage> => {
      const { storage, close } = await openTestStorage({ clock: { now: () => START } });
      undo.push(close);
      return storage;
    };

    it('refuses a target that holds data, stamped or not', async () => {
      const [stamped, old] = [await other(), await other()];
      await requireDataVersion(stamped, openAll);
      await old.collection(notes).insert('n', note('an'));
      for (const target of [stamped, old]) expect(await copyTarget(target, openAll(target))).toBe('taken');
      const target = await other();
      expect(await copyTarget(target, openAll(target))).toBe('empty');
    });

    it('writes nothing to a target that another copy has completed since it was looked at', async () => {
      const [from, target] = [await source(), await other()];
      await copy(from, target, watching(1));
      expect(await copyTarget(target, openAll(target))).toBe('begun');
      expect(await copy(from, target)).toMatchObject({ end: 'done' });
      await target.collection(papers).remove('r-1');
      await expect(copy(from, target)).rejects.toBeInstanceOf(StorageUnavailable);
      expect(await target.collection(papers).get('r-1')).toBeUndefined();
      expect(await copyTarget(target, openAll(target))).toBe('taken');
    });

    it('writes nothing more once it stood still and another copy came to its end', async () => {
      const [from, target, clock] = [await source(), await other(), standingClock()];
      const late = openAll(from).map((kept) => ({
        ...kept,
        collection: {
          ...kept.collection,
          scan: async (page: Parameters<typeof kept.collection.scan>[0]) => {
            const rows = await kept.collection.scan(page);
            if (clock.time > START) return rows;
            await expect(copy(from, target, watching(), clock)).rejects.toThrow(
              'Another copy to this target is under way',
            );
            clock.time += 30_001;
            expect(await copy(from, target, watching(), clock)).toMatchObject({ end: 'done' });
            await target.collection(papers).remove('r-1');
            return rows;
          },
        },
      }));
      const copying = copyAll({ from: late, to: openAll(target), target, watch: watching(), clock });
      await expect(copying).rejects.toBeInstanceOf(StorageUnavailable);
      expect(await target.collection(papers).get('r-1')).toBeUndefined();
    });

    it('names the rows that are not the same there, and lets nobody start on that', async () => {
      const [from, target] = [await source(), await other()];
      await target.collection(papers).insert('r-1', note('binh'));
      const { end, collections } = await copy(from, target);
      expect(end).toBe('unequal');
      expect(collections.find(({ name }) => name === 'papers')).toEqual({
        ...{ name: 'papers', source: 3, copied: 2, present: 0, different: ['r-1'], target: 3 },
      });
      expect((await target.collection(papers).get('r-1'))?.doc).toEqual(note('binh'));
      await expect(requireDataVersion(target, openAll)).rejects.toThrow('not whole');
    });

    it('finds a row that was written in the target, or is missing in the source, by the counts', async () => {
      const [from, target] = [await source(), await other()];
      await target.collection(papers).insert('stray', note('binh'));
      const { end, collections } = await copy(from, target);
      expect(end).toBe('unequal');
      expect(collections.find(({ name }) => name === 'papers')).toMatchObject({ source: 3, target: 4 });
    });

    it('keeps version, mark, end and counters of every row, there and back again', async () => {
      const [from, there, back] = [await source(MANY), await other(), await open()];
      undo.push(back.close);
      expect(await copy(from, there)).toMatchObject({ end: 'done' });
      expect(await everything(there)).toEqual(await everything(from));
      expect(await there.collection(notes).get('used')).toEqual({
        ...{ id: 'used', doc: note('an', 2), version: 3, consumedAt: START + 5, expiresAt: START + 60_000 },
      });
      await expect(requireDataVersion(there, openAll)).resolves.toBeUndefined();
      expect(await copy(there, back.storage)).toMatchObject({ end: 'done' });
      expect(await everything(back.storage)).toEqual(await everything(from));
      expect(await there.collection(papers).find('owner', 'an', { limit: 2 * MANY })).toHaveLength(MANY);
      expect(await there.collection(tallies).increment('t', 'n', 1)).toBe(43);
      expect(await there.collection(notes).consume('used', START + 6)).toBe(false);
    });

    it('goes on after an interruption, with what is there and equal', async () => {
      const [from, target] = [await source(MANY), await other()];
      expect(await copy(from, target, watching(2))).toEqual({ end: 'stopped', collections: [] });
      expect(await copyTarget(target, openAll(target))).toBe('begun');
      await expect(requireDataVersion(target, openAll)).rejects.toThrow('not whole');
      const { end, collections } = await copy(from, target);
      expect(end).toBe('done');
      expect(collections.find(({ name }) => name === 'papers')).toMatchObject({
        ...{ copied: 200, present: 1_000, different: [], source: MANY, target: MANY },
      });
      expect(await everything(target)).toEqual(await everything(from));
    });

    it('stays a copy that was begun until its end, also for a copy of the same version', async () => {
      const target = await other();
      await writeState(target, { version: DATA_VERSION, copying: true });
      expect(await copyTarget(target, openAll(target))).toBe('begun');
    });
  });
