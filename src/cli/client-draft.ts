import { clientIdFor } from '../relying-party/client-id.ts';
import { type RegistrationPolicy, registrationProblems } from '../relying-party/registration.ts';
import { type RelyingParty, type ScopeUse, signingAlgorithms } from '../relying-party/relying-party.ts';
import type { ClientFiles } from './client-files.ts';
import { type ClientFlags, flagOf } from './client-flags.ts';

/** A registration that can be stored, or every reason why not. */
export type Draft = { readonly party: RelyingParty } | { readonly problems: readonly string[] };

export interface DraftOptions {
  readonly policy: RegistrationPolicy;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The hash of the secret that goes with `client_secret_basic`. */
  readonly secretHash: string;
}

const AUTHENTICATIONS = ['client_secret_basic', 'private_key_jwt'] as const;

/** Scopes as typed: repeated flags, or several in one, apart by spaces or commas; `openid` is implied. */
export const scopeNames = (values: readonly string[]): string[] =>
  values.flatMap((value) => value.split(/[\s,]+/)).filter((scope) => scope !== '' && scope !== 'openid');

/** The required flags that are not there, in the order in which they are asked for. */
export function missingFlags(flags: ClientFlags, { scopes }: ClientFiles): string[] {
  const named = scopeNames([...flags.scope, ...flags.optional]).length > 0;
  const silent = [...scopes.values()].some((entry) => entry.purpose === undefined);
  return [
    ...(tidy(flags.name) ? [] : ['--name']),
    ...(tidy(flags.organization) ? [] : ['--organization']),
    ...(flags.redirectUri.length > 0 ? [] : ['--redirect-uri']),
    ...((named || silent) && !tidy(flags.purpose) ? ['--purpose'] : []),
    ...(flags.auth === 'private_key_jwt' && flags.jwks === undefined ? ['--jwks'] : []),
  ];
}

/** Puts a registration together from flags and files, and checks all of it. */
export function draftRegistration(flags: ClientFlags, files: ClientFiles, options: DraftOptions): Draft {
  const problems: string[] = [...files.problems, ...contradictions(flags, files)];
  const missing = missingFlags(flags, files);
  if (missing.length > 0) problems.push(`missing: ${missing.join(', ')}`);

  const choose = <T extends string>(
    flag: string,
    value: string | undefined,
    allowed: readonly [T, ...T[]],
  ): T => {
    const chosen = allowed.find((candidate) => candidate === (value ?? allowed[0]));
    if (chosen === undefined)
      problems.push(`${flag} ${JSON.stringify(value)}: must be ${allowed.join(' or ')}`);
    return chosen ?? allowed[0];
  };
  const userinfoAlg =
    flags.userinfoAlg === undefined
      ? undefined
      : choose('--userinfo-alg', flags.userinfoAlg, signingAlgorithms);
  const method = choose(
    '--auth',
    flags.auth ?? (flags.jwks === undefined ? undefined : 'private_key_jwt'),
    AUTHENTICATIONS,
  );
  const name = tidy(flags.name) ?? '';
  const party: RelyingParty = {
    client_id: flags.id ?? clientIdFor(name),
    name: { vi: name, ...optional('en', tidy(flags.nameEn)) },
    organization: tidy(flags.organization) ?? '',
    profile: 'standard',
    redirect_uris: [...flags.redirectUri],
    post_logout_redirect_uris: [...flags.postLogoutRedirectUri],
    ...optional('initiate_login_uri', flags.initiateLoginUri),
    scopes: scopeUses(flags, files),
    acr_floor: choose('--acr-floor', flags.acrFloor, ['1', '2']) === '2' ? 2 : 1,
    authentication:
      method === 'private_key_jwt' && files.keys
        ? { method, ...files.keys }
        : { method: 'client_secret_basic', secret_hash: options.secretHash },
    id_token_signed_response_alg: choose('--id-token-alg', flags.idTokenAlg, signingAlgorithms),
    ...optional('userinfo_signed_response_alg', userinfoAlg),
    refresh_tokens: flags.refresh === true,
    registered_at: new Date(options.now).toISOString(),
  };
  const broken = registrationProblems(party, options.policy)
    .map(({ field, sentence }) => ({ flag: flagOf(field), sentence }))
    .filter(({ flag }) => !missing.some((absent) => flag.split(' ', 1)[0] === absent))
    .map(({ flag, sentence }) => `${flag}: ${sentence}`);
  const all = [...new Set([...problems, ...broken])];
  return all.length > 0 ? { problems: all } : { party };
}

function contradictions(flags: ClientFlags, { scopes }: ClientFiles): string[] {
  const named = [...scopeNames(flags.scope), ...scopeNames(flags.optional), ...scopes.keys()];
  const repeated = [...new Set(named.filter((scope, index) => named.indexOf(scope) < index))];
  return [
    ...repeated.map((scope) => `scope ${scope}: named twice among --scope, --optional and --scopes-file`),
    ...(named.includes('offline_access') ? ['scope offline_access: is given by --refresh'] : []),
    ...(flags.auth === 'client_secret_basic' && flags.jwks !== undefined
      ? ['--jwks: goes with --auth private_key_jwt only']
      : []),
  ];
}

/** The one `--purpose` and `--legal-basis` stand for every scope that has none of its own. */
function scopeUses(flags: ClientFlags, { scopes }: ClientFiles): Record<string, ScopeUse> {
  const purpose = { vi: tidy(flags.purpose) ?? '', ...optional('en', tidy(flags.purposeEn)) };
  const common = { purpose, ...optional('legal_basis', tidy(flags.legalBasis)) };
  const uses: [string, ScopeUse][] = [
    ...scopeNames(flags.scope).map((scope): [string, ScopeUse] => [scope, { required: true, ...common }]),
    ...scopeNames(flags.optional).map((scope): [string, ScopeUse] => [scope, { required: false, ...common }]),
    ...[...scopes].map(([scope, entry]): [string, ScopeUse] => [
      scope,
      {
        required: entry.required,
        purpose: entry.purpose ? { vi: entry.purpose.vi, ...optional('en', entry.purpose.en) } : purpose,
        ...optional('legal_basis', entry.legal_basis ?? common.legal_basis),
      },
    ]),
  ];
  return Object.fromEntries(uses.filter(([scope]) => scope !== 'offline_access'));
}

/** One space between words, Unicode NFC; nothing left is nothing said. */
const tidy = (text: string | undefined): string | undefined =>
  text?.trim().replace(/ +/g, ' ').normalize('NFC') || undefined;

const optional = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
