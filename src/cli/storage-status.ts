import { Command } from 'commander';
import { DATA_VERSION, type DataState } from '../storage/keeping/data-version.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { closingAfter, type KeepingContext } from './keeping-context.ts';
import { layoutOf, renderSections, renderTable } from './layout.ts';
import { printableAddress } from './storage-address.ts';
import { printJson } from './terminal.ts';

const HEADER = ['COLLECTION', 'ROWS', 'ENCRYPTED'];

const HELP = `
Examples:
  npm run admin -- storage status
  npm run -s admin -- storage status --json

Rows that have expired are not counted, swept or not. No row is written, and no file is made where there is none.`;

/** `storage status`: which engine, which data version, how many rows. */
export function storageStatus(cli: Cli): Command {
  return new Command('status')
    .description('Show the engine, the version of the data and the rows of each collection.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(({ json }: { json?: boolean }) =>
      cli.withKeeping((context) => showStorage(cli, context, json === true)),
    );
}

async function showStorage(cli: Cli, { url, open }: KeepingContext, json: boolean): Promise<ExitCode> {
  const found = await closingAfter(open(), async ({ storage, collections, state }) => ({
    engine: storage.engine,
    state,
    collections: await Promise.all(
      collections.map(async ({ name, sealed, collection }) => ({
        name,
        rows: await collection.count(),
        encrypted: sealed,
      })),
    ),
  }));
  const { engine, state, collections } = found;
  const address = printableAddress(url);
  if (json) {
    const data = {
      data_version: state?.version ?? null,
      known_data_version: DATA_VERSION,
      standing: standing(state),
    };
    printJson(cli, { address, engine, ...data, collections });
    return EXIT.done;
  }
  const layout = layoutOf(cli.out, cli);
  const about = [
    ['Address', address],
    ['Engine', engine],
    ['Data version', `${state?.version ?? 'none'} (${STANDINGS[standing(state)]})`],
  ] as const;
  const rows = collections.map(({ name, rows: count, encrypted }) => [
    name,
    String(count),
    encrypted ? 'yes' : 'no',
  ]);
  cli.out.write(`${renderSections([{ rows: about }], layout)}\n${renderTable(HEADER, rows, layout)}`);
  return EXIT.done;
}

function standing(state: DataState | undefined): keyof typeof STANDINGS {
  if (!state) return 'empty';
  const { version, migrating, copying } = state;
  if (copying) return 'being_copied';
  if (migrating) return 'being_migrated';
  if (version === DATA_VERSION) return 'current';
  return version < DATA_VERSION ? 'older' : 'newer';
}

const STANDINGS = {
  empty: 'nothing is there: the first server that starts sets it up',
  current: 'what this release works on',
  older: `this release needs ${DATA_VERSION}: npm run admin -- storage migrate`,
  newer: `this release knows ${DATA_VERSION}: use the newer release`,
  being_migrated: 'a migration was begun: npm run admin -- storage migrate goes on',
  being_copied: 'a copy that is not whole: run the same storage copy again',
} as const;
