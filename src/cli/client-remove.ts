import { Command } from 'commander';
import type { RelyingParty } from '../relying-party/relying-party.ts';
import type { AdminContext } from './admin-context.ts';
import { agrees } from './client-questions.ts';
import { unknownClient } from './client-show.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { visible } from './layout.ts';
import { canAsk, printJson } from './terminal.ts';

interface RemoveFlags {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const CONSEQUENCES = [
  'Nobody can sign in to it any more, and sign-ins under way end with an error.',
  'Its codes, access tokens and refresh tokens are refused.',
  'The session a person has inside the portal is the portal’s own and goes on until it ends.',
  'What was recorded about it stays. Its client id is not given again.',
];

/** `client remove`: ends a registration after a confirmation. */
export function clientRemove(cli: Cli): Command {
  return new Command('remove')
    .description('Remove a relying party, after a confirmation.')
    .argument('<id>', 'its client id')
    .option('--yes', 'do not ask; needed where nobody can answer')
    .option('--json', 'print one JSON object')
    .addHelpText('after', `\nWhat removing does:\n${CONSEQUENCES.map((line) => `  - ${line}\n`).join('')}`)
    .action((id: string, flags: RemoveFlags) =>
      cli.withContext((context) => removeClient(cli, context, id, flags)),
    );
}

async function removeClient(
  cli: Cli,
  context: AdminContext,
  id: string,
  flags: RemoveFlags,
): Promise<ExitCode> {
  const party = await context.registry.get(id);
  if (!party) return unknownClient(cli, id);
  if (!flags.yes) {
    if (!canAsk(cli)) {
      cli.err.write('Nothing was removed: without a terminal to ask in, add --yes.\n');
      return EXIT.badInput;
    }
    if (!(await confirmed(cli, party))) {
      cli.err.write('Nothing was removed.\n');
      return EXIT.cancelled;
    }
  }
  if (!(await retire(id, context))) return unknownClient(cli, id);
  report(cli, context, party, flags.json === true);
  return EXIT.done;
}

function confirmed(cli: Cli, party: RelyingParty): Promise<boolean> {
  const consequences = CONSEQUENCES.map((line) => `  - ${line}\n`).join('');
  cli.err.write(`Removing ${visible(party.name.vi)} (${visible(party.organization)}):\n${consequences}\n`);
  return agrees(`Remove ${party.client_id}?`, cli);
}

/** The event comes first, so that nothing can take effect without a trace. */
async function retire(relying_party: string, { registry, audit }: AdminContext): Promise<boolean> {
  await audit.record({ kind: 'relying_party.removed', relying_party });
  try {
    const removed = await registry.remove(relying_party);
    if (!removed) await audit.record({ kind: 'relying_party.removal_failed', relying_party });
    return removed;
  } catch (error) {
    await audit.record({ kind: 'relying_party.removal_failed', relying_party });
    throw error;
  }
}

function report(
  cli: Cli,
  { registryCacheSeconds }: AdminContext,
  { client_id, name }: RelyingParty,
  json: boolean,
): void {
  if (json) printJson(cli, { client_id, removed: true });
  else cli.out.write(`Removed ${client_id} (${visible(name.vi)}).\n`);
  cli.err.write(`A running server stops accepting it within ${registryCacheSeconds} seconds.\n`);
}
