import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock/clock.ts';
import {
  type Collection,
  type CollectionDefinition,
  type Storage,
  StorageUnavailable,
  type Stored,
} from '../contract.ts';
import { type Lease, leaseDefinition } from '../lease.ts';
import { DATA_VERSION, insertState, isEmpty, readState, writeState } from './data-version.ts';
import { BATCH, type KeptCollection, type Watch } from './kept-collection.ts';
import { type Hold, underLease } from './under-lease.ts';

/** In the target, and apart from the leases of the source, which are copied with everything else. */
const copyLeases: CollectionDefinition<Lease> = { ...leaseDefinition, name: 'copy_leases' };

/** How often two numbers of rows are compared before they count as different. */
const COUNTS = 3;

/** One collection after its rows were copied. */
export interface CopiedCollection {
  readonly name: string;
  /** Rows in the source when all was copied. */
  readonly source: number;
  /** Rows that this run wrote, and rows that were there already and are equal. */
  readonly copied: number;
  readonly present: number;
  /** Ids of rows that were there already and are not equal. */
  readonly different: readonly string[];
  /** Rows in the target when all was copied. */
  readonly target: number;
}

export interface Copying {
  readonly from: readonly KeptCollection[];
  readonly to: readonly KeptCollection[];
  readonly target: Storage;
  readonly watch: Watch;
  readonly clock: Clock;
}

export interface Copied {
  readonly end: 'done' | 'stopped' | 'unequal';
  readonly collections: readonly CopiedCollection[];
}

/** Whether the target can take a copy: nothing is there, a copy was begun there, or it holds data of its own. */
export async function copyTarget(
  target: Storage,
  collections: readonly KeptCollection[],
): Promise<'empty' | 'begun' | 'taken'> {
  const state = await readState(target);
  if (state) return state.copying ? 'begun' : 'taken';
  return (await isEmpty(collections)) ? 'empty' : 'taken';
}

/** Of rows that the target had already: the ids of those that are not the same there. */
async function unequal(rows: readonly Stored<unknown>[], target: Collection<unknown>): Promise<string[]> {
  const compared = await Promise.all(
    rows.map(async (row) => {
      const there = await target.get(row.id);
      return there === undefined || isDeepStrictEqual(there, row) ? [] : [row.id];
    }),
  );
  return compared.flat();
}

interface Pair {
  readonly source: KeptCollection;
  readonly target: KeptCollection;
}

type Tally = Pick<CopiedCollection, 'copied' | 'present' | 'different'> & { readonly stopped: boolean };

async function copyRows({ source, target }: Pair, watch: Watch, hold: Hold): Promise<Tally> {
  let [copied, present] = [0, 0];
  const different: string[] = [];
  for (let after: { id: string } | undefined; ; ) {
    const rows = await source.collection.scan({ limit: BATCH, ...(after && { after }) });
    const last = rows.at(-1);
    if (!last) return { copied, present, different, stopped: false };
    await hold();
    const rejected = new Set((await target.collection.restore(rows)).map(({ id }) => id));
    const others = await unequal(
      rows.filter(({ id }) => rejected.has(id)),
      target.collection,
    );
    different.push(...others);
    copied += rows.length - rejected.size;
    present += rejected.size - others.length;
    after = { id: last.id };
    await watch.report(source.name, copied + present + different.length);
    if (watch.stopped()) return { copied, present, different, stopped: true };
  }
}

const isWhole = ({ source, target, different }: CopiedCollection): boolean =>
  different.length === 0 && source === target;

const paired = ({ from, to }: Copying): Pair[] =>
  from.map((source) => {
    const target = to.find(({ name }) => name === source.name);
    if (!target) throw new Error(`${source.name}: not opened in the target`);
    return { source, target };
  });

/** Rows in both. Counted again where the numbers differ: a row may have ended between the two counts. */
async function countBoth({ source, target }: Pair): Promise<{ source: number; target: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const counts = { source: await source.collection.count(), target: await target.collection.count() };
    if (counts.source === counts.target || attempt === COUNTS) return counts;
  }
}

/** Marks the target as a copy that is being filled. One that has become a database in use is not filled any further. */
async function beginIn(target: Storage): Promise<void> {
  if (await insertState(target, { version: DATA_VERSION, copying: true })) return;
  if ((await readState(target))?.copying) return;
  throw new StorageUnavailable(
    'Nothing was copied: since the target was looked at, another copy to it has ended, or a server has started on it.',
  );
}

async function fill(copying: Copying, hold: Hold): Promise<Copied> {
  const { target, watch } = copying;
  await beginIn(target);
  const tallies: (Tally & { readonly pair: Pair })[] = [];
  for (const pair of paired(copying)) {
    const tally = await copyRows(pair, watch, hold);
    if (tally.stopped) return { end: 'stopped', collections: [] };
    tallies.push({ ...tally, pair });
  }
  const collections: CopiedCollection[] = [];
  for (const { pair, copied, present, different } of tallies) {
    collections.push({ name: pair.source.name, copied, present, different, ...(await countBoth(pair)) });
  }
  if (!collections.every(isWhole)) return { end: 'unequal', collections };
  await hold();
  await writeState(target, { version: DATA_VERSION });
  return { end: 'done', collections };
}

/**
 * Copies every row with its version, mark and end; bodies are opened and sealed again on the way. Can be interrupted
 * and run again: rows that are there and equal count as present. The target serves nobody before all of it is there.
 * It has to be one that `copyTarget` found `empty` or `begun`. Throws `StorageUnavailable` where it is neither any more:
 * a late copy would bring back rows that were removed there.
 */
export const copyAll = (copying: Copying): Promise<Copied> =>
  underLease(
    {
      leases: copying.target.collection(copyLeases),
      name: 'storage-copy',
      task: 'copy to this target',
      clock: copying.clock,
    },
    (hold) => fill(copying, hold),
  );
