import { isCancel, text } from '@clack/prompts';
import { Command } from 'commander';
import { normalizePersonalNumber } from '../subject/personal-number.ts';
import type { AdminContext } from './admin-context.ts';
import { unknownClient } from './client-show.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { canAsk, printJson } from './terminal.ts';

interface WithdrawFlags {
  readonly client: string;
  readonly json?: boolean;
}

const LONGEST_INPUT = 1024;

/** `consent withdraw`: ends what a person agreed to for one portal, at that person's request. */
export function consentWithdraw(cli: Cli): Command {
  return new Command('withdraw')
    .description('Withdraw what a person agreed to for one portal, at that person’s request.')
    .requiredOption('--client <id>', 'client id of the portal')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The personal number is asked for, or read from standard input; it is never an argument, which everybody on
this machine could read:
  printf %s "$NUMBER" | npm run -s admin -- consent withdraw --client cong-mau

What withdrawing does:
  - The portal’s tokens for this person are refused from the next request on.
  - The next sign-in there asks again and says why.
  - What was handed over before stays with the portal and in the audit trail.`,
    )
    .action((flags: WithdrawFlags) => cli.withContext((context) => withdraw(cli, context, flags)));
}

async function withdraw(cli: Cli, context: AdminContext, { client, json }: WithdrawFlags): Promise<ExitCode> {
  if (!(await context.registry.get(client))) return unknownClient(cli, client);
  const typed = canAsk(cli) ? await askNumber(cli) : await readNumber(cli);
  if (typed === undefined) {
    cli.err.write('Nothing was withdrawn.\n');
    return EXIT.cancelled;
  }
  const number = normalizePersonalNumber(typed);
  if (number === undefined) {
    cli.err.write('Nothing was withdrawn: a personal number has exactly 12 digits.\n');
    return EXIT.badInput;
  }
  const outcome = await context.withdrawConsent(number, client);
  if (outcome === 'unknown_person') {
    cli.err.write('Nothing was withdrawn: nobody has this personal number.\n');
    return EXIT.badInput;
  }
  const withdrawn = outcome === 'withdrawn';
  if (json) printJson(cli, { client_id: client, withdrawn });
  else
    cli.out.write(
      withdrawn ? `Withdrawn for ${client}.\n` : `There was nothing to withdraw for ${client}.\n`,
    );
  return EXIT.done;
}

async function askNumber({ stdin, err }: Cli): Promise<string | undefined> {
  const answer = await text({ message: 'Personal number', input: stdin, output: err });
  return isCancel(answer) ? undefined : answer;
}

async function readNumber({ stdin }: Cli): Promise<string> {
  let input = '';
  for await (const chunk of stdin) {
    input += String(chunk);
    if (input.length > LONGEST_INPUT) break;
  }
  return input;
}
