import { Command } from 'commander';
import type { AdminContext } from './admin-context.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { refusedToGo } from './go-ahead.ts';
import { numberHelp, personFor } from './person-number.ts';
import { printJson, printProblems } from './terminal.ts';

interface CloseFlags {
  readonly cause?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const NOTHING = 'Nothing was closed';
const causes = ['deceased', 'dissolved'] as const;

/** `person close`: ends an account for good. */
export function personClose(cli: Cli): Command {
  return new Command('close')
    .description('Close an account for good: its holder has died, or the organisation is no more.')
    .option('--cause <cause>', 'deceased or dissolved (required)')
    .option('--yes', 'do not ask; needed where nobody can answer')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `${numberHelp('person close --cause deceased --yes')}

What closing does:
  - Every session and everything issued ends at once, and nobody can sign in any more.
  - A closed account is not opened again. What was recorded about it stays.`,
    )
    .action((flags: CloseFlags) => cli.withContext((context) => closeAccount(cli, context, flags)));
}

async function closeAccount(cli: Cli, context: AdminContext, flags: CloseFlags): Promise<ExitCode> {
  const cause = causes.find((one) => one === flags.cause);
  if (cause === undefined) {
    printProblems(cli, `${NOTHING}:`, ['--cause must be deceased or dissolved']);
    return EXIT.badInput;
  }
  const person = await personFor(cli, context, NOTHING);
  if ('code' in person) return person.code;
  const refused = await refusedToGo(cli, {
    says: ['The account is closed for good; it cannot be opened again.'],
    question: 'Close it?',
    yes: flags.yes === true,
  });
  if (refused !== undefined) return refused;
  if ((await context.people.locks.close(person.id, cause)) !== 'done') {
    cli.err.write(`${NOTHING}: the account is closed already.\n`);
    return EXIT.badInput;
  }
  if (flags.json) printJson(cli, { closed: true, cause });
  else cli.out.write('Closed. Every session has ended.\n');
  return EXIT.done;
}
