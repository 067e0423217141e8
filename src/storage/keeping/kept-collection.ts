import type { Collection } from '../contract.ts';

/** A collection with what moving and keeping data needs to know of it. */
export interface KeptCollection {
  readonly name: string;
  readonly sealed: boolean;
  readonly collection: Collection<unknown>;
}

/** Who looks on while a long task runs. */
export interface Watch {
  /** Awaited after each batch: how many rows of the collection are done. */
  report(collection: string, done: number): Promise<void> | void;
  /** Asked after each batch; true ends the task there, so that it can be gone on with. */
  stopped(): boolean;
}

/** Rows of one batch: read, written and reported together. */
export const BATCH = 500;
