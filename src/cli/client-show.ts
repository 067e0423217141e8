import { Command } from 'commander';
import { catalogue } from '../documents/catalogue.ts';
import type { AdminContext } from './admin-context.ts';
import { discoveryUri, publicRegistration, registrationSections } from './client-view.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { layoutOf, renderSections, visible } from './layout.ts';
import { printJson } from './terminal.ts';

/** `client show`: one registration in full, without anything secret. */
export function clientShow(cli: Cli): Command {
  return new Command('show')
    .description('Show one relying party in full. Its secret cannot be shown: only a hash is kept.')
    .argument('<id>', 'its client id')
    .option('--json', 'print one JSON object')
    .action((id: string, { json }: { json?: boolean }) =>
      cli.withContext((context) => showClient(cli, context, id, json === true)),
    );
}

async function showClient(
  cli: Cli,
  { registry, issuer }: AdminContext,
  id: string,
  json: boolean,
): Promise<ExitCode> {
  const party = await registry.get(id);
  if (!party) return unknownClient(cli, id);
  if (json) {
    printJson(cli, publicRegistration(party, issuer));
  } else {
    const discovery = { rows: [['Discovery', discoveryUri(issuer)]] as const };
    cli.out.write(
      renderSections([...registrationSections(party, catalogue), discovery], layoutOf(cli.out, cli)),
    );
  }
  return EXIT.done;
}

/** Says that there is no such relying party, and where to look. */
export function unknownClient(cli: Cli, id: string): ExitCode {
  cli.err.write(
    `No relying party has the client id ${JSON.stringify(visible(id))}. All ids: npm run admin -- client list\n`,
  );
  return EXIT.badInput;
}
