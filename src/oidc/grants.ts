import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '../clock/clock.ts';
import { type Asked, type Consent, type ConsentReason, consentReason } from '../consent/consent.ts';
import type { Consents } from '../consent/consents.ts';
import type { GrantContext, GrantContexts } from '../consent/grant-context.ts';
import { evidenceFingerprint } from '../documents/evidence-fingerprint.ts';
import type { Holdings } from '../documents/holdings.ts';
import type { Storage } from '../storage/contract.ts';
import { revokeGrant, revokeGrants } from './models.ts';
import { type RequestParams, requestedClaims, requestedDocuments, requestedScopes } from './requested.ts';

export interface GrantDependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly consents: Consents;
  readonly grantContexts: GrantContexts;
  readonly holdings: Holdings;
  readonly keyedHash: (value: string) => string;
}

type Grant = InstanceType<Provider['Grant']>;

/** What a request asks a person to agree to, with the documents as they stand now. */
export async function askedOf(
  { holdings, keyedHash }: Pick<GrantDependencies, 'holdings' | 'keyedHash'>,
  subject: string,
  params: RequestParams,
): Promise<Asked> {
  const documents = requestedDocuments(params);
  const held = await Promise.all(documents.map((scope) => holdings.get(subject, scope)));
  return {
    scopes: requestedScopes(params),
    claims: requestedClaims(params),
    evidence: Object.fromEntries(
      documents.flatMap((scope, index) => {
        const fingerprint = evidenceFingerprint(held[index], keyedHash);
        return fingerprint === undefined ? [] : [[scope, fingerprint]];
      }),
    ),
  };
}

const standingReasons = new WeakMap<object, ConsentReason>();

/** Why the standing decision does not answer this request; set while its grant was looked for. */
export const consentReasonOf = (ctx: KoaContextWithOIDC): ConsentReason | undefined =>
  standingReasons.get(ctx.oidc);

/**
 * The grant of a request: the one just agreed to, else one that the standing decision allows. The library's
 * own look-up knows only the session, so a sign-out would forget every consent.
 */
export function existingGrant(deps: GrantDependencies) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { account, client, params, provider, result, session } = ctx.oidc;
    if (!account || !client || !session) return undefined;
    const decided = result?.consent?.grantId;
    if (decided !== undefined) return provider.Grant.find(decided);
    const { accountId } = account;
    const { clientId } = client;
    const [standing, asked] = await Promise.all([
      deps.consents.find(accountId, clientId),
      askedOf(deps, accountId, params ?? {}),
    ]);
    const reason = consentReason(standing, asked, deps.clock.now());
    if (reason !== undefined) standingReasons.set(ctx.oidc, reason);
    if (standing === undefined || reason !== undefined) return undefined;
    const known = session.grantIdFor(clientId);
    const live = known === undefined ? undefined : await provider.Grant.find(known);
    return live?.accountId === accountId ? live : rebuiltGrant(deps, provider, standing);
  };
}

/** A withdrawal while the grant was being rebuilt ends it again: it had not seen this one. */
async function rebuiltGrant(
  deps: GrantDependencies,
  provider: Provider,
  standing: Consent,
): Promise<Grant | undefined> {
  const grant = await grantOf(deps, provider, standing);
  const now = await deps.consents.find(standing.subject, standing.relying_party);
  if (now?.withdrawn_at === undefined) return grant;
  await revokeGrant(deps.storage, grant.jti);
  return undefined;
}

/**
 * Records a decision and gives the grant that carries it. Where something is no longer agreed to, every other
 * grant to that relying party ends with it, on all of the person's devices.
 */
export async function decideGrant(
  deps: GrantDependencies,
  provider: Provider,
  consent: Consent,
  previousGrantId: string | undefined,
): Promise<string> {
  const standing = await deps.consents.find(consent.subject, consent.relying_party);
  await deps.consents.decide(consent);
  const grant = await grantOf(deps, provider, consent, previousGrantId);
  if (standing && narrowed(standing, consent)) {
    await revokeGrants(deps.storage, consent.subject, consent.relying_party, grant.jti);
  }
  return grant.jti;
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
  before.granted.some((scope) => after.refused.includes(scope)) ||
  before.claims.some((claim) => after.refused_claims.includes(claim));

/** A grant that says exactly what the decision says; a previous one is rewritten under its identifier. */
async function grantOf(
  { grantContexts }: Pick<GrantDependencies, 'grantContexts'>,
  provider: Provider,
  consent: Consent,
  previousGrantId?: string,
): Promise<Grant> {
  const previous = previousGrantId === undefined ? undefined : await provider.Grant.find(previousGrantId);
  const grant =
    previous?.accountId === consent.subject && previous.clientId === consent.relying_party
      ? previous
      : new provider.Grant({ accountId: consent.subject, clientId: consent.relying_party });
  // A rejection sticks in the library: adding a scope later does not lift it.
  delete grant.openid;
  delete grant.rejected;
  grant.addOIDCScope(consent.granted);
  if (consent.refused.length > 0) grant.rejectOIDCScope(consent.refused);
  if (consent.claims.length > 0) grant.addOIDCClaims(consent.claims);
  if (consent.refused_claims.length > 0) grant.rejectOIDCClaims(consent.refused_claims);
  await grant.save();
  await grantContexts.keep(grant.jti, contextOf(consent));
  return grant;
}

const contextOf = (consent: Consent): GrantContext => ({
  subject: consent.subject,
  relying_party: consent.relying_party,
  purposes: consent.purposes,
  documents: requestedDocuments({ scope: consent.granted.join(' ') }),
  language: consent.language,
  decided_at: consent.decided_at,
});
