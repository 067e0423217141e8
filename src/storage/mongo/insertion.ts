import { mongo } from 'mongoose';
import type { RestoredRow, TableLayout } from '../row.ts';
import type { Attempt, Call } from './call.ts';
import { expired, live } from './conditions.ts';
import { isDuplicate, isUnconfirmed } from './failure.ts';
import { type Documents, type RowModel, toDocument } from './stored-row.ts';

/** The rows of one collection, as calls reach them. */
export interface Rows {
  readonly model: RowModel;
  /** The same collection past the model, which would make an object with setters of a whole document. */
  readonly documents: Documents;
  readonly layout: TableLayout;
  readonly call: Call;
}

/** What to do about a live row that has the id; false if it went away meanwhile. */
export type Meet = (attempt: Attempt) => Promise<boolean>;

/**
 * Inserts, over an expired row too. True if the row was inserted, false if a live one was met. An upsert would be
 * shorter, but what it reports is not true on every server.
 */
export const insertOr = async (
  attempt: Attempt,
  { documents, layout }: Rows,
  row: RestoredRow,
  now: number,
  meet: Meet,
): Promise<boolean> => {
  const document = toDocument(layout, row);
  const insertNew = async (): Promise<boolean> => {
    try {
      await attempt((time) => documents.insertOne(document, time));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };
  const replaceExpired = async (): Promise<boolean> => {
    const filter = { _id: row.id, ...expired(now) };
    const { matchedCount } = await attempt((time) => documents.replaceOne(filter, document, time));
    return matchedCount === 1;
  };
  // Neither: what had the id went away between two steps.
  for (;;) {
    if (await insertNew()) return true;
    if (await meet(attempt)) return false;
    if (await replaceExpired()) return true;
  }
};

/** The rows that one bulk could not insert, whatever the reason: each is then tried on its own and says its own. */
const insertBulk = ({ documents, layout, call }: Rows, rows: readonly RestoredRow[]) =>
  call(async (attempt) => {
    const inserted = rows.map((row) => toDocument(layout, row));
    try {
      await attempt((time) => documents.insertMany(inserted, { ordered: false, ...time }));
      return [];
    } catch (error) {
      const failed = error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
      // Without any the bulk failed as a whole, and nobody knows what of it was done.
      if (failed.length === 0 || isUnconfirmed(error)) throw error;
      return failed.flatMap(({ index }) => rows[index] ?? []);
    }
  });

/** Inserts rows as they are given; the ids that a live row already had, in order. */
export const createRestore = (collection: Rows) => {
  const { model, call } = collection;
  const isTaken = async (row: RestoredRow, now: number): Promise<boolean> => {
    const filter = { _id: row.id, ...live(now) };
    const isLive: Meet = async (attempt) =>
      (await attempt((time) => model.findOne(filter, { _id: 1 }, time).lean())) !== null;
    return !(await call((attempt) => insertOr(attempt, collection, row, now, isLive)));
  };

  return async (rows: readonly RestoredRow[], now: number): Promise<string[]> => {
    const first = new Map(rows.toReversed().map((row) => [row.id, row]));
    // Of two rows with one id the first is to win, which a bulk without order does not promise.
    const unique = rows.filter((row) => first.get(row.id) === row);
    const left = unique.length > 1 ? await insertBulk(collection, unique) : unique;
    const taken = await Promise.all(left.map((row) => isTaken(row, now)));
    const rejected = new Set(left.filter((_, at) => taken[at]));
    return rows.filter((row) => rejected.has(row) || first.get(row.id) !== row).map(({ id }) => id);
  };
};
