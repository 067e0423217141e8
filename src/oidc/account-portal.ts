import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Clock, epochSeconds } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import { generateClientSecret, hashClientSecret } from '../relying-party/client-secret.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { RelyingParty } from '../relying-party/relying-party.ts';
import type { Grant } from './grant-row.ts';

/** The relying party that the citizen's own pages are. No registration can have this id: it begins with no letter. */
export const ACCOUNT_PORTAL = '_account';

/** Where a sign-in into the citizen's own pages comes back to. */
export const ACCOUNT_RETURN = '/account/return';

/**
 * The citizen's own pages sign in like any portal, so that levels, windows and locks are decided in one place. They
 * ask for nothing but who it is, and read that from the session: nobody holds the secret, so no code is redeemed.
 */
function accountPortal({ issuer, province }: Pick<Config, 'issuer' | 'province'>): RelyingParty {
  return {
    client_id: ACCOUNT_PORTAL,
    name: { vi: 'Tài khoản của bạn', en: 'Your account' },
    organization: province.name.vi,
    profile: 'standard',
    redirect_uris: [`${issuer}${ACCOUNT_RETURN}`],
    post_logout_redirect_uris: [],
    initiate_login_uri: `${issuer}/account`,
    scopes: {},
    acr_floor: 1,
    authentication: {
      method: 'client_secret_basic',
      secret_hash: hashClientSecret(generateClientSecret()),
    },
    id_token_signed_response_alg: 'ES256',
    refresh_tokens: false,
    registered_at: '2026-11-21T00:00:00.000Z',
  };
}

/** The registry, with the citizen's own pages as one more relying party. Lists show the registered ones alone. */
export function withAccountPortal(
  registry: RelyingPartyRegistry,
  config: Pick<Config, 'issuer' | 'province'>,
): RelyingPartyRegistry {
  const account = accountPortal(config);
  return {
    ...registry,
    get: async (clientId) => (clientId === ACCOUNT_PORTAL ? account : registry.get(clientId)),
  };
}

/** The grant of a sign-in into the citizen's own pages, which needs nobody's consent; it ends with the session. */
export async function accountGrant(
  { oidc }: KoaContextWithOIDC,
  accountId: string,
  { clock, config: { session } }: { readonly clock: Clock; readonly config: Pick<Config, 'session'> },
): Promise<Grant> {
  const { provider } = oidc;
  const known = oidc.session?.grantIdFor(ACCOUNT_PORTAL);
  const live = known === undefined ? undefined : await provider.Grant.find(known);
  if (live?.accountId === accountId) return live;
  const grant = new provider.Grant({ accountId, clientId: ACCOUNT_PORTAL });
  grant.addOIDCScope('openid');
  grant.addOIDCClaims(['authentication_level']);
  grant.exp = epochSeconds(clock) + session.absolute;
  await grant.save();
  return grant;
}
