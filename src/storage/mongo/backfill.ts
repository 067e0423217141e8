import type { Clock } from '../../clock/clock.ts';
import { StorageUnavailable } from '../contract.ts';
import type { TableLayout } from '../row.ts';
import type { LayoutMarks } from './layout-marks.ts';
import { type Documents, field, type RowDocument, type RowModel, toRow } from './stored-row.ts';

const BATCH = 200;

export interface BackfillParts {
  readonly model: RowModel;
  readonly documents: Documents;
  readonly layout: TableLayout;
  readonly marks: LayoutMarks;
  readonly clock: Clock;
  /** Aborted when the storage closes. */
  readonly closing: AbortSignal;
}

/** Gives the rows that were there before an index its values. Only for who has claimed that, from `filledTo` on. */
export const fillIndexes = async (
  { model, documents, layout, marks, clock, closing }: BackfillParts,
  indexes: readonly string[],
  filledTo: string,
): Promise<void> => {
  const { name } = layout;
  const lacks = ({ i }: RowDocument): boolean => indexes.some((index) => !Object.hasOwn(i, index));
  const filling = async (row: RowDocument) => {
    const values = await layout.indexValues(toRow(row));
    const set = indexes.map((index) => [field(index), values[layout.indexes.indexOf(index)] ?? null]);
    // On the same body only: a row written meanwhile brought its own values.
    return {
      updateOne: { filter: { _id: row._id, body: row.body }, update: { $set: Object.fromEntries(set) } },
    };
  };
  const fill = async (rows: readonly RowDocument[]): Promise<void> => {
    if (rows.length === 0) return;
    const updates = await Promise.all(rows.map(filling));
    const { matchedCount } = await documents.bulkWrite(updates, { ordered: false });
    if (matchedCount === rows.length) return;
    // A row that was only sealed anew meanwhile has a new body and brought no values.
    const changed = await model.find({ _id: { $in: rows.map(({ _id }) => _id) } }).lean<RowDocument[]>();
    await fill(changed.filter(lacks));
  };

  for (let last = filledTo; ; ) {
    if (closing.aborted) throw new StorageUnavailable(`${name}: closed while an index was being filled`);
    const rows = await model
      .find({ _id: { $gt: last } }, null, { sort: { _id: 1 }, limit: BATCH, batchSize: BATCH })
      .lean<RowDocument[]>();
    await fill(rows.filter(lacks));
    last = rows.at(-1)?._id ?? last;
    const held =
      rows.length > 0
        ? await marks.progress(name, indexes, last, clock.now())
        : await marks.finish(name, indexes);
    if (!held) throw new StorageUnavailable(`${name}: another instance took over filling an index`);
    if (rows.length === 0) return;
  }
};
