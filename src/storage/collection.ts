import type { Clock } from '../clock/clock.ts';
import type { Codec } from './codec.ts';
import {
  AlreadyExists,
  type Collection,
  type CollectionDefinition,
  type IndexValue,
  type NewRow,
  type Page,
  type Rejected,
  type Stored,
} from './contract.ts';
import { requireCounter } from './counter-field.ts';
import type { RowPage, RowTable, StoredRow } from './row.ts';
import { isIndexable, isStorableText, requireId, requireMoment, requireVersion } from './storable.ts';

/** Rows of one transaction of `insertMany` and `purge`: long enough to pay, short enough not to be waited for. */
const BATCH = 500;
const DEFAULT_LIMIT = 100;

export interface CollectionParts<T> {
  readonly definition: CollectionDefinition<T>;
  readonly codec: Codec<T>;
  readonly table: RowTable;
  readonly clock: Clock;
}

const rowPage = (page: Page | undefined): RowPage => {
  const limit = page?.limit ?? DEFAULT_LIMIT;
  if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('a page holds at least one row');
  if (!page?.after) return { limit };
  // An engine is given text and numbers only, never what it might read as an operator.
  if (typeof page.after.id !== 'string') throw new TypeError('a page goes on after an id');
  return { limit, after: page.after };
};

const requireRange = (from: IndexValue, to: IndexValue, page: Page | undefined): void => {
  const after = page?.after;
  const kinds = new Set<string>([typeof from, typeof to, ...(after ? [typeof after.value] : [])]);
  if (kinds.size > 1) throw new TypeError('from, to and the value to go on after are of one type');
  if (!kinds.has('string') && !kinds.has('number'))
    throw new TypeError('a range is one of text or of numbers');
  if (Number.isNaN(from) || Number.isNaN(to)) throw new RangeError('not a number bounds no range');
};

const reading = <T>({ definition, codec, table, clock }: CollectionParts<T>) => {
  const requireIndex = (index: string): void => {
    if (definition.indexes && Object.hasOwn(definition.indexes, index)) return;
    throw new TypeError(`${definition.name}: no index ${index} is declared`);
  };
  return {
    requireIndex,
    get: async (id: string) => {
      const row = isStorableText(id) ? await table.get(id, clock.now()) : undefined;
      return row && codec.decode(row);
    },
    find: async (index: string, value: IndexValue, page?: Page) => {
      requireIndex(index);
      if (!isIndexable(value)) return [];
      const rows = await table.find(index, value, rowPage(page), clock.now());
      return Promise.all(rows.map(codec.decode));
    },
    range: async (index: string, from: IndexValue, to: IndexValue, page?: Page) => {
      requireIndex(index);
      requireRange(from, to, page);
      const rows = await table.range(index, from, to, rowPage(page), clock.now());
      return Promise.all(rows.map(codec.decode));
    },
  };
};

/** Calls `step` with a batch of the rows at a time; everything that it gives, in order. */
const inBatches = async <R, S>(
  rows: readonly R[],
  step: (batch: readonly R[]) => Promise<S[]>,
): Promise<S[]> => {
  const results: S[] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    results.push(...(await step(rows.slice(start, start + BATCH))));
  }
  return results;
};

const asRejected = (ids: readonly string[]): Rejected[] => ids.map((id) => ({ id }));

const inserting = <T>({ definition, codec, table, clock }: CollectionParts<T>) => {
  const encode = async ({ id, doc, expiresAt }: NewRow<T>) => {
    requireId(id);
    return codec.encode(id, doc, requireMoment(expiresAt));
  };
  return {
    insert: async (id: string, doc: T, expiresAt?: number) => {
      requireId(id);
      const row = await codec.encode(id, doc, requireMoment(expiresAt));
      const rejected = await table.insert([row], clock.now());
      if (rejected.length > 0) throw new AlreadyExists(definition.name, id);
    },
    insertMany: (rows: readonly NewRow<T>[]) =>
      inBatches(rows, async (batch) =>
        asRejected(await table.insert(await Promise.all(batch.map(encode)), clock.now())),
      ),
    restore: (rows: readonly Stored<T>[]) =>
      inBatches(rows, async (batch) => {
        const restored = await Promise.all(
          batch.map(async (row) => ({
            ...(await encode(row)),
            version: requireVersion(row.version),
            consumedAt: requireMoment(row.consumedAt),
          })),
        );
        return asRejected(await table.restore(restored, clock.now()));
      }),
  };
};

const keeping = <T>({ codec, table, clock }: CollectionParts<T>) => {
  const resealed = async (row: StoredRow): Promise<boolean> => {
    const body = await codec.reseal(row);
    return body !== undefined && table.reseal(row.id, row.body, body);
  };
  return {
    scan: async (page?: Page) => {
      const rows = await table.scan(rowPage(page), clock.now());
      return Promise.all(rows.map(codec.decode));
    },
    count: () => table.count(clock.now()),
    reseal: async ({ after, limit }: { readonly after?: string; readonly limit: number }) => {
      if (!codec.sealed) return { seen: 0, resealed: 0 };
      const position = after === undefined ? {} : { after: { id: after } };
      const rows = await table.scan(rowPage({ limit, ...position }), clock.now());
      const outcomes = await Promise.all(rows.map(resealed));
      const last = rows.at(-1);
      return {
        seen: rows.length,
        resealed: outcomes.filter(Boolean).length,
        ...(last && { last: last.id }),
      };
    },
  };
};

/** The documents of a table: checks, encryption and the present moment around an engine's rows. */
export const createCollection = <T>(parts: CollectionParts<T>): Collection<T> => {
  const { definition, codec, table, clock } = parts;
  const { requireIndex, ...reads } = reading(parts);
  return {
    ...reads,
    ...inserting(parts),
    ...keeping(parts),
    put: async (id, doc, expiresAt) => {
      requireId(id);
      await table.put(await codec.encode(id, doc, requireMoment(expiresAt)), clock.now());
    },
    replace: async (id, doc, version, expiresAt) => {
      if (!isStorableText(id) || !Number.isSafeInteger(version)) return false;
      return table.replace(await codec.encode(id, doc, requireMoment(expiresAt)), version, clock.now());
    },
    consume: async (id, at) => {
      if (!isStorableText(id)) return false;
      requireMoment(at);
      return table.consume(id, at, clock.now());
    },
    increment: async (id, field, by, expiresAt) => {
      requireId(id);
      requireCounter(definition, field, by);
      return table.increment(id, field, by, requireMoment(expiresAt), clock.now());
    },
    remove: async (id) => isStorableText(id) && table.remove(id, clock.now()),
    removeBy: async (index, value) => {
      requireIndex(index);
      return isIndexable(value) ? table.removeBy(index, value, clock.now()) : 0;
    },
    purge: async (now, goOn = async () => true) => {
      for (let purged = 0; ; ) {
        const batch = await table.purge(now, BATCH);
        purged += batch;
        if (batch < BATCH || !(await goOn())) return purged;
      }
    },
  };
};
