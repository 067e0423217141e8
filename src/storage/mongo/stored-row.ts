import { type Connection, type Model, mongo, type QueryFilter, Schema, type UpdateQuery } from 'mongoose';
import type { IndexValue } from '../contract.ts';
import type { EncodedRow, RestoredRow, StoredRow, TableLayout } from '../row.ts';

/** A row as it is kept. What is absent is not null, but for an index without a value. */
export interface RowDocument {
  _id: string;
  /** JSON, or a compact JWE where the collection is sealed. */
  body: string;
  version: number;
  consumed_at?: Date;
  expires_at?: Date;
  /** The declared indexes; one that is missing was declared after the row was written. */
  i: Record<string, IndexValue | null>;
  /** What `increment` has added to the fields of the body since that was written. */
  counts?: Record<string, mongo.Long | number>;
}

export type RowModel = Model<RowDocument>;
export type RowFilter = QueryFilter<RowDocument>;
export type RowUpdate = UpdateQuery<RowDocument>;
export type Documents = ReturnType<typeof rowDocuments>;

const rowSchema = () =>
  new Schema<RowDocument>(
    {
      _id: { type: String, required: true },
      body: { type: String, required: true },
      version: { type: Number, required: true },
      consumed_at: Date,
      expires_at: Date,
      i: Schema.Types.Mixed,
      counts: Schema.Types.Mixed,
    },
    { strict: 'throw', strictQuery: 'throw', versionKey: false, minimize: false },
  );

/** The model of one collection; it creates nothing by itself and keeps no call waiting for a connection. */
export const rowModel = (connection: Connection, name: string): RowModel =>
  connection.model<RowDocument>(name, rowSchema(), name);

export const rowDocuments = (connection: Connection, name: string) =>
  connection.collection<RowDocument>(name);

/** The field of a declared index. */
export const field = (index: string): string => `i.${index}`;

/** What of a row depends on its document alone. */
export const contentOf = ({ indexes }: TableLayout, row: EncodedRow): Pick<RowDocument, 'body' | 'i'> => ({
  body: row.body,
  i: Object.fromEntries(indexes.map((index, at) => [index, row.indexes[at] ?? null])),
});

/** A whole row, to be inserted or put in the place of an expired one. */
export const toDocument = (layout: TableLayout, row: RestoredRow): RowDocument => ({
  _id: row.id,
  ...contentOf(layout, row),
  version: row.version,
  ...(row.consumedAt !== null && { consumed_at: new Date(row.consumedAt) }),
  ...(row.expiresAt !== null && { expires_at: new Date(row.expiresAt) }),
});

/** A counter that `increment` adds to: whole numbers of 64 bits, whatever their size today. */
export const toCount = (value: number): mongo.Long => mongo.Long.fromNumber(value);

const toNumber = (count: mongo.Long | number): number =>
  typeof count === 'number' ? count : count.toNumber();

/** The document with what was added to its fields. */
const withCounts = (body: string, counts: NonNullable<RowDocument['counts']>): Record<string, unknown> => {
  // Only flat records of numbers have counters; the codec checks what comes out.
  const doc = JSON.parse(body) as Record<string, unknown>;
  const sums = Object.entries(counts).map(([name, count]) => [
    name,
    Number(doc[name] ?? 0) + toNumber(count),
  ]);
  return { ...doc, ...Object.fromEntries(sums) };
};

export const sumOf = ({ body, counts = {} }: Pick<RowDocument, 'body' | 'counts'>, name: string): number =>
  Number(withCounts(body, counts)[name]);

/** What reading a row asks for: `toRow` needs no index values. */
export const projection = { i: 0 } as const;

export type ReadDocument = Omit<RowDocument, 'i'>;

export const toRow = ({ _id, body, version, consumed_at, expires_at, counts }: ReadDocument): StoredRow => ({
  id: _id,
  body: counts ? JSON.stringify(withCounts(body, counts)) : body,
  version,
  consumedAt: consumed_at?.getTime() ?? null,
  expiresAt: expires_at?.getTime() ?? null,
});
