import { z } from 'zod';
import type { CollectionDefinition, Storage } from '../contract.ts';
import { BATCH, type KeptCollection, type Watch } from './kept-collection.ts';

const positionSchema = z.strictObject({
  collection: z.string(),
  after: z.string(),
  /** Rows looked at in that collection so far. */
  seen: z.number().int(),
});
type Position = z.infer<typeof positionSchema>;

/** How far a long task has come; a row for each task under way. */
const storageTasks: CollectionDefinition<Position> = { name: 'storage_tasks', schema: positionSchema };

/** Passes from the start after which a writer must be at work who still uses another key. */
const CHECKS = 3;

export interface Resealing {
  readonly storage: Storage;
  readonly collections: readonly KeptCollection[];
  /** Names the task. A position kept under one name is gone on from under that name only. */
  readonly task: string;
  readonly watch: Watch;
}

export interface Resealed {
  /** `unsettled`: rows came up anew under another key each time all were looked at. */
  readonly end: 'done' | 'stopped' | 'unsettled';
  readonly resealed: number;
}

interface Pass {
  readonly rows: readonly KeptCollection[];
  readonly from: Position | undefined;
  readonly watch: Watch;
  /** Kept before the next batch begins. */
  readonly keep: (position: Position) => Promise<void>;
}

/** All sealed rows once, from a position on; how many were sealed anew, and whether the end was reached. */
async function pass({ rows, from, watch, keep }: Pass): Promise<{ resealed: number; stopped: boolean }> {
  let resealed = 0;
  const reached = from?.collection ?? '';
  for (const { name, collection } of rows.filter((kept) => kept.name >= reached)) {
    let { after, seen }: { after?: string; seen: number } = from?.collection === name ? from : { seen: 0 };
    for (;;) {
      const batch = await collection.reseal({ limit: BATCH, ...(after !== undefined && { after }) });
      if (batch.last === undefined) break;
      after = batch.last;
      seen += batch.seen;
      resealed += batch.resealed;
      await keep({ collection: name, after, seen });
      await watch.report(name, seen);
      if (watch.stopped()) return { resealed, stopped: true };
    }
  }
  return { resealed, stopped: false };
}

const byName = (one: KeptCollection, other: KeptCollection): number => (one.name < other.name ? -1 : 1);

/**
 * Seals anew every row of the sealed collections that is not sealed as the cipher seals now, beside other work. The
 * first pass goes on where an interrupted one ended; `done` means that a whole pass from the start found nothing left.
 */
export async function resealAll({ storage, collections, task, watch }: Resealing): Promise<Resealed> {
  const tasks = storage.collection(storageTasks);
  const rows = collections.filter(({ sealed }) => sealed).sort(byName);
  const first = await pass({
    rows,
    from: (await tasks.get(task))?.doc,
    watch,
    keep: (position) => tasks.put(task, position),
  });
  let { resealed } = first;
  if (first.stopped) return { end: 'stopped', resealed };
  for (let check = 0; check < CHECKS; check += 1) {
    const found = await pass({ rows, from: undefined, watch, keep: async () => {} });
    resealed += found.resealed;
    if (found.stopped) return { end: 'stopped', resealed };
    if (found.resealed > 0) continue;
    await tasks.remove(task);
    return { end: 'done', resealed };
  }
  return { end: 'unsettled', resealed };
}
