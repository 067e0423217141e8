import type { IndexValue, Page } from './contract.ts';

/** What an engine sees of a document: text it does not understand, and the values it is to index. */
export interface EncodedRow {
  readonly id: string;
  /** JSON, or a compact JWE where the collection is sealed. */
  readonly body: string;
  /** In the order of `TableLayout.indexes`; null where the document has no value. */
  readonly indexes: readonly (IndexValue | null)[];
  readonly expiresAt: number | null;
}

/** A row as an engine gives it back. */
export interface StoredRow {
  readonly id: string;
  readonly body: string;
  readonly version: number;
  readonly consumedAt: number | null;
  readonly expiresAt: number | null;
}

/** A row that keeps what it had elsewhere. */
export interface RestoredRow extends EncodedRow {
  readonly version: number;
  readonly consumedAt: number | null;
}

/** A row that begins its life. */
export const freshRow = (row: EncodedRow): RestoredRow => ({ ...row, version: 1, consumedAt: null });

/** What an engine needs to know of a collection to keep it. */
export interface TableLayout {
  readonly name: string;
  readonly indexes: readonly string[];
  /** Those of `indexes` whose values begin with the bucket of their row's id. */
  readonly bucketed: readonly string[];
  /** Whether rows whose ids begin alike are kept together. */
  readonly spread: 'bucket' | 'hash';
  /** The index values of a row that was written before an index was declared. */
  readonly indexValues: (row: StoredRow) => Promise<readonly (IndexValue | null)[]>;
}

/** A position and a size; `undefined` means from the start. */
export type RowPage = Required<Pick<Page, 'limit'>> & Pick<Page, 'after'>;

/**
 * One collection as an engine keeps it. `now` decides which rows live: a row is gone when `expiresAt <= now`.
 * The rules of each call are those of `Collection`; documents, checks and encryption are not the engine's.
 */
export interface RowTable {
  get(id: string, now: number): Promise<StoredRow | undefined>;
  find(index: string, value: IndexValue, page: RowPage, now: number): Promise<StoredRow[]>;
  range(index: string, from: IndexValue, to: IndexValue, page: RowPage, now: number): Promise<StoredRow[]>;
  /** The ids that a live row already had, in order. */
  insert(rows: readonly EncodedRow[], now: number): Promise<string[]>;
  put(row: EncodedRow, now: number): Promise<void>;
  replace(row: EncodedRow, version: number, now: number): Promise<boolean>;
  consume(id: string, at: number, now: number): Promise<boolean>;
  increment(id: string, field: string, by: number, expiresAt: number | null, now: number): Promise<number>;
  remove(id: string, now: number): Promise<boolean>;
  removeBy(index: string, value: IndexValue, now: number): Promise<number>;
  /** Deletes at most `limit` rows expired at `now`; how many. */
  purge(now: number, limit: number): Promise<number>;
  scan(page: RowPage, now: number): Promise<StoredRow[]>;
  /** The ids that a live row already had, in order. */
  restore(rows: readonly RestoredRow[], now: number): Promise<string[]>;
  count(now: number): Promise<number>;
  /** Replaces the body, and nothing else, where it still is `from`. */
  reseal(id: string, from: string, to: string): Promise<boolean>;
}

/** A database as `assembleStorage` needs it. */
export interface RowEngine {
  /** Name and version, for people. */
  readonly engine: string;
  openTable(layout: TableLayout): RowTable;
  ping(): Promise<void>;
  /** Closing has begun: calls under way go on, but none is to wait for long work of the engine's own. */
  stop(): void;
  /** Called once, when no call is under way any more. */
  close(): Promise<void>;
}
