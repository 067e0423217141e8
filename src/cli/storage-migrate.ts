import { Command } from 'commander';
import { DATA_VERSION } from '../storage/keeping/data-version.ts';
import { type MigrationEnd, migrate, type PlannedStep, planMigration } from '../storage/keeping/migrate.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { interruptible, refusedToGo } from './go-ahead.ts';
import {
  closingAfter,
  type KeepingContext,
  type KeptStorage,
  recordIn,
  requireData,
} from './keeping-context.ts';
import { counted } from './layout.ts';
import { createProgress, createRowProgress } from './progress.ts';
import { printableAddress } from './storage-address.ts';
import { printJson } from './terminal.ts';

interface MigrateFlags {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const HELP = `
A release whose data have another form does not start on older data. Then:
  1. Stop every server.
  2. Make a backup:  npm run admin -- storage backup before.db
  3. npm run admin -- storage migrate          says what it will do, asks, and does it
     npm run admin -- storage migrate --yes    asks nothing, for scripts
  4. Start the new release.

Ctrl+C ends it after the batch under way; run it again and it goes on from there.`;

/** `storage migrate`: brings the data to the version that this release works on. */
export function storageMigrate(cli: Cli): Command {
  return new Command('migrate')
    .description('Bring the data to the version that this release works on.')
    .option('--yes', 'do not ask; needed where nobody can answer')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action((flags: MigrateFlags) => cli.withKeeping((context) => migrateStorage(cli, context, flags)));
}

const migrateStorage = (cli: Cli, context: KeepingContext, flags: MigrateFlags): Promise<ExitCode> =>
  closingAfter(context.open(), async ({ state: found, ...kept }) => {
    const state = requireData(found);
    const json = flags.json === true;
    if (state.copying || state.version >= DATA_VERSION) return nothingToDo(cli, state, json);
    const plan = await planMigration(state, kept.collections);
    const refused = await refusedToGo(cli, {
      says: intention(context, state.version, plan),
      question: 'Are all servers stopped, and shall it be done?',
      yes: flags.yes === true,
    });
    if (refused !== undefined) return refused;
    await recordIn(kept.storage, context, {
      kind: 'storage.migration_begun',
      detail: { from: state.version, to: DATA_VERSION },
    });
    const end = await carryOut(cli, context, kept, plan);
    if (json) printJson(cli, { data_version: end === 'done' ? DATA_VERSION : state.version, end });
    else if (end === 'done') cli.out.write(`The data are of version ${DATA_VERSION} now.\n`);
    cli.err.write(ENDS[end].says);
    return ENDS[end].code;
  });

/** Does what was planned, step by step, each with a progress of its own. */
async function carryOut(
  cli: Cli,
  { clock }: KeepingContext,
  kept: KeptStorage,
  plan: readonly PlannedStep[],
): Promise<MigrationEnd> {
  const progress = createProgress(cli);
  let report = createRowProgress(progress, 0);
  const end = await interruptible(cli, (stopped) =>
    migrate({
      ...kept,
      clock,
      watch: {
        begin: ({ name, says }) => {
          progress.end();
          cli.err.write(`${says}\n`);
          report = createRowProgress(progress, plan.find(({ step }) => step.name === name)?.rows ?? 0);
        },
        report: (collection, count) => report(collection, count),
        stopped,
      },
    }),
  );
  progress.end();
  return end;
}

const ENDS = {
  done: { code: EXIT.done, says: '' },
  stopped: {
    code: EXIT.cancelled,
    says: 'Interrupted. Run the same command again: it goes on from here.\n',
  },
  unsettled: {
    code: EXIT.fault,
    says: 'A server is still writing in the former form: stop all of them and run this command again.\n',
  },
} as const;

function nothingToDo(
  cli: Cli,
  { version, copying }: { readonly version: number; readonly copying?: true | undefined },
  json: boolean,
): ExitCode {
  if (copying) {
    cli.err.write('This database is a copy that is not whole: run the same storage copy again first.\n');
    return EXIT.badInput;
  }
  if (version > DATA_VERSION) {
    cli.err.write(
      `The data are of version ${version}; this release knows ${DATA_VERSION} and cannot go back.\n`,
    );
    return EXIT.badInput;
  }
  if (json) printJson(cli, { data_version: version, end: 'done' });
  else cli.out.write(`The data are of version ${version} already. There is nothing to do.\n`);
  return EXIT.done;
}

const intention = ({ url }: KeepingContext, from: number, plan: readonly PlannedStep[]): string[] => [
  `Storage: ${printableAddress(url)}`,
  `Data version ${from}, to become ${DATA_VERSION}:`,
  ...plan.flatMap(({ step, rows, collections, version }, at) => [
    `  ${at + 1}. (version ${version}) ${step.says}`,
    `     ${counted(rows, 'row')}: ${collections.map(({ name }) => name).join(', ')}`,
  ]),
];
