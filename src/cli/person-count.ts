import { Command } from 'commander';
import { type AccountCount, countsOf } from '../subject/account-counts.ts';
import type { Recounted } from '../subject/recount.ts';
import type { AdminContext } from './admin-context.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { interruptible } from './go-ahead.ts';
import { counted, layoutOf, renderTable } from './layout.ts';
import { createProgress } from './progress.ts';
import { printJson } from './terminal.ts';

interface CountFlags {
  readonly recount?: boolean;
  readonly json?: boolean;
}

const HEADER = ['HOLDER', 'LEVEL', 'ISSUED', 'ACTIVATED', 'CLOSED'];

const HELP = `
Issued are all accounts there ever were, those that were closed among them; activated are those that their owners took
up, whatever became of them since.

The counts are kept as accounts are issued, activated and closed. A server that dies in that moment leaves one out:
  npm run admin -- person count --recount     walks by everybody, and mends what is kept; servers may run meanwhile

Ctrl+C ends it; what was not mended yet stays as it is.`;

/** `person count`: how many accounts were issued and activated, by level. */
export function personCount(cli: Cli): Command {
  return new Command('count')
    .description('How many accounts were issued, activated and closed, by holder and level.')
    .option('--recount', 'count everybody anew and mend what is kept')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action((flags: CountFlags) => cli.withContext((context) => countPeople(cli, context, flags)));
}

async function countPeople(cli: Cli, context: AdminContext, flags: CountFlags): Promise<ExitCode> {
  const recounted = flags.recount ? await recountPeople(cli, context) : undefined;
  if (flags.recount && recounted === undefined) {
    cli.err.write('Interrupted. The counts are as they were.\n');
    return EXIT.cancelled;
  }
  const counts = await context.people.counts.kept();
  if (flags.json)
    printJson(cli, { counts: counts.map(plain), ...(recounted ? { recount: found(recounted) } : {}) });
  else {
    cli.out.write(renderTable(HEADER, [...counts.map(row), totalRow(counts)], layoutOf(cli.out, cli)));
    if (recounted) cli.err.write(`\n${findings(recounted)}`);
  }
  return recounted && recounted.moving > 0 ? EXIT.fault : EXIT.done;
}

async function recountPeople(cli: Cli, { people }: AdminContext): Promise<Recounted | undefined> {
  const total = await people.people();
  const progress = createProgress(cli);
  const recounted = await interruptible(cli, (stopped) =>
    people.recount({ stopped, report: (seen) => progress.show('people', seen, total) }),
  );
  progress.end();
  return recounted;
}

const levelWord = ({ level }: AccountCount): string => (level === undefined ? 'none' : String(level));

const row = (count: AccountCount): string[] => [
  count.holderType,
  levelWord(count),
  ...[count.issued, count.activated, count.closed].map((number) => number.toLocaleString('en')),
];

function totalRow(counts: readonly AccountCount[]): string[] {
  const sum = (event: 'issued' | 'activated' | 'closed') =>
    counts.reduce((all, count) => all + count[event], 0).toLocaleString('en');
  return ['all', '', sum('issued'), sum('activated'), sum('closed')];
}

const plain = ({ holderType, level, ...numbers }: AccountCount) => ({
  holder_type: holderType,
  level: level ?? null,
  ...numbers,
});

const found = ({ mended, moving, people }: Recounted) => ({
  people,
  mended: countsOf(mended).map(plain),
  moving_parts: moving,
});

const signed = (number: number): string => (number > 0 ? `+${number}` : String(number));

function findings({ mended, moving, people }: Recounted): string {
  const lines = countsOf(mended).map(
    (count) =>
      `Mended ${count.holderType}, level ${levelWord(count)}: issued ${signed(count.issued)}, ` +
      `activated ${signed(count.activated)}, closed ${signed(count.closed)}.\n`,
  );
  const seen = `Counted ${people.toLocaleString('en')} ${people === 1 ? 'person' : 'people'}. `;
  const rest =
    moving > 0
      ? `In ${counted(moving, 'part')} of 64 accounts changed meanwhile; run it again to be sure of them.\n`
      : '';
  if (lines.length === 0 && rest === '') return `${seen}The counts are right.\n`;
  return `${seen}\n${lines.join('')}${rest}`;
}
