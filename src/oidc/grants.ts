import { isDeepStrictEqual } from 'node:util';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import { type Asked, type Consent, type ConsentReason, consentReason } from '../consent/consent.ts';
import type { Consents } from '../consent/consents.ts';
import { type ConsentAnswer, decisionOf } from '../consent/decision.ts';
import type { GrantContext, GrantContexts } from '../consent/grant-context.ts';
import { scopeOfClaim } from '../documents/catalogue.ts';
import { evidenceFingerprint } from '../documents/evidence-fingerprint.ts';
import type { Holdings } from '../documents/holdings.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import { purposeOf } from '../relying-party/relying-party.ts';
import type { Storage } from '../storage/contract.ts';
import { ACCOUNT_PORTAL, accountGrant } from './account-portal.ts';
import { type Grant, says, write } from './grant-row.ts';
import { revokeGrant, revokeGrants } from './models.ts';
import { type RequestParams, requestedClaims, requestedDocuments, requestedScopes } from './requested.ts';
import { deviceOfRequest } from './session-facts.ts';

export interface GrantDependencies {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly registry: RelyingPartyRegistry;
  readonly consents: Consents;
  readonly grantContexts: GrantContexts;
  readonly holdings: Holdings;
  readonly keyedHash: (value: string) => string;
}

/** What a request asks a person to agree to, with the registration and the documents as they stand now. */
async function askedOf(
  { holdings, keyedHash, registry }: GrantDependencies,
  subject: string,
  clientId: string,
  params: RequestParams,
): Promise<Asked> {
  const documents = requestedDocuments(params);
  const [relyingParty, ...held] = await Promise.all([
    registry.get(clientId),
    ...documents.map((scope) => holdings.get(subject, scope)),
  ]);
  const scopes = requestedScopes(params);
  const uses = scopes.flatMap((scope) => {
    const use = relyingParty?.scopes[scope];
    return use === undefined ? [] : [{ scope, use }];
  });
  return {
    scopes,
    claims: requestedClaims(params),
    evidence: Object.fromEntries(
      documents.map((scope, index) => [scope, evidenceFingerprint(held[index], keyedHash)]),
    ),
    required: uses.filter(({ use }) => use.required).map(({ scope }) => scope),
    purposes: Object.fromEntries(uses.map(({ scope, use }) => [scope, purposeOf(use)])),
  };
}

const standingReasons = new WeakMap<object, ConsentReason>();

/** Why the standing decision does not answer this request; set while its grant was looked for. */
export const consentReasonOf = (ctx: KoaContextWithOIDC): ConsentReason | undefined =>
  standingReasons.get(ctx.oidc);

/**
 * The grant of a request: the one just agreed to, else one that says what the standing decision says. The
 * library's own look-up knows only the session, so a sign-out would forget every consent.
 */
export function existingGrant(deps: GrantDependencies) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { account, client, params, provider, result, session } = ctx.oidc;
    if (!account || !client || !session) return undefined;
    if (client.clientId === ACCOUNT_PORTAL) return accountGrant(ctx, account.accountId, deps);
    const decided = result?.consent?.grantId;
    if (decided !== undefined) return provider.Grant.find(decided);
    const { accountId } = account;
    const { clientId } = client;
    const [standing, asked] = await Promise.all([
      deps.consents.find(accountId, clientId),
      askedOf(deps, accountId, clientId, params ?? {}),
    ]);
    const reason = consentReason(standing, asked, deps.clock.now());
    if (reason !== undefined) standingReasons.set(ctx.oidc, reason);
    if (standing === undefined || reason !== undefined) return undefined;
    const known = session.grantIdFor(clientId);
    const live = known === undefined ? undefined : await provider.Grant.find(known);
    return live && says(live, standing)
      ? live
      : carriedGrant(deps, provider, standing, known, deviceOfRequest(ctx.oidc));
  };
}

/**
 * Writes the grant that carries a decision, under the identifier of a previous one where there is one, whose `device`
 * stays where none is given. Decisions and grants are rows apart: when the decision changed meanwhile, the grant follows it; withdrawn, it ends.
 */
export async function carriedGrant(
  deps: GrantDependencies,
  provider: Provider,
  decision: Consent,
  previous: string | undefined,
  device?: string,
): Promise<Grant | undefined> {
  let consent = decision;
  let id = previous;
  for (;;) {
    const grant = await write(provider, consent, id, grantEnd(deps, consent), device);
    await deps.grantContexts.keep(grant.jti, contextOf(consent));
    const now = await deps.consents.find(consent.subject, consent.relying_party);
    if (now === undefined || now.withdrawn_at !== undefined) {
      await revokeGrant(deps.storage, grant.jti);
      return undefined;
    }
    if (isDeepStrictEqual(now, consent)) return grant;
    consent = now;
    id = grant.jti;
  }
}

/** In seconds since the epoch: it covers the last token issued on it, but nothing outlives the decision. */
const grantEnd = ({ clock, config: { session, tokens } }: GrantDependencies, consent: Consent): number => {
  const longest = clock.now() + (tokens.refresh_token + session.absolute) * SECOND;
  return Math.floor(Math.min(longest, consent.expires_at) / SECOND);
};

/** The request that a person answered, as far as the decision needs it. */
interface Answered {
  readonly params: RequestParams;
  readonly grantId: string | undefined;
  readonly session?: { readonly device?: string | undefined };
}

/**
 * Records a decision and gives the grant that carries it; undefined where it was withdrawn at once. Where
 * something is no longer agreed to, every other grant to that relying party ends, on all of the person's devices.
 */
export async function decideGrant(
  deps: GrantDependencies,
  provider: Provider,
  { params, grantId, session }: Answered,
  answer: ConsentAnswer,
): Promise<string | undefined> {
  const { subject, relying_party } = answer;
  const asked = await askedOf(deps, subject, relying_party, params);
  const { consent, before } = await deps.consents.decide(subject, relying_party, (standing) =>
    decisionOf(standing, asked, answer, deps.clock.now()),
  );
  const grant = await carriedGrant(deps, provider, consent, grantId, session?.device);
  if (before && narrowed(before, consent)) {
    await revokeGrants(deps.storage, subject, relying_party, grant?.jti);
  }
  return grant?.jti;
}

/** Withdraws a decision; tokens issued on it are refused from the next request on. */
export async function withdrawConsent(
  deps: Pick<GrantDependencies, 'storage' | 'consents'>,
  subject: string,
  relyingParty: string,
): Promise<boolean> {
  const withdrawn = await deps.consents.withdraw(subject, relyingParty);
  await revokeGrants(deps.storage, subject, relyingParty);
  return withdrawn;
}

const narrowed = (before: Consent, after: Consent): boolean =>
  before.granted.some((scope) => !after.granted.includes(scope)) ||
  before.claims.some(
    (claim) => !after.claims.includes(claim) && !after.granted.includes(scopeOfClaim(claim)?.scope ?? ''),
  );

const contextOf = (consent: Consent): GrantContext => ({
  subject: consent.subject,
  relying_party: consent.relying_party,
  purposes: consent.purposes,
  documents: requestedDocuments({ scope: consent.granted.join(' ') }),
  language: consent.language,
  shown: consent.shown,
  decided_at: consent.decided_at,
});
