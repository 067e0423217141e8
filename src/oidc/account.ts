import type { Account, FindAccount, KoaContextWithOIDC } from 'oidc-provider';
import type { AuditTrail } from '../audit/trail.ts';
import { type AssuranceRules, authenticationLevel } from '../authentication/assurance.ts';
import { reachOf } from '../authentication/reach.ts';
import type { Clock } from '../clock/clock.ts';
import type { GrantContexts } from '../consent/grant-context.ts';
import { documentScopes, scopeOfClaim } from '../documents/catalogue.ts';
import type { Holdings } from '../documents/holdings.ts';
import { profileClaims } from '../documents/profile-claims.ts';
import { releaseDocument } from '../documents/release.ts';
import type { Credentials } from '../subject/credentials.ts';
import type { Directory } from '../subject/directory.ts';
import { ceiling, type LevelRules } from '../subject/level.ts';
import type { AccountLevel, Subject, SubjectId } from '../subject/subject.ts';
import { forgetVoidSignIn } from './session-facts.ts';

export interface AccountDependencies {
  readonly directory: Directory;
  readonly holdings: Holdings;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly levels: Omit<LevelRules, 'now'>;
  readonly credentials: Credentials;
  readonly grantContexts: GrantContexts;
  readonly rules: AssuranceRules;
}

/** The part of an account that the assurance policy reads. */
export interface Reaching {
  /** The highest `acr` that a sign-in of this account can reach today. */
  readonly reach: () => Promise<AccountLevel>;
}

export const reachOfAccount = (account: Account | undefined): Promise<AccountLevel> =>
  (account as unknown as Reaching).reach();

/** What an access token carries of the sign-in that it came from; shown by introspection (RFC 9470 section 6). */
export interface SignInClaims {
  readonly acr?: string | undefined;
  readonly amr?: readonly string[] | undefined;
  readonly auth_time?: number | undefined;
}

interface TokenLike {
  readonly acr?: string | undefined;
  readonly amr?: readonly string[] | undefined;
  readonly authTime?: number | undefined;
  readonly extra?: unknown;
  readonly grantId?: string | undefined;
}

interface SignInFacts extends SignInClaims {
  readonly grantId?: string | undefined;
}

/** The facts of the sign-in behind a token: its own, or what was put into an access token. */
function signInOf(token: TokenLike | undefined): SignInFacts {
  const grantId = token?.grantId;
  if (token?.extra !== undefined && token.extra !== null)
    return { ...(token.extra as SignInClaims), grantId };
  return { acr: token?.acr, amr: token?.amr, auth_time: token?.authTime, grantId };
}

/** Carries the facts of a sign-in into the access token that is issued on it. */
export function signInClaims({ oidc }: KoaContextWithOIDC): Record<string, unknown> {
  const { acr, amr, auth_time } = signInOf(oidc.entities.AuthorizationCode ?? oidc.entities.RefreshToken);
  return { acr, amr, auth_time };
}

/**
 * The account behind a session or a token; undefined where there is none or it cannot be used, so that a lock
 * ends every session and token at their next use.
 */
export const findAccount =
  (deps: AccountDependencies): FindAccount =>
  async (ctx, id, token) => {
    if (await forgetVoidSignIn(ctx, deps.credentials)) return undefined;
    const found = await deps.directory.get(id);
    if (found === undefined || found.status.kind !== 'active') return undefined;
    const at = signInOf(token as TokenLike | undefined);
    const account: Account & Reaching = {
      accountId: id,
      reach: async () => (await reachOf(deps, id, found)).level,
      claims: (use, scope, claims) => claimsOf(deps, ctx, id, found, at, { use, scope, claims }),
    };
    return account;
  };

interface Issued {
  readonly clientId?: string | undefined;
  readonly accountId?: string | undefined;
}

/** A relying party may look at its own tokens; those of an account that cannot be used are dead (RFC 7662 2.2). */
export const introspectable =
  (directory: Directory) =>
  async (_ctx: unknown, client: { readonly clientId: string }, token: object): Promise<boolean> => {
    const { accountId, clientId }: Issued = token;
    if (clientId !== client.clientId || accountId === undefined) return false;
    return (await directory.get(accountId))?.status.kind === 'active';
  };

interface Request {
  readonly use: string;
  readonly scope: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Claims of what was granted, as far as the relying party is registered for it today. */
async function claimsOf(
  deps: AccountDependencies,
  ctx: KoaContextWithOIDC,
  id: SubjectId,
  subject: Subject,
  at: SignInFacts,
  { use, scope, claims }: Request,
) {
  const registered = new Set((ctx.oidc.client?.scope ?? '').split(' '));
  const ask = (names: readonly string[]) => names.filter((name) => registered.has(name));
  const scopes = new Set(ask(scope.split(' ')));
  const singly = ask(Object.keys(claims).flatMap((name) => scopeOfClaim(name)?.scope ?? []));
  const now = deps.clock.now();
  const released = use === 'userinfo' ? await releaseDocuments(deps, ctx, id, subject, at, scopes) : {};
  return {
    ...profileClaims(subject, new Set([...scopes, ...singly]), { ...deps.levels, now }),
    ...released,
    ...(at.acr === undefined ? {} : { acr: at.acr }),
    ...(at.amr === undefined ? {} : { amr: at.amr, authentication_level: authenticationLevel(at.amr) }),
    ...(at.auth_time === undefined ? {} : { auth_time: at.auth_time }),
    sub: id,
  };
}

/**
 * Documents, and only here: at UserInfo, by scope, of those that the grant was given for, for a sign-in at level 2
 * whose account still is of level 2. The hand-over is in the audit trail before it is in the answer.
 */
async function releaseDocuments(
  { audit, clock, grantContexts, holdings, levels }: AccountDependencies,
  ctx: KoaContextWithOIDC,
  id: SubjectId,
  subject: Subject,
  at: SignInFacts,
  scopes: ReadonlySet<string>,
): Promise<Record<string, unknown>> {
  const now = clock.now();
  const asked = documentScopes.filter((document) => scopes.has(document.scope));
  if (asked.length === 0 || at.acr !== '2' || ceiling(subject, { ...levels, now }).level !== 2) return {};
  const [context, ...held] = await Promise.all([
    grantContexts.find(at.grantId ?? ''),
    ...asked.map((document) => holdings.get(id, document.scope)),
  ]);
  const released = asked.flatMap((document, index) =>
    context?.documents.includes(document.scope) ? [{ document, holding: held[index] }] : [],
  );
  if (released.length === 0) return {};
  await audit.record({
    kind: 'documents.released',
    subject: id,
    ...(ctx.oidc.client ? { relying_party: ctx.oidc.client.clientId } : {}),
    detail: { grant: at.grantId ?? '', documents: released.map(({ document }) => document.scope) },
  });
  return Object.fromEntries(
    released.map(({ document, holding }) => [
      document.claim,
      releaseDocument(document, holding, subject, now),
    ]),
  );
}
