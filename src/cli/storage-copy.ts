import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { sqliteFileOf } from '../config/sqlite-address.ts';
import { type Copied, type CopiedCollection, copyAll, copyTarget } from '../storage/keeping/copy.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { interruptible, refusedToGo } from './go-ahead.ts';
import { readInputFile } from './input-file.ts';
import { closingAfter, type KeepingContext, type KeptStorage, recordIn } from './keeping-context.ts';
import { counted, layoutOf, renderTable } from './layout.ts';
import { createProgress, createRowProgress } from './progress.ts';
import { addressProblem, printableAddress } from './storage-address.ts';
import { printJson, printProblems } from './terminal.ts';

interface CopyFlags {
  readonly to?: string;
  readonly toFile?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const HEADER = ['COLLECTION', 'SOURCE', 'COPIED', 'THERE ALREADY', 'DIFFERENT', 'TARGET'];
/** Ids of differing rows that are named; their number tells the rest. */
const NAMED = 5;
const HEADLINE = 'Nothing was copied:';

const HELP = `
From the configured storage to an empty database of any engine, under the same keys:
  1. Stop every server: what they write meanwhile would not be copied.
  2. npm run admin -- storage copy --to-file /run/secrets/new_storage_url
     npm run admin -- storage copy --to sqlite:/var/lib/motcua/motcua.db
     npm run admin -- storage copy --to mongodb://db1,db2,db3/motcua?replicaSet=rs0
  3. Set storage.url (MOTCUA_STORAGE_URL) to the new address and start the servers.

An address with a password belongs in a file: everybody on this machine can read the arguments of a command.
Ctrl+C ends it after the batch under way; run it again and only what is missing is written. A database that holds
other data is refused, and no server starts on a copy that is not whole.`;

/** `storage copy`: everything to another database, of the same or the other engine. */
export function storageCopy(cli: Cli): Command {
  return new Command('copy')
    .description('Copy everything to another, empty database, of the same or the other engine.')
    .option('--to <url>', 'address of the target: sqlite:<file>, mongodb://<hosts>/<database>')
    .option('--to-file <file>', 'file that holds the address, in place of --to')
    .option('--yes', 'do not ask; needed where nobody can answer')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action((flags: CopyFlags) => cli.withKeeping((context) => copyStorage(cli, context, flags)));
}

async function copyStorage(cli: Cli, context: KeepingContext, flags: CopyFlags): Promise<ExitCode> {
  const address = await addressOf(flags, context);
  if ('problem' in address) {
    printProblems(cli, HEADLINE, [address.problem]);
    return EXIT.badInput;
  }
  return closingAfter(context.openCurrent(), (source) =>
    copyFrom(cli, context, { source, from: context.url, to: address.url }, flags),
  );
}

async function addressOf(
  { to, toFile }: CopyFlags,
  { url }: KeepingContext,
): Promise<{ readonly url: string } | { readonly problem: string }> {
  const flag = toFile === undefined ? '--to' : '--to-file';
  if ((to === undefined) === (toFile === undefined)) {
    return { problem: 'give the address of the target, either by --to or by --to-file' };
  }
  const content = toFile === undefined ? { text: to ?? '' } : await readInputFile(toFile);
  if ('problem' in content) return { problem: `${flag} ${toFile}: ${content.problem}` };
  const address = content.text.trim();
  const problem = addressProblem(address);
  if (problem !== undefined) return { problem: `${flag}: ${problem}` };
  if (address === url) return { problem: `${flag}: this is the configured storage itself` };
  return { url: address };
}

interface Route {
  readonly source: KeptStorage;
  readonly from: string;
  readonly to: string;
}

/** What is at the target, without making a file where there is none. */
function lookAt(
  to: string,
  context: KeepingContext,
): Promise<{ readonly found: Target; readonly engine: string }> {
  const file = sqliteFileOf(to);
  if (file !== undefined && !existsSync(file))
    return Promise.resolve({ found: 'empty', engine: 'a new file' });
  return closingAfter(context.openOther(to), async ({ storage, collections }) => ({
    found: await copyTarget(storage, collections),
    engine: storage.engine,
  }));
}

async function copyFrom(
  cli: Cli,
  context: KeepingContext,
  route: Route,
  flags: CopyFlags,
): Promise<ExitCode> {
  const { source, from, to } = route;
  const { found, engine } = await lookAt(to, context);
  if (found === 'taken') {
    printProblems(cli, HEADLINE, [
      `${printableAddress(to)} holds data of its own; name an empty database, or empty this one yourself`,
    ]);
    return EXIT.badInput;
  }
  const counts = await Promise.all(source.collections.map(({ collection }) => collection.count()));
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const refused = await refusedToGo(cli, {
    says: [
      `From: ${printableAddress(from)} (${source.storage.engine}), ${counted(rows, 'row')}`,
      `To:   ${printableAddress(to)} (${engine}), ${FOUND[found]}`,
      'Every server has to be stopped meanwhile: what it writes may not be copied.',
    ],
    question: 'Are all servers stopped, and shall it be copied?',
    yes: flags.yes === true,
  });
  if (refused !== undefined) return refused;
  const detail = { to: printableAddress(to) };
  await recordIn(source.storage, context, { kind: 'storage.copy_begun', detail });
  return closingAfter(context.openOther(to), (target) =>
    copyTo(cli, context, { source, target, rows }, flags),
  );
}

async function copyTo(
  cli: Cli,
  { clock }: KeepingContext,
  { source, target, rows }: { source: KeptStorage; target: KeptStorage; rows: number },
  { json }: CopyFlags,
): Promise<ExitCode> {
  const progress = createProgress(cli);
  const copied = await interruptible(cli, (stopped) =>
    copyAll({
      from: source.collections,
      to: target.collections,
      target: target.storage,
      clock,
      watch: { report: createRowProgress(progress, rows), stopped },
    }),
  );
  progress.end();
  report(cli, copied, json === true);
  return { done: EXIT.done, stopped: EXIT.cancelled, unequal: EXIT.fault }[copied.end];
}

type Target = Awaited<ReturnType<typeof copyTarget>>;

const FOUND = { empty: 'empty', begun: 'a copy that was begun' } as const;

function report(cli: Cli, { end, collections }: Copied, json: boolean): void {
  if (json) printJson(cli, { end, collections });
  else if (end !== 'stopped')
    cli.out.write(renderTable(HEADER, collections.map(row), layoutOf(cli.out, cli)));
  cli.err.write(ENDS[end]);
  const different = collections.flatMap(({ name, different: ids }) => ids.map((id) => `${name}/${id}`));
  if (different.length > 0) {
    const more = different.length > NAMED ? [`and ${different.length - NAMED} more`] : [];
    printProblems(cli, 'Not the same in the target:', [...different.slice(0, NAMED), ...more]);
  }
}

const row = ({ name, source, copied, present, different, target }: CopiedCollection): string[] => [
  name,
  ...[source, copied, present, different.length, target].map(String),
];

const ENDS = {
  done: 'Every row is there. Set storage.url (MOTCUA_STORAGE_URL) to the new address and start the servers.\n',
  stopped: 'Interrupted. Run the same command again: what is there is not written twice.\n',
  unequal:
    'The copy is not whole: the rows of source and target differ, so something writes to one of them. Stop every ' +
    'server and run the same command again; where rows differ, empty the target first.\n',
} as const;
