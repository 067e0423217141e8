import { Command } from 'commander';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { RelyingParty } from '../relying-party/relying-party.ts';
import type { AdminContext } from './admin-context.ts';
import { publicRegistration } from './client-view.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { layoutOf, renderTable } from './layout.ts';
import { printJson } from './terminal.ts';

const PAGE_SIZE = 100;
const HEADER = ['CLIENT ID', 'NAME', 'ORGANIZATION', 'SCOPES', 'LEAST ACR'];

/** `client list`: every relying party that is registered now, by client id. */
export function clientList(cli: Cli): Command {
  return new Command('list')
    .description('List the registered relying parties.')
    .option('--json', 'print one JSON object with all registrations')
    .action(({ json }: { json?: boolean }) =>
      cli.withContext((context) => listClients(cli, context, json === true)),
    );
}

async function listClients(cli: Cli, { registry, issuer }: AdminContext, json: boolean): Promise<ExitCode> {
  const parties = await allOf(registry);
  if (json) {
    printJson(cli, { relying_parties: parties.map((party) => publicRegistration(party, issuer)) });
  } else if (parties.length === 0) {
    cli.err.write('No relying party is registered yet. Register one: npm run admin -- client add\n');
  } else {
    cli.out.write(renderTable(HEADER, parties.map(row), layoutOf(cli.out, cli)));
  }
  return EXIT.done;
}

async function allOf(registry: RelyingPartyRegistry): Promise<RelyingParty[]> {
  const parties: RelyingParty[] = [];
  for (;;) {
    const after = parties.at(-1)?.client_id;
    const page = await registry.list({ limit: PAGE_SIZE, ...(after !== undefined && { after }) });
    parties.push(...page);
    if (page.length < PAGE_SIZE) return parties;
  }
}

const row = (party: RelyingParty): string[] => [
  party.client_id,
  party.name.vi,
  party.organization,
  String(Object.keys(party.scopes).length),
  String(party.acr_floor),
];
