import type { z } from 'zod';

/**
 * The storage contract. An engine is exactly a `Storage`; every domain store is written once on top of
 * `Collection`. All times are milliseconds since the epoch.
 */

/** A document as read back, with what the engine keeps beside it. */
export interface Stored<T> {
  readonly id: string;
  readonly doc: T;
  /** Grows by one with every write of the row; what `replace` compares. */
  readonly version: number;
  /** Set once, by `consume`; no other write resets it while the row lives. */
  readonly consumedAt?: number;
  /** The row is gone for every reader from this moment on, swept or not. */
  readonly expiresAt?: number;
}

export type IndexValue = string | number;

/** What a domain folder declares about one kind of document. */
export interface CollectionDefinition<T> {
  /** Lower case and underscores; the table's or collection's name. */
  readonly name: string;
  /** Checked on every write, and on every read: a row that no longer fits is a fault, not a guess. */
  readonly schema: z.ZodType<T>;
  /** Declared indexes only. A personal value is indexed by its keyed hash, never in the clear. */
  readonly indexes?: Readonly<Record<string, (doc: T) => IndexValue | undefined>>;
  /**
   * Indexes whose values begin with the same bucket as the ids of their rows (`bucketOf`: the first characters of
   * the person's id). Such a row is kept beside the others of its person, and finding or removing by such an
   * index asks one shard only.
   */
  readonly bucketed?: readonly string[];
  /**
   * How a cluster shares the rows out: `bucket` keeps together those whose ids begin alike, a person's; `hash`
   * scatters them, and is meant where nothing is said and nothing is bucketed.
   */
  readonly spread?: 'bucket' | 'hash';
  /** Personal or document data: the body is kept as a JWE. Not to be combined with `increment`. */
  readonly sealed?: boolean;
}

/** Keyset paging: rows whose position is after that of `after`, at most `limit` (default 100). */
export interface Page {
  readonly after?: { readonly id: string; readonly value?: IndexValue };
  readonly limit?: number;
}

export interface NewRow<T> {
  readonly id: string;
  readonly doc: T;
  readonly expiresAt?: number;
}

/** A row that `insertMany` or `restore` did not take, because a live row has its id. */
export interface Rejected {
  readonly id: string;
}

/** What one call of `reseal` looked at, and where the next one goes on: nowhere, if there is no `last`. */
export interface Resealed {
  readonly seen: number;
  readonly resealed: number;
  readonly last?: string;
}

export interface Collection<T> {
  /** Never an expired one. */
  get(id: string): Promise<Stored<T> | undefined>;
  /** Rows whose declared index equals the value, ordered by id. */
  find(index: string, value: IndexValue, page?: Page): Promise<Stored<T>[]>;
  /** Rows with `from <= value < to`, ordered by value, then id. */
  range(index: string, from: IndexValue, to: IndexValue, page?: Page): Promise<Stored<T>[]>;
  /** Throws `AlreadyExists` over a live row; over an expired one it succeeds, unconsumed, at version 1. */
  insert(id: string, doc: T, expiresAt?: number): Promise<void>;
  insertMany(rows: readonly NewRow<T>[]): Promise<Rejected[]>;
  /** Writes whatever was there. `consumedAt` of a live row stays. Without `expiresAt` the row does not expire. */
  put(id: string, doc: T, expiresAt?: number): Promise<void>;
  /**
   * Compare and swap: writes only if a live row has this version. Keeps the consumed mark and, unless
   * `expiresAt` is given, the expiry.
   */
  replace(id: string, doc: T, version: number, expiresAt?: number): Promise<boolean>;
  /** True exactly once in the life of a row, however many callers race. False for a missing or expired row. */
  consume(id: string, at: number): Promise<boolean>;
  /**
   * Adds to a numeric field of the document and returns the sum; creates the row where there is none or an
   * expired one. `expiresAt` belongs to the creation: a later call keeps the first. Exact under races.
   * The document of such a collection is a flat record of numbers, not sealed, without indexes.
   */
  increment(id: string, field: string, by: number, expiresAt?: number): Promise<number>;
  /** True if a live row was there. */
  remove(id: string): Promise<boolean>;
  /** Removes all rows whose index equals the value; how many live ones there were. */
  removeBy(index: string, value: IndexValue): Promise<number>;
  /** Deletes rows expired at `now`, a bounded batch at a time; how many. `goOn` is asked before each further batch. */
  purge(now: number, goOn?: () => Promise<boolean>): Promise<number>;
  /** Every live row, ordered by id; for moving and keeping, not for serving requests. */
  scan(page?: Page): Promise<Stored<T>[]>;
  /** Writes rows as they stood elsewhere, version, consumed mark and expiry included; names those not taken. */
  restore(rows: readonly Stored<T>[]): Promise<Rejected[]>;
  /** How many live rows there are. */
  count(): Promise<number>;
  /**
   * Seals anew the rows after `after` (at most `limit`) that are not sealed as the cipher seals now; version, marks
   * and expiry stay, and a row written meanwhile is left as it is. Nothing to do in a collection that is not sealed.
   */
  reseal(page: { readonly after?: string; readonly limit: number }): Promise<Resealed>;
}

export interface Storage {
  /** What a person reads: "SQLite 3.51.0", "MongoDB 8.0.4 (replica set rs0)", "FerretDB 2.7.0". */
  readonly engine: string;
  /** The same object for the same definition; opening creates the table, its indexes and new index columns. */
  collection<T>(definition: CollectionDefinition<T>): Collection<T>;
  /** Every collection opened so far, for housekeeping. */
  readonly collections: ReadonlyMap<string, Collection<unknown>>;
  /** Resolves when a write would be durable now; rejects with `StorageUnavailable`. */
  ping(): Promise<void>;
  /** Waits for writes under way. */
  close(): Promise<void>;
}

/** Encryption of a row's body; `context` is "collection/id", so that no row can stand in for another. */
export interface BodyCipher {
  seal(context: string, plaintext: string): Promise<string>;
  open(context: string, sealed: string): Promise<string>;
  /** Whether `seal` would write under this key and in this form today. */
  isCurrent(context: string, sealed: string): boolean;
}

/** `insert` met a live row with this id. */
export class AlreadyExists extends Error {
  override readonly name = 'AlreadyExists';
  readonly collection: string;
  readonly id: string;
  constructor(collection: string, id: string) {
    super(`${collection}: a row with this id exists`);
    this.collection = collection;
    this.id = id;
  }
}

/** The engine cannot answer now: locked, full, closed or away. Callers answer 503; nothing was acknowledged. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}
