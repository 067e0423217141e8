import type { ClientMetadata } from 'oidc-provider';
import type { RelyingParty } from '../relying-party/relying-party.ts';
import { ACCOUNT_PORTAL } from './account-portal.ts';

/** How an answer may come back (OAuth 2.0 Multiple Response Type Encoding Practices; OAuth 2.0 Form Post). */
export const RESPONSE_MODES = ['query', 'form_post'];

/** Metadata of ours on a client, beside the registered names. */
export const ownMetadata = ['acr_floor', 'profile'] as const;

/**
 * A registered relying party as the library's client metadata (OpenID Connect Dynamic Client Registration 1.0
 * section 2). Built anew from the registration at each read, so a change there is a change here.
 */
export function clientMetadata(relyingParty: RelyingParty): ClientMetadata {
  const { authentication } = relyingParty;
  return {
    client_id: relyingParty.client_id,
    client_name: relyingParty.name.vi,
    redirect_uris: relyingParty.redirect_uris,
    post_logout_redirect_uris: relyingParty.post_logout_redirect_uris,
    response_types: ['code'],
    response_modes: relyingParty.client_id === ACCOUNT_PORTAL ? ['query'] : RESPONSE_MODES,
    grant_types: ['authorization_code', ...(relyingParty.refresh_tokens ? ['refresh_token'] : [])],
    scope: allowedScopes(relyingParty).join(' '),
    subject_type: 'pairwise',
    token_endpoint_auth_method: authentication.method,
    ...(authentication.method === 'private_key_jwt'
      ? { jwks: authentication.jwks, token_endpoint_auth_signing_alg: authentication.signing_alg }
      : { client_secret: authentication.secret_hash }),
    id_token_signed_response_alg: relyingParty.id_token_signed_response_alg,
    ...(relyingParty.userinfo_signed_response_alg === undefined
      ? {}
      : { userinfo_signed_response_alg: relyingParty.userinfo_signed_response_alg }),
    acr_floor: relyingParty.acr_floor,
    profile: relyingParty.profile,
  };
}

/** Every scope that the relying party may ask for. */
const allowedScopes = (relyingParty: RelyingParty): string[] => [
  'openid',
  ...Object.keys(relyingParty.scopes),
  ...(relyingParty.refresh_tokens ? ['offline_access'] : []),
];
