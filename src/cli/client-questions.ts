import { confirm, isCancel, multiselect, select, text } from '@clack/prompts';
import type { Scope } from '../documents/scope.ts';
import { type AddressPolicy, redirectUriProblem } from '../relying-party/redirect-uri.ts';
import { missingFlags, scopeNames } from './client-draft.ts';
import type { ClientFiles } from './client-files.ts';
import type { ClientFlags } from './client-flags.ts';
import type { Terminal } from './terminal.ts';

interface Interview {
  readonly terminal: Terminal;
  readonly policy: AddressPolicy;
  readonly catalogue: readonly Scope[];
}

/** Asks for what is required and not there; `undefined` if the person leaves in between. */
export async function askMissing(
  flags: ClientFlags,
  files: ClientFiles,
  interview: Interview,
): Promise<ClientFlags | undefined> {
  let answered = flags;
  for (const question of QUESTIONS) {
    const answer = question.open(answered, files) ? await question.ask(interview) : {};
    if (answer === CANCELLED) return undefined;
    answered = { ...answered, ...answer };
  }
  return answered;
}

/** Yes or no, no being the answer of somebody who only presses Enter or leaves. */
export async function agrees(message: string, { stdin, err }: Terminal): Promise<boolean> {
  return (await confirm({ message, initialValue: false, input: stdin, output: err })) === true;
}

const CANCELLED = Symbol('cancelled');
type Answer = Partial<ClientFlags> | typeof CANCELLED;

interface Question {
  readonly open: (flags: ClientFlags, files: ClientFiles) => boolean;
  readonly ask: (interview: Interview) => Promise<Answer>;
}

const without = (flag: string) => (flags: ClientFlags, files: ClientFiles) =>
  missingFlags(flags, files).includes(flag);
const withoutScopes = (flags: ClientFlags, { scopes }: ClientFiles): boolean =>
  scopes.size === 0 && scopeNames([...flags.scope, ...flags.optional]).length === 0;

const QUESTIONS: readonly Question[] = [
  {
    open: without('--name'),
    ask: (interview) =>
      askText(interview, 'Name of the portal, as citizens read it (Vietnamese)', required, (name) => ({
        name,
      })),
  },
  {
    open: without('--organization'),
    ask: (interview) =>
      askText(interview, 'Body that answers for it', required, (organization) => ({ organization })),
  },
  {
    open: without('--redirect-uri'),
    ask: (interview) =>
      askText(
        interview,
        'Redirect address (exact; more than one: use the flag)',
        (value) => {
          const problem = redirectUriProblem(value, interview.policy);
          return problem && `This address ${problem}.`;
        },
        (redirectUri) => ({ redirectUri: [redirectUri] }),
      ),
  },
  { open: withoutScopes, ask: askScopes },
  {
    open: without('--purpose'),
    ask: (interview) =>
      askText(
        interview,
        'Purpose, shown to the citizen for every scope without its own (Vietnamese)',
        (value) => (value.length < 3 ? 'At least three characters.' : undefined),
        (purpose) => ({ purpose }),
      ),
  },
  { open: (flags) => flags.auth === undefined && flags.jwks === undefined, ask: askAuthentication },
  {
    open: without('--jwks'),
    ask: (interview) =>
      askText(interview, 'File with its public keys (JWK Set)', required, (jwks) => ({ jwks })),
  },
];

const required = (value: string): string | undefined => (value === '' ? 'This cannot be empty.' : undefined);

async function askText(
  { terminal }: Interview,
  message: string,
  problem: (value: string) => string | undefined,
  answer: (value: string) => Partial<ClientFlags>,
): Promise<Answer> {
  const value = await text({
    message,
    validate: (typed) => problem((typed ?? '').trim()),
    input: terminal.stdin,
    output: terminal.err,
  });
  return isCancel(value) ? CANCELLED : answer(value.trim());
}

async function askScopes(interview: Interview): Promise<Answer> {
  const options = interview.catalogue.map(({ scope, label, level }) => ({
    value: scope,
    label: `${scope}  ${label.vi}`,
    hint: `level ${level}`,
  }));
  const scope = await askSome(interview, 'What it needs in every case', options);
  if (isCancel(scope)) return CANCELLED;
  const rest = options.filter(({ value }) => !scope.includes(value));
  const optional =
    rest.length === 0 ? [] : await askSome(interview, 'What it may ask for and a citizen may refuse', rest);
  return isCancel(optional) ? CANCELLED : { scope, optional };
}

const askSome = (
  { terminal }: Interview,
  message: string,
  options: { value: string; label: string; hint: string }[],
) =>
  multiselect({
    message,
    options,
    required: false,
    maxItems: 12,
    input: terminal.stdin,
    output: terminal.err,
  });

async function askAuthentication({ terminal }: Interview): Promise<Answer> {
  const auth = await select({
    message: 'How it proves itself at the token endpoint',
    options: [
      { value: 'client_secret_basic', label: 'Secret (client_secret_basic)', hint: 'made here, shown once' },
      {
        value: 'private_key_jwt',
        label: 'Key of its own (private_key_jwt)',
        hint: 'nothing secret is shared',
      },
    ],
    input: terminal.stdin,
    output: terminal.err,
  });
  return isCancel(auth) ? CANCELLED : { auth };
}
