import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../src/storage/contract.ts';
import { type Resealing, resealAll } from '../../src/storage/keeping/reseal-all.ts';
import { type Harness, note, papers } from './harness.ts';
import { after, before, type OpenKept, openAll, rotating, rowsOf, watching } from './keeping-bench.ts';

const MANY = 1_200;
const id = (at: number): string => `row-${String(at).padStart(5, '0')}`;

const rotate = (storage: Storage, watch: Resealing['watch'] = watching()) =>
  resealAll({ storage, collections: openAll(storage), task: 'rotate/new', watch });

/** A new key for all data. */
export const describeRotating = (open: OpenKept) =>
  describe('rotating the storage key', { timeout: 60_000 }, () => {
    const undo: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const step of undo.splice(0)) await step();
    });

    /** Rows under the old key, opened with the new one before it. */
    const filled = async (rows = 3): Promise<Harness & { readonly current: Storage }> => {
      const harness = await open();
      undo.push(harness.close);
      const many = Array.from({ length: rows }, (_, at) => ({
        id: id(at),
        doc: note('an', at, `text ${at}`),
      }));
      await harness.storage.collection(papers).insertMany(many);
      await rowsOf(harness.storage, 'secrets').insertMany(many);
      return { ...harness, current: await harness.reopen(rotating) };
    };
    const isNew = async ({ readBody }: Harness, name: string, row: string): Promise<boolean> =>
      after.isCurrent(`${name}/${row}`, await readBody(name, row));

    it('ends with a fault, and not as done, where no configured key opens a row', async () => {
      const harness = await filled();
      await harness.writeBody('papers', id(1), 'eyJhbGciOiJkaXIifQ..a.b.c');
      await expect(rotate(harness.current)).rejects.toMatchObject({ name: 'MisfitDocument', id: id(1) });
    });

    it('leaves no row that the old key is needed for, and everything else of a row as it was', async () => {
      const harness = await filled();
      const rows = harness.current.collection(papers);
      await rows.consume(id(0), 7);
      const now = await rows.get(id(0));
      expect(now?.version).toBe(2);
      const bodies = await Promise.all([0, 1, 2].map((at) => harness.readBody('papers', id(at))));
      expect(await isNew(harness, 'papers', id(0))).toBe(false);
      expect(bodies.every((body, at) => before.isCurrent(`papers/${id(at)}`, body))).toBe(true);

      expect(await rotate(harness.current)).toEqual({ end: 'done', resealed: 6 });

      const bytes = await Promise.all([0, 1, 2].map((at) => harness.readBody('papers', id(at))));
      for (const body of bodies) expect(bytes).not.toContain(body);
      const alone = await harness.reopen(after);
      expect(await alone.collection(papers).get(id(0))).toEqual(now);
      expect(await alone.collection(papers).find('owner', 'an')).toHaveLength(3);
      expect(await rowsOf(alone, 'secrets').scan()).toHaveLength(3);
    });

    it('finds nothing to do the second time', async () => {
      const { current } = await filled();
      await rotate(current);
      expect(await rotate(current)).toEqual({ end: 'done', resealed: 0 });
    });

    it('ends after a batch where it is told to, and goes on from there', async () => {
      const harness = await filled(MANY);
      const first = watching(1);
      expect(await rotate(harness.current, first)).toEqual({ end: 'stopped', resealed: 500 });
      expect(first.seen).toEqual(['papers 500']);
      expect(await isNew(harness, 'papers', id(499))).toBe(true);
      expect(await isNew(harness, 'papers', id(500))).toBe(false);

      const second = watching();
      expect(await rotate(harness.current, second)).toEqual({ end: 'done', resealed: 2 * MANY - 500 });
      expect(second.seen.slice(0, 2)).toEqual(['papers 1000', 'papers 1200']);
      const alone = await harness.reopen(after);
      expect(await alone.collection(papers).scan({ limit: MANY })).toHaveLength(MANY);
    });

    it('reaches rows before a position that was kept for another key', async () => {
      const harness = await filled(MANY);
      await rotate(harness.current, watching(2));
      await harness.writeBody(
        'papers',
        id(0),
        await before.seal(`papers/${id(0)}`, JSON.stringify(note('an'))),
      );
      expect(await rotate(harness.current)).toMatchObject({ end: 'done' });
      expect(await isNew(harness, 'papers', id(0))).toBe(true);
    });

    it('says so where somebody goes on writing under the old key', async () => {
      const harness = await filled();
      const body = await before.seal(`papers/${id(1)}`, JSON.stringify(note('an', 1)));
      const watch = { ...watching(), report: () => harness.writeBody('papers', id(1), body) };
      expect(await rotate(harness.current, watch)).toMatchObject({ end: 'unsettled' });
    });

    it('loses no write that is made meanwhile', async () => {
      const harness = await filled(MANY);
      const rows = harness.current.collection(papers);
      let done = false;
      const write = async (): Promise<number> => {
        let round = 0;
        for (; !done || round === 0; round += 1) {
          await Promise.all(
            [0, 600, MANY - 1].map(async (at) => {
              const row = await rows.get(id(at));
              if (row) await rows.replace(id(at), { ...row.doc, at: row.doc.at + 1 }, row.version);
            }),
          );
          await rows.put(`new-${round}`, note('binh', round));
          await rows.remove(id(100 + round));
          await setImmediate();
        }
        return round;
      };
      const writing = write();
      expect(await rotate(harness.current)).toMatchObject({ end: 'done' });
      done = true;
      const rounds = await writing;
      const alone = (await harness.reopen(after)).collection(papers);
      for (const at of [0, 600, MANY - 1]) {
        expect(await alone.get(id(at))).toMatchObject({ doc: { at: at + rounds }, version: 1 + rounds });
      }
      expect(await alone.count()).toBe(MANY);
      expect(await alone.get(id(100))).toBeUndefined();
    });
  });
