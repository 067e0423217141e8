import { type EncodedRow, freshRow, type RowTable, type TableLayout } from '../row.ts';
import { live } from './conditions.ts';
import { insertOr, type Meet, type Rows } from './insertion.ts';
import { contentOf, type RowDocument, type RowFilter, type RowUpdate, sumOf, toCount } from './stored-row.ts';

const bumped = { version: 1 };

/** A row put over another: its end is the new one's, and what was added to the old body goes with it. */
const putting = (layout: TableLayout, row: EncodedRow) =>
  row.expiresAt === null
    ? { $set: contentOf(layout, row), $inc: bumped, $unset: { counts: 1, expires_at: 1 } }
    : {
        $set: { ...contentOf(layout, row), expires_at: new Date(row.expiresAt) },
        $inc: bumped,
        $unset: { counts: 1 },
      };

/** A row replaced by its next version: it keeps its end where it is given none. */
const replacing = (layout: TableLayout, row: EncodedRow) => ({
  $set: {
    ...contentOf(layout, row),
    ...(row.expiresAt !== null && { expires_at: new Date(row.expiresAt) }),
  },
  $inc: bumped,
  $unset: { counts: 1 },
});

type Overwriting = Pick<RowTable, 'put' | 'replace' | 'consume' | 'reseal' | 'increment'>;

/** The writes that change a row which is there. Each is one update under a condition, never an upsert. */
export const createOverwriting = (rows: Rows): Overwriting => {
  const { model, layout, call } = rows;

  /** True if a row met the condition. */
  const updating =
    (filter: RowFilter, change: RowUpdate): Meet =>
    async (attempt) => {
      const { matchedCount } = await attempt((time) => model.updateOne(filter, change, time));
      return matchedCount === 1;
    };

  return {
    put: async (row, now) => {
      const overwrite = updating({ _id: row.id, ...live(now) }, putting(layout, row));
      await call((attempt) => insertOr(attempt, rows, freshRow(row), now, overwrite));
    },
    replace: (row, version, now) =>
      call(updating({ _id: row.id, version, ...live(now) }, replacing(layout, row))),
    consume: (id, at, now) =>
      call(
        updating(
          { _id: id, consumed_at: null, ...live(now) },
          { $set: { consumed_at: new Date(at) }, $inc: bumped },
        ),
      ),
    reseal: (id, from, to) => call(updating({ _id: id, body: from }, { $set: { body: to } })),
    increment: (id, name, by, expiresAt, now) => {
      let sum = by;
      const add: Meet = async (attempt) => {
        const added = await attempt((time) =>
          model
            .findOneAndUpdate(
              { _id: id, ...live(now) },
              { $inc: { [`counts.${name}`]: toCount(by), ...bumped } },
              { returnDocument: 'after', projection: { body: 1, counts: 1 }, ...time },
            )
            .lean<Pick<RowDocument, 'body' | 'counts'>>(),
        );
        if (added) sum = sumOf(added, name);
        return added !== null;
      };
      const row = freshRow({ id, body: JSON.stringify({ [name]: by }), indexes: [], expiresAt });
      return call(async (attempt) => {
        if (!(await add(attempt))) await insertOr(attempt, rows, row, now, add);
        return sum;
      });
    },
  };
};
