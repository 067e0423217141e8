import { setTimeout } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { StorageUnavailable } from '../contract.ts';
import type { TableLayout } from '../row.ts';
import { type BackfillParts, fillIndexes } from './backfill.ts';
import { bounded, PATIENCE } from './call.ts';
import { unavailable } from './failure.ts';
import { missingIndexes } from './server-indexes.ts';
import { rowDocuments } from './stored-row.ts';

/** How often is looked again: whether the database is back, or another instance has filled the index. */
const PAUSE = 250;

export interface PreparationParts extends BackfillParts {
  readonly server: string;
  /** For what may take hours. */
  readonly patient: () => Promise<Connection>;
  /** Shares a new collection out over the shards of a cluster. */
  readonly shard?: (layout: TableLayout) => Promise<void>;
}

interface Preparation {
  /** Resolves when every row carries the index; rejects with `StorageUnavailable` where that takes long. */
  readonly indexReady: (index: string) => Promise<void>;
  /** Rejects where an index cannot be filled, or the storage closes first; the next opening goes on from there. */
  readonly done: Promise<void>;
}

/** Looks after indexes while calls are served: makes those that the server lacks, then fills what rows lack. */
export const startPreparation = (parts: PreparationParts): Preparation => {
  const { server, layout, marks, clock, closing, patient, shard, documents } = parts;
  const { name } = layout;
  const waiting = new Map(layout.indexes.map((index) => [index, Promise.withResolvers<void>()]));
  const settle = (indexes: Iterable<string>): void => {
    for (const index of indexes) {
      waiting.get(index)?.resolve();
      waiting.delete(index);
    }
  };

  const makeIndexes = async (): Promise<void> => {
    const missing = await missingIndexes(documents, layout);
    if (missing.length === 0) return;
    await shard?.(layout);
    await rowDocuments(await patient(), name).createIndexes(missing);
  };
  /** True if nothing is left to do. */
  const round = async (): Promise<boolean> => {
    settle(await marks.complete(layout));
    await makeIndexes();
    const indexes = [...waiting.keys()];
    if (indexes.length === 0) return true;
    const filledTo = await marks.claim(name, indexes, clock.now());
    if (filledTo === undefined) return false;
    try {
      await fillIndexes(parts, indexes, filledTo);
    } catch (error) {
      await marks.release(name).catch(() => undefined);
      throw error;
    }
    settle(indexes);
    return true;
  };
  const isUnavailable = (error: unknown): boolean => unavailable(server, error) !== undefined;

  const run = async (): Promise<void> => {
    while (!closing.aborted) {
      try {
        if (await round()) return;
      } catch (error) {
        if (!isUnavailable(error)) throw error;
      }
      await setTimeout(PAUSE, undefined, { signal: closing }).catch(() => undefined);
    }
    throw new StorageUnavailable(`${name}: closed while an index was being filled`);
  };

  const done = run();
  done.catch((error: unknown) => {
    for (const { promise, reject } of waiting.values()) {
      promise.catch(() => undefined);
      reject(error);
    }
  });
  return {
    done,
    indexReady: async (index) => {
      const ready = waiting.get(index)?.promise;
      if (!ready) return;
      const late = () =>
        new StorageUnavailable(`${server}: the index ${name}.${index} is being filled; ask again later`);
      await bounded(ready, PATIENCE, late);
    },
  };
};
