import { Command } from 'commander';
import { catalogue } from '../documents/catalogue.ts';
import { generateClientSecret, hashClientSecret } from '../relying-party/client-secret.ts';
import type { RelyingParty } from '../relying-party/relying-party.ts';
import type { AdminContext } from './admin-context.ts';
import { type Draft, draftRegistration, missingFlags } from './client-draft.ts';
import { type ClientFiles, readClientFiles } from './client-files.ts';
import type { ClientFlags } from './client-flags.ts';
import { clientAddHelp } from './client-help.ts';
import { agrees, askMissing } from './client-questions.ts';
import { discoveryUri, publicRegistration, registrationSections } from './client-view.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { layoutOf, renderSections } from './layout.ts';
import { canAsk, printJson, printProblems } from './terminal.ts';

const NO_LISTS = { redirectUri: [], postLogoutRedirectUri: [], scope: [], optional: [] };
const NOTHING_REGISTERED = 'Nothing was registered:';

/** `client add`: registers a relying party from flags, files and, in a terminal, answers. */
export function clientAdd(cli: Cli): Command {
  const repeatable = (value: string, previous: string[] = []): string[] => [...previous, value];
  return new Command('add')
    .description('Register a relying party. In a terminal, what is required and missing is asked for.')
    .optionsGroup('Who it is:')
    .option('--name <text>', 'its name as citizens read it, in Vietnamese (required)')
    .option('--name-en <text>', 'its name in English')
    .option('--organization <text>', 'the body that answers for it (required)')
    .option(
      '--id <id>',
      'its client id: 3-64 letters, digits, - and _, a letter or digit first; made from the name if left away',
    )
    .optionsGroup(
      'Where it is (https; in development also http on this machine; compared character by character):',
    )
    .option('--redirect-uri <uri>', 'where answers go (required, repeatable)', repeatable)
    .option('--post-logout-redirect-uri <uri>', 'where people go after signing out (repeatable)', repeatable)
    .option('--initiate-login-uri <uri>', 'where a citizen starts again if a sign-in cannot be resumed')
    .optionsGroup('What it may ask for:')
    .option(
      '--scope <scope>',
      'needed in every case: shown to the citizen marked and fixed (repeatable)',
      repeatable,
    )
    .option('--optional <scope>', 'may be refused: shown unticked (repeatable)', repeatable)
    .option(
      '--purpose <text>',
      'why, in Vietnamese; for every scope without a purpose of its own (required with scopes)',
    )
    .option('--purpose-en <text>', 'the same in English')
    .option('--legal-basis <text>', 'the decree, circular or decision it rests on')
    .option('--scopes-file <file>', 'YAML that says all this scope by scope (below)')
    .option('--acr-floor <1|2>', 'no sign-in below this level of assurance (default 1)')
    .option('--refresh', 'may ask for offline_access and receive refresh tokens')
    .optionsGroup('How it proves itself and what it receives:')
    .option('--auth <method>', 'client_secret_basic (default) or private_key_jwt (default with --jwks)')
    .option('--jwks <file>', 'its public keys, a JWK Set: P-256, Ed25519 or RSA from 2048 bits')
    .option('--id-token-alg <alg>', 'ES256 (default), EdDSA or RS256')
    .option('--userinfo-alg <alg>', 'sign UserInfo as well: ES256, EdDSA or RS256 (default: plain JSON)')
    .optionsGroup('Other:')
    .option('--json', 'print the registration as one JSON object')
    .addHelpText('after', () => clientAddHelp(catalogue, layoutOf(cli.out, cli)))
    .action((flags: Partial<ClientFlags>) =>
      cli.withContext((context) => addClient(cli, context, { ...NO_LISTS, ...flags })),
    );
}

async function addClient(cli: Cli, context: AdminContext, typed: ClientFlags): Promise<ExitCode> {
  const typedFiles = await readClientFiles(typed);
  const asks = canAsk(cli) && typedFiles.problems.length === 0 && missingFlags(typed, typedFiles).length > 0;
  const flags = asks
    ? await askMissing(typed, typedFiles, { terminal: cli, policy: context, catalogue })
    : typed;
  if (flags === undefined) return cancelled(cli);

  const secret = generateClientSecret();
  const files = asks ? await readClientFiles(flags) : typedFiles;
  const draft = draftFrom(flags, files, secret, context);
  if ('problems' in draft) return refused(cli, draft.problems);
  if (asks) {
    cli.err.write(
      `\n${renderSections(registrationSections(draft.party, catalogue), layoutOf(cli.err, cli))}\n`,
    );
    if (!(await agrees('Register it like this?', cli))) return cancelled(cli);
  }
  const outcome = await register(draft.party, context);
  if (outcome !== 'added') return refused(cli, [takenSentence(draft.party.client_id, outcome)]);
  report(cli, context, draft.party, secret, flags.json === true);
  return EXIT.done;
}

function draftFrom(flags: ClientFlags, files: ClientFiles, secret: string, context: AdminContext): Draft {
  const knownScopes = new Set(catalogue.map(({ scope }) => scope));
  return draftRegistration(flags, files, {
    policy: { allowLoopbackHttp: context.allowLoopbackHttp, knownScopes },
    now: context.clock.now(),
    secretHash: hashClientSecret(secret),
  });
}

/** The event comes first, so that nothing can take effect without a trace. */
async function register(
  party: RelyingParty,
  { registry, audit }: AdminContext,
): Promise<'added' | 'exists' | 'retired'> {
  const about = { relying_party: party.client_id };
  await audit.record({ kind: 'relying_party.registered', ...about });
  try {
    const outcome = await registry.add(party);
    if (outcome !== 'added') await audit.record({ kind: 'relying_party.registration_failed', ...about });
    return outcome;
  } catch (error) {
    await audit.record({ kind: 'relying_party.registration_failed', ...about });
    throw error;
  }
}

const takenSentence = (clientId: string, outcome: 'exists' | 'retired'): string =>
  outcome === 'exists'
    ? `--id ${clientId}: a relying party with this id is registered already`
    : `--id ${clientId}: belonged to a relying party that was removed; people's consents refer to it, so it is not given again`;

function report(
  cli: Cli,
  { issuer }: AdminContext,
  party: RelyingParty,
  secret: string,
  json: boolean,
): void {
  const withSecret = party.authentication.method === 'client_secret_basic';
  if (json) {
    const registration = publicRegistration(party, issuer);
    printJson(
      cli,
      withSecret ? { client_id: party.client_id, client_secret: secret, ...registration } : registration,
    );
    if (withSecret) cli.err.write('The client secret cannot be shown again.\n');
    return;
  }
  const next = {
    title: 'Next',
    rows: [
      ['Discovery', discoveryUri(issuer)],
      ['Flow', 'authorization code with PKCE (S256), scope openid and those above'],
      ['Check', `npm run admin -- client show ${party.client_id}`],
    ] as const,
  };
  const sections = [...registrationSections(party, catalogue, withSecret ? secret : undefined), next];
  cli.out.write(`Registered.\n\n${renderSections(sections, layoutOf(cli.out, cli))}`);
}

function refused(cli: Cli, problems: readonly string[]): ExitCode {
  printProblems(cli, NOTHING_REGISTERED, problems);
  return EXIT.badInput;
}

function cancelled(cli: Cli): ExitCode {
  cli.err.write('Cancelled. Nothing was registered.\n');
  return EXIT.cancelled;
}
