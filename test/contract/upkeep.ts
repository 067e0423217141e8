import { describe, expect, it } from 'vitest';
import { MisfitDocument } from '../../src/storage/codec.ts';
import type { BodyCipher, Collection, Stored } from '../../src/storage/contract.ts';
import { createTestCipher } from '../support/storage.ts';
import { type Note, note, notes, type OpenBench, papers, START, successor, tallies } from './harness.ts';

const LATER = START + 1000;

const ids = (rows: readonly Stored<unknown>[]): string[] => rows.map(({ id }) => id);

/** Reseals page by page, as whoever keeps the data does. */
const resealAll = async (collection: Collection<unknown>, limit: number) => {
  const totals = { pages: 0, seen: 0, resealed: 0 };
  for (let after: string | undefined; ; ) {
    const { seen, resealed, last } = await collection.reseal({ limit, ...(after && { after }) });
    if (last === undefined) return totals;
    totals.pages += 1;
    totals.seen += seen;
    totals.resealed += resealed;
    after = last;
  }
};

const describeMoving = (open: OpenBench) => {
  it('scans every live row once, by the bytes of its id, a page at a time', async () => {
    const { storage, clock } = await open();
    const collection = storage.collection(notes);
    for (const id of ['b', '\uffee', 'a', '𠮷', 'B', 'đ', 'ab']) await collection.insert(id, note(''));
    await collection.insert('gone', note('an'), LATER);
    clock.time = LATER;
    const seen: string[] = [];
    for (let after: string | undefined; ; after = seen.at(-1)) {
      const rows = await collection.scan({ limit: 3, ...(after && { after: { id: after } }) });
      if (rows.length === 0) break;
      seen.push(...ids(rows));
    }
    expect(seen).toEqual(['B', 'a', 'ab', 'b', 'đ', '\uffee', '𠮷']);
    await expect(collection.scan({ limit: 0 })).rejects.toThrow(RangeError);
  });

  it('counts the live rows', async () => {
    const { storage, clock } = await open();
    const collection = storage.collection(notes);
    expect(await collection.count()).toBe(0);
    await collection.insertMany([1, 2, 3].map((at) => ({ id: `n${at}`, doc: note('an') })));
    await collection.insert('gone', note('an'), LATER);
    expect(await collection.count()).toBe(4);
    clock.time = LATER;
    expect(await collection.count()).toBe(3);
  });

  it('restores rows as they stood, counters too, and indexes them', async () => {
    const { storage } = await open();
    const collection = storage.collection(notes);
    const rows = [
      { id: 'a', doc: note('an', 1), version: 7, consumedAt: START - 5, expiresAt: LATER },
      { id: 'b', doc: note('an', 2), version: 1 },
    ];
    expect(await collection.restore(rows)).toEqual([]);
    expect(await collection.scan()).toEqual(rows);
    expect(await collection.find('owner', 'an')).toEqual(rows);
    expect(await collection.consume('a', START)).toBe(false);
    expect(await collection.replace('a', note('an'), 7)).toBe(true);
    const counters = storage.collection(tallies);
    await counters.restore([{ id: 'c', doc: { n: 4 }, version: 3 }]);
    expect(await counters.increment('c', 'n', 1)).toBe(5);
    expect(await counters.get('c')).toEqual({ id: 'c', doc: { n: 5 }, version: 4 });
  });

  it('restores over expired rows and not over live ones, which it names', async () => {
    const { storage, clock } = await open();
    const collection = storage.collection(notes);
    await collection.insert('ended', note('an'), LATER);
    await collection.consume('ended', START);
    await collection.insert('live', note('an', 1));
    clock.time = LATER;
    const doc = note('binh', 2);
    const rejected = await collection.restore([
      { id: 'ended', doc, version: 9 },
      { id: 'live', doc, version: 9 },
      { id: 'new', doc, version: 9 },
      { id: 'new', doc, version: 10 },
    ]);
    expect(rejected).toEqual([{ id: 'live' }, { id: 'new' }]);
    expect(await collection.get('ended')).toEqual({ id: 'ended', doc, version: 9 });
    expect(await collection.get('live')).toEqual({ id: 'live', doc: note('an', 1), version: 1 });
    expect(await collection.get('new')).toEqual({ id: 'new', doc, version: 9 });
  });

  it('refuses to restore what never stood anywhere', async () => {
    const { storage } = await open();
    const collection = storage.collection(notes);
    const row = { id: 'a', doc: note('an'), version: 1 };
    await expect(collection.restore([{ ...row, version: 0 }])).rejects.toThrow(RangeError);
    await expect(collection.restore([{ ...row, consumedAt: 0.5 }])).rejects.toThrow(RangeError);
    await expect(collection.restore([{ ...row, doc: {} as Note }])).rejects.toBeInstanceOf(MisfitDocument);
    await expect(collection.restore([{ ...row, id: '' }])).rejects.toThrow(TypeError);
    expect(await collection.count()).toBe(0);
  });
};

const describeResealing = (open: OpenBench) => {
  /** Twelve rows under an old key, and the storage opened under a new one. */
  const openOld = async (change: (cipher: BodyCipher) => BodyCipher = (cipher) => cipher) => {
    const bench = await open();
    const collection = bench.storage.collection(papers);
    const rows = Array.from({ length: 12 }, (_, at) => ({ id: `p${10 + at}`, doc: note('an', at) }));
    await collection.insertMany(rows);
    await collection.put('p10', note('an', 0), LATER);
    await collection.consume('p10', START);
    const next = createTestCipher();
    const storage = await bench.reopen(change(successor(bench.cipher, next)));
    return { ...bench, storage, next, collection: storage.collection(papers) };
  };

  it('seals every old row anew, a page at a time, and changes nothing else of it', async () => {
    const { collection, reopen, next } = await openOld();
    const before = await collection.scan();
    expect(await resealAll(collection, 5)).toEqual({ pages: 3, seen: 12, resealed: 12 });
    expect(await collection.scan()).toEqual(before);
    expect(before[0]).toMatchObject({ id: 'p10', version: 3, consumedAt: START, expiresAt: LATER });
    expect(await resealAll(collection, 5)).toEqual({ pages: 3, seen: 12, resealed: 0 });
    const alone = (await reopen(next)).collection(papers);
    expect(await alone.find('owner', 'an')).toEqual(before);
  });

  it('leaves a row alone that was written between reading and sealing it', async () => {
    const held = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    const slow = (cipher: BodyCipher): BodyCipher => ({
      ...cipher,
      open: async (context, sealed) => {
        reading.resolve();
        await held.promise;
        return cipher.open(context, sealed);
      },
    });
    const { collection } = await openOld(slow);
    const page = collection.reseal({ limit: 100 });
    await reading.promise;
    await collection.put('p15', note('binh', 99));
    held.resolve();
    expect(await page).toEqual({ seen: 12, resealed: 11, last: 'p21' });
    expect((await collection.get('p15'))?.doc).toEqual(note('binh', 99));
  });

  it('seals nothing anew in a collection in the clear', async () => {
    const { storage } = await open();
    await storage.collection(notes).insert('a', note('an'));
    expect(await storage.collection(notes).reseal({ limit: 10 })).toEqual({ seen: 0, resealed: 0 });
  });

  it('names the row that no key opens', async () => {
    const bench = await open();
    await bench.storage.collection(papers).insert('a', note('an'));
    const storage = await bench.reopen(createTestCipher());
    await expect(storage.collection(papers).reseal({ limit: 10 })).rejects.toThrow('papers/a');
  });
};

/** What moving and keeping the data asks of an engine. */
export const describeUpkeep = (open: OpenBench) =>
  describe('upkeep', () => {
    describeMoving(open);
    describeResealing(open);

    it('says which engine it is, in which version', async () => {
      const { storage } = await open();
      expect(storage.engine).toMatch(/^[A-Z][A-Za-z]+ \d+\.\d+/);
    });
  });
