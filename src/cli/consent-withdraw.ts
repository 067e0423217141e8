import { Command } from 'commander';
import type { AdminContext } from './admin-context.ts';
import { unknownClient } from './client-show.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { numberHelp, personalNumberFor, unknownPerson } from './person-number.ts';
import { printJson } from './terminal.ts';

interface WithdrawFlags {
  readonly client: string;
  readonly json?: boolean;
}

const NOTHING = 'Nothing was withdrawn';

/** `consent withdraw`: ends what a person agreed to for one portal, at that person's request. */
export function consentWithdraw(cli: Cli): Command {
  return new Command('withdraw')
    .description('Withdraw what a person agreed to for one portal, at that person’s request.')
    .requiredOption('--client <id>', 'client id of the portal')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `${numberHelp('consent withdraw --client cong-mau')}

What withdrawing does:
  - The portal’s tokens for this person are refused from the next request on.
  - The next sign-in there asks again and says why.
  - What was handed over before stays with the portal and in the audit trail.`,
    )
    .action((flags: WithdrawFlags) => cli.withContext((context) => withdraw(cli, context, flags)));
}

async function withdraw(cli: Cli, context: AdminContext, { client, json }: WithdrawFlags): Promise<ExitCode> {
  if (!(await context.registry.get(client))) return unknownClient(cli, client);
  const person = await personalNumberFor(cli, NOTHING);
  if ('code' in person) return person.code;
  const outcome = await context.withdrawConsent(person.number, client);
  if (outcome === 'unknown_person') return unknownPerson(cli, NOTHING);
  const withdrawn = outcome === 'withdrawn';
  if (json) printJson(cli, { client_id: client, withdrawn });
  else
    cli.out.write(
      withdrawn ? `Withdrawn for ${client}.\n` : `There was nothing to withdraw for ${client}.\n`,
    );
  return EXIT.done;
}
