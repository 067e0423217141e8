import type { Clock } from '../../clock/clock.ts';
import type { Storage } from '../contract.ts';
import { leaseDefinition } from '../lease.ts';
import { readState, writeState } from './data-version.ts';
import type { KeptCollection, Watch } from './kept-collection.ts';
import { type Migration, type MigrationStep, migrations } from './migrations.ts';
import type { Resealed } from './reseal-all.ts';
import { type Hold, underLease } from './under-lease.ts';

/** A step that is to be done, and how many rows it goes through. */
export interface PlannedStep {
  readonly version: number;
  readonly step: MigrationStep;
  readonly collections: readonly KeptCollection[];
  readonly rows: number;
}

interface Standing {
  readonly version: number;
  readonly migrating?: { readonly to: number; readonly done: readonly string[] } | undefined;
}

const remaining = ({ version, migrating }: Standing): { migration: Migration; steps: MigrationStep[] }[] =>
  migrations
    .filter((migration) => migration.version > version)
    .map((migration) => ({
      migration,
      steps: migration.steps.filter(
        ({ name }) => !(migrating?.to === migration.version && migrating.done.includes(name)),
      ),
    }));

/** What is still to be done to data in this state, in order. */
export async function planMigration(
  state: Standing,
  collections: readonly KeptCollection[],
): Promise<PlannedStep[]> {
  const plan: PlannedStep[] = [];
  for (const { migration, steps } of remaining(state)) {
    for (const step of steps) {
      const concerned = collections.filter(step.concerns);
      const counts = await Promise.all(concerned.map(({ collection }) => collection.count()));
      const rows = counts.reduce((sum, count) => sum + count, 0);
      plan.push({ version: migration.version, step, collections: concerned, rows });
    }
  }
  return plan;
}

export interface MigrationWork {
  readonly storage: Storage;
  readonly collections: readonly KeptCollection[];
  readonly clock: Clock;
  readonly watch: Watch & { begin(step: MigrationStep): void };
}

/** `unsettled`: a server is still writing in the former form. */
export type MigrationEnd = Resealed['end'];

/** Takes what is left of a migration step by step, and keeps which steps are done. */
async function runSteps({ storage, collections, watch }: MigrationWork, hold: Hold): Promise<MigrationEnd> {
  const held: Watch = {
    report: async (collection, done) => {
      await hold();
      await watch.report(collection, done);
    },
    stopped: watch.stopped,
  };
  for (;;) {
    await hold();
    // Read under the lease: another run may have ended since the plan was made.
    const { version, migrating } = (await readState(storage)) ?? { version: 1 };
    const [next] = remaining({ version, migrating });
    if (!next) return 'done';
    const { migration, steps } = next;
    const [step] = steps;
    if (!step) {
      await writeState(storage, { version: migration.version });
      continue;
    }
    watch.begin(step);
    const concerned = collections.filter(step.concerns);
    const end = await step.run({ storage, collections: concerned, watch: held, hold });
    if (end !== 'done') return end;
    await hold();
    const before = migrating?.to === migration.version ? migrating.done : [];
    const done = [...before, step.name];
    await writeState(storage, { version, migrating: { to: migration.version, done } });
  }
}

/**
 * Brings the data to the newest version, from where an interrupted run ended. One runs at a time: a late second one would
 * end the sign-ins made after the first. Throws `StorageUnavailable` where another one is at it or has been.
 */
export const migrate = (work: MigrationWork): Promise<MigrationEnd> =>
  underLease(
    {
      leases: work.storage.collection(leaseDefinition),
      name: 'storage-migrate',
      task: 'migration',
      clock: work.clock,
    },
    (hold) => runSteps(work, hold),
  );
