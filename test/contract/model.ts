import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlreadyExists, type Collection, type Stored } from '../../src/storage/contract.ts';
import { type Bench, type Note, note, notes, type OpenBench, START } from './harness.ts';

/** What a collection is, said as simply as possible: a map, a clock, and one rule for each call. */
class Model {
  readonly rows = new Map<string, Stored<Note>>();
  now = START;

  live(id: string): Stored<Note> | undefined {
    const row = this.rows.get(id);
    return row && (row.expiresAt === undefined || row.expiresAt > this.now) ? row : undefined;
  }

  all(): Stored<Note>[] {
    const rows = [...this.rows.keys()].flatMap((id) => this.live(id) ?? []);
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  write(id: string, doc: Note, expiresAt: number | undefined, before?: Stored<Note>): void {
    this.rows.set(id, {
      id,
      doc,
      version: (before?.version ?? 0) + 1,
      ...(before?.consumedAt !== undefined && { consumedAt: before.consumedAt }),
      ...(expiresAt !== undefined && { expiresAt }),
    });
  }
}

type Step = (model: Model, collection: Collection<Note>, bench: Bench) => Promise<void>;

const id = fc.constantFrom('a', 'b', 'c', 'd');
const doc = fc.record({ owner: fc.constantFrom('an', 'binh'), at: fc.integer({ min: 0, max: 3 }) });
const lifetime = fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined });
const version = fc.integer({ min: 1, max: 4 });

const ends = (model: Model, ttl: number | undefined) => (ttl === undefined ? undefined : model.now + ttl);
const byRank = (a: Stored<Note>, b: Stored<Note>) => a.doc.at - b.doc.at || (a.id < b.id ? -1 : 1);

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(id, doc, lifetime).map(
    ([key, { owner, at }, ttl]): Step =>
      async (model, collection) => {
        const attempt = collection.insert(key, note(owner, at), ends(model, ttl));
        if (model.live(key)) return expect(attempt).rejects.toBeInstanceOf(AlreadyExists);
        await attempt;
        model.write(key, note(owner, at), ends(model, ttl));
      },
  ),
  fc.tuple(id, doc, lifetime).map(
    ([key, { owner, at }, ttl]): Step =>
      async (model, collection) => {
        await collection.put(key, note(owner, at), ends(model, ttl));
        model.write(key, note(owner, at), ends(model, ttl), model.live(key));
      },
  ),
  fc.tuple(id, doc, version).map(
    ([key, { owner, at }, expected]): Step =>
      async (model, collection) => {
        const before = model.live(key);
        const matches = before?.version === expected;
        expect(await collection.replace(key, note(owner, at), expected)).toBe(matches);
        if (before && matches) model.write(key, note(owner, at), before.expiresAt, before);
      },
  ),
  id.map(
    (key): Step =>
      async (model, collection) => {
        const before = model.live(key);
        const first = before !== undefined && before.consumedAt === undefined;
        expect(await collection.consume(key, model.now)).toBe(first);
        if (first) model.rows.set(key, { ...before, version: before.version + 1, consumedAt: model.now });
      },
  ),
  id.map(
    (key): Step =>
      async (model, collection) => {
        expect(await collection.remove(key)).toBe(model.live(key) !== undefined);
        model.rows.delete(key);
      },
  ),
  fc.constantFrom('an', 'binh').map(
    (owner): Step =>
      async (model, collection) => {
        const owned = model.all().filter((row) => row.doc.owner === owner);
        expect(await collection.find('owner', owner)).toEqual(owned);
        expect(await collection.removeBy('owner', owner)).toBe(owned.length);
        for (const row of owned) model.rows.delete(row.id);
      },
  ),
  fc.integer({ min: 0, max: 12 }).map(
    (elapsed): Step =>
      async (model, _, { clock }) => {
        model.now += elapsed;
        clock.time = model.now;
      },
  ),
  fc.constant<Step>(async (model, collection) => {
    await collection.purge(model.now);
  }),
];

const agree = async (model: Model, collection: Collection<Note>): Promise<void> => {
  for (const key of ['a', 'b', 'c', 'd']) expect(await collection.get(key)).toEqual(model.live(key));
  expect(await collection.range('at', 0, 4)).toEqual(model.all().sort(byRank));
};

/** Any sequence of calls gives what the model gives. */
export const describeModel = (open: OpenBench) =>
  describe('model', () => {
    it('agrees with a map and a clock after every step of any sequence', { timeout: 60_000 }, async () => {
      const bench = await open();
      const collection = bench.storage.collection(notes);
      const sequences = fc.array(fc.oneof(...steps), { minLength: 5, maxLength: 30 });
      const property = fc.asyncProperty(sequences, async (sequence) => {
        const model = new Model();
        bench.clock.time = START;
        for (const key of ['a', 'b', 'c', 'd']) await collection.remove(key);
        for (const step of sequence) {
          await step(model, collection, bench);
          await agree(model, collection);
        }
      });
      await fc.assert(property, { numRuns: 60 });
    });
  });
