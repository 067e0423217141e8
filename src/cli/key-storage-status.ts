import { Command } from 'commander';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { closingAfter, type KeepingContext } from './keeping-context.ts';
import { createKeySurvey, type KeyUse } from './key-survey.ts';
import { counted, layoutOf, renderTable } from './layout.ts';
import { printJson } from './terminal.ts';

const HEADER = ['KEY', 'IDENTIFIER', 'ROWS', 'STANDING'];

const HELP = `
Examples:
  npm run admin -- key storage status
  npm run -s admin -- key storage status --json

An identifier stands beside each encrypted row; the key cannot be told from it. Every encrypted row is looked at,
none is changed.`;

/** `key storage status`: how many rows each configured key encrypted. */
export function keyStorageStatus(cli: Cli): Command {
  return new Command('status')
    .description('Count the encrypted rows by the key that encrypted them.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action(({ json }: { json?: boolean }) =>
      cli.withKeeping((context) => showKeys(cli, context, json === true)),
    );
}

async function showKeys(
  cli: Cli,
  { cipher, ciphers, open }: KeepingContext,
  json: boolean,
): Promise<ExitCode> {
  const survey = createKeySurvey(cipher, ciphers);
  const uses = await closingAfter(open(survey.cipher), ({ collections }) => survey.uses(collections));
  const left = uses.filter((use) => !isFirst(use)).reduce((sum, { rows }) => sum + rows, 0);
  if (json) printJson(cli, { configured_keys: ciphers.length, keys: uses, rows_to_rotate: left });
  else cli.out.write(renderTable(HEADER, uses.map(row), layoutOf(cli.out, cli)));
  if (uses.length === 0) cli.err.write('There are no encrypted rows.\n');
  else
    cli.err.write(
      left === 0
        ? 'Every row is encrypted with the first key.\n'
        : `Not encrypted with the first key: ${counted(left, 'row')}. Next: npm run admin -- key storage rotate\n`,
    );
  return EXIT.done;
}

const isFirst = ({ place, current }: KeyUse): boolean => place === 1 && current;

const row = (use: KeyUse): string[] => [
  use.place === undefined ? '-' : String(use.place),
  use.name,
  String(use.rows),
  standing(use),
];

function standing({ place, current }: KeyUse): string {
  if (place === undefined) return 'not configured: these rows cannot be read';
  if (!current) return 'earlier form: to be encrypted anew';
  return place === 1 ? 'encrypts' : 'reads only: to be encrypted anew';
}
