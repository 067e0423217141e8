import type { IndexValue } from '../contract.ts';
import { freshRow, type RowPage, type RowTable } from '../row.ts';
import { expired, live, ofValue, pageOfAll, pageOfRange, pageOfValue } from './conditions.ts';
import { createRestore, type Rows } from './insertion.ts';
import { createOverwriting } from './overwriting.ts';
import { field, projection, type ReadDocument, type RowFilter, toRow } from './stored-row.ts';

export interface TableParts extends Rows {
  /** Resolves when every row carries the index. */
  readonly indexReady: (index: string) => Promise<void>;
  /** Counts what meets the condition, for as long as that takes. */
  readonly countSlowly: (filter: ReturnType<typeof live>) => Promise<number>;
}

type Sort = Readonly<Record<string, 1>>;

const reading = ({ model, layout, call, indexReady, countSlowly }: TableParts) => {
  const list = (filter: RowFilter, sort: Sort, { limit }: RowPage) =>
    call(async (attempt) => {
      const found = await attempt((time) =>
        model.find(filter, projection, { sort, limit, batchSize: limit, ...time }).lean<ReadDocument[]>(),
      );
      return found.map(toRow);
    });
  return {
    get: (id: string, now: number) =>
      call(async (attempt) => {
        const found = await attempt((time) =>
          model.findOne({ _id: id, ...live(now) }, projection, time).lean<ReadDocument>(),
        );
        return found ? toRow(found) : undefined;
      }),
    find: async (index: string, value: IndexValue, page: RowPage, now: number) => {
      await indexReady(index);
      return list({ ...pageOfValue(layout, index, value, page), ...live(now) }, { _id: 1 }, page);
    },
    range: async (index: string, from: IndexValue, to: IndexValue, page: RowPage, now: number) => {
      await indexReady(index);
      return list(
        { ...pageOfRange(index, from, to, page), ...live(now) },
        { [field(index)]: 1, _id: 1 },
        page,
      );
    },
    scan: (page: RowPage, now: number) => list({ ...pageOfAll(page), ...live(now) }, { _id: 1 }, page),
    count: (now: number) => countSlowly(live(now)),
  };
};

const removing = ({ model, layout, call, indexReady }: TableParts) => ({
  remove: (id: string, now: number) =>
    call(async (attempt) => {
      const removed = await attempt((time) =>
        model
          .findOneAndDelete({ _id: id }, { projection: { expires_at: 1 }, ...time })
          .lean<Pick<ReadDocument, 'expires_at'>>(),
      );
      return removed !== null && (removed.expires_at?.getTime() ?? Number.POSITIVE_INFINITY) > now;
    }),
  removeBy: async (index: string, value: IndexValue, now: number) => {
    await indexReady(index);
    const filter = ofValue(layout, index, value);
    // Also what has ended by this clock: an instance whose clock is behind would still show it.
    const [{ deletedCount }] = await call((attempt) =>
      Promise.all([
        attempt((time) => model.deleteMany({ ...filter, ...live(now) }, time)),
        attempt((time) => model.deleteMany({ ...filter, ...expired(now) }, time)),
      ]),
    );
    return deletedCount;
  },
  purge: (now: number, limit: number) =>
    call(async (attempt) => {
      const found = await attempt((time) =>
        model
          .find(expired(now), { _id: 1 }, { limit, batchSize: limit, ...time })
          .lean<Pick<ReadDocument, '_id'>[]>(),
      );
      if (found.length === 0) return 0;
      const ids = found.map(({ _id }) => _id);
      const ended = { _id: { $in: ids }, ...expired(now) };
      const { deletedCount } = await attempt((time) => model.deleteMany(ended, time));
      return deletedCount;
    }),
});

/** The rows of one MongoDB collection. Every decision is the condition of a single write to a single document. */
export const createTable = (parts: TableParts): RowTable => {
  const restore = createRestore(parts);
  return {
    ...reading(parts),
    ...createOverwriting(parts),
    ...removing(parts),
    insert: (rows, now) => restore(rows.map(freshRow), now),
    restore,
  };
};
