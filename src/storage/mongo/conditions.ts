import { bucketOf } from '../bucket.ts';
import type { IndexValue } from '../contract.ts';
import type { RowPage, TableLayout } from '../row.ts';
import { field } from './stored-row.ts';

/** Holds for a row without an end as well. */
export const live = (now: number) => ({ expires_at: { $not: { $lte: new Date(now) } } });

export const expired = (now: number) => ({ expires_at: { $lte: new Date(now) } });

/** The first text after all that begin with `bucket`, whose characters are ASCII wherever rows are. */
const following = (bucket: string): string =>
  bucket.slice(0, -1) + String.fromCharCode(bucket.charCodeAt(bucket.length - 1) + 1);

/** The ids of one person's rows, where the index is kept by person: a cluster then asks their shard alone. */
const withinBucket = ({ bucketed }: TableLayout, index: string, value: IndexValue) => {
  if (!bucketed.includes(index) || typeof value !== 'string') return {};
  const bucket = bucketOf(value);
  return { $gte: bucket, $lt: following(bucket) };
};

const after = ({ after: position }: RowPage) => ({ $gt: position?.id ?? '' });

/** The rows of one value of an index. */
export const ofValue = (layout: TableLayout, index: string, value: IndexValue) => {
  const ids = withinBucket(layout, index, value);
  return { [field(index)]: value, ...('$gte' in ids && { _id: ids }) };
};

/** A page of them, ordered by id. */
export const pageOfValue = (layout: TableLayout, index: string, value: IndexValue, page: RowPage) => ({
  [field(index)]: value,
  _id: { ...withinBucket(layout, index, value), ...after(page) },
});

/** A page of the rows with `from <= value < to`, ordered by value, then id. */
export const pageOfRange = (index: string, from: IndexValue, to: IndexValue, page: RowPage) => {
  const path = field(index);
  const start = page.after?.value ?? from;
  return {
    // Said twice so that the server enters the index where the page begins.
    $and: [{ [path]: { $gte: from } }, { [path]: { $gte: start } }, { [path]: { $lt: to } }],
    $or: [{ [path]: { $gt: start } }, { _id: after(page) }],
  };
};

/** A page of all rows, ordered by id. */
export const pageOfAll = (page: RowPage) => ({ _id: after(page) });
