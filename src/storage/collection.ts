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
} from './contract.ts';
import { requireCounter } from './counter-field.ts';
import type { RowPage, RowTable } from './row.ts';
import { isStorableText, requireId, requireMoment } from './storable.ts';

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
  return page?.after ? { limit, after: page.after } : { limit };
};

const requireRange = (from: IndexValue, to: IndexValue, page: Page | undefined): void => {
  const after = page?.after;
  const kinds = new Set([typeof from, typeof to, ...(after ? [typeof after.value] : [])]);
  if (kinds.size > 1) throw new TypeError('from, to and the value to go on after are of one type');
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
      if (value === '') return [];
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
    insertMany: async (rows: readonly NewRow<T>[]) => {
      const rejected: Rejected[] = [];
      for (let start = 0; start < rows.length; start += BATCH) {
        const encoded = await Promise.all(rows.slice(start, start + BATCH).map(encode));
        const ids = await table.insert(encoded, clock.now());
        rejected.push(...ids.map((id) => ({ id })));
      }
      return rejected;
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
    put: async (id, doc, expiresAt) => {
      requireId(id);
      await table.put(await codec.encode(id, doc, requireMoment(expiresAt)), clock.now());
    },
    replace: async (id, doc, version, expiresAt) => {
      if (!isStorableText(id)) return false;
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
      return isStorableText(value) || typeof value === 'number'
        ? table.removeBy(index, value, clock.now())
        : 0;
    },
    purge: async (now) => {
      let purged = 0;
      for (let batch = BATCH; batch === BATCH; purged += batch) batch = await table.purge(now, BATCH);
      return purged;
    },
  };
};
