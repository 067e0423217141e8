import type { Client, Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider';
import type { Config } from '../config/schema.ts';
import { catalogue } from '../documents/catalogue.ts';
import { LANGUAGES } from '../messages/language.ts';
import { signingAlgorithms } from '../relying-party/relying-party.ts';
import { findAccount, introspectable, signInClaims } from './account.ts';
import { createAdapterFactory } from './adapter.ts';
import { assertClaimsParameter } from './claims-parameter.ts';
import { assertClientAssertion, extraClientMetadata } from './client-rules.ts';
import { clientMetadata } from './clients.ts';
import { createCookieKeys } from './cookie-keys.ts';
import type { ProviderDependencies } from './dependencies.ts';
import { existingGrant } from './grants.ts';
import { createPolicy } from './policy.ts';
import { createReadAhead } from './read-ahead.ts';
import { sessionLifetime } from './session-lifetime.ts';
import type { TokenBuckets } from './token-bucket.ts';

const ALGORITHMS = [...signingAlgorithms];

/** The addresses of design head 3. */
const routes = {
  authorization: '/authorize',
  pushed_authorization_request: '/par',
  token: '/token',
  userinfo: '/userinfo',
  jwks: '/jwks',
  introspection: '/introspect',
  revocation: '/revoke',
  end_session: '/logout',
} as const;

/** Everything that is said to the library, and nothing that it does not know. */
export function settings(
  given: ProviderDependencies,
  jwks: readonly JWK[],
  buckets: TokenBuckets,
): Configuration {
  const readAhead = createReadAhead(given);
  const deps: ProviderDependencies = { ...given, ...readAhead.sources };
  const { config } = deps;
  const clients = {
    find: async (id: string) => {
      const relyingParty = await deps.registry.get(id);
      return relyingParty && clientMetadata(relyingParty);
    },
  };
  return {
    adapter: createAdapterFactory({ ...deps, buckets, readAhead, limits: config.session }, clients),
    jwks: { keys: jwks },
    routes,
    ...protocol(deps),
    ...lifetimes(deps),
    features: features(deps),
    findAccount: findAccount({ ...deps, rules: config.assurance }),
    loadExistingGrant: existingGrant(deps),
    extraTokenClaims: (ctx) => signInClaims(ctx),
    pairwiseIdentifier: (_ctx, accountId, client) => subjectAt(deps)(client, accountId),
    interactions: {
      policy: createPolicy({ clock: deps.clock, rules: config.assurance, subjectAt: subjectAt(deps) }),
      url: (_ctx, interaction) => `/interaction/${interaction.uid}`,
    },
    cookies: cookies(config, deps.cookieKeys),
    renderError: (ctx, out, fault) => deps.pages.error(ctx, { code: out.error, fault, ...clientOf(ctx) }),
    // No feature that is on fetches anything: an address in a request leads nowhere.
    fetch: () => Promise.reject(new Error('outgoing requests are off')),
  };
}

/** Pairwise (OpenID Connect Core 8.1). */
const subjectAt =
  ({ pairwise }: ProviderDependencies) =>
  ({ sectorIdentifier }: Client, accountId: string): string =>
    pairwise(`${sectorIdentifier} ${accountId}`);

const clientOf = ({ oidc }: KoaContextWithOIDC): { clientId?: string } =>
  oidc?.client === undefined ? {} : { clientId: oidc.client.clientId };

/** What is spoken: code with PKCE, asymmetric signatures, exact addresses. */
function protocol({ clock, config }: ProviderDependencies): Configuration {
  return {
    responseTypes: ['code'],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    acrValues: ['1', '2'],
    scopes: ['openid', 'offline_access', ...catalogue.map(({ scope }) => scope)],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', 'authentication_level'],
      ...Object.fromEntries(
        catalogue.map((scope) => [
          scope.scope,
          scope.kind === 'document' ? [scope.claim] : [...scope.claims],
        ]),
      ),
    },
    subjectTypes: ['pairwise'],
    sectorIdentifierUriValidate: () => false,
    clientAuthMethods: ['client_secret_basic', 'private_key_jwt'],
    clientDefaults: { id_token_signed_response_alg: 'ES256', grant_types: ['authorization_code'] },
    clientBasedCORS: () => false,
    enabledJWA: {
      clientAuthSigningAlgValues: ALGORITHMS,
      idTokenSigningAlgValues: ALGORITHMS,
      userinfoSigningAlgValues: ALGORITHMS,
    },
    assertJwtClientAuthClaimsAndHeader: assertClientAssertion(clock),
    extraClientMetadata,
    discovery: {
      ui_locales_supported: [...LANGUAGES],
      claim_types_supported: ['normal'],
      service_documentation: `${config.issuer}/`,
    },
  };
}

/** How long things live, in seconds. */
function lifetimes({ config, clock }: ProviderDependencies): Configuration {
  const { interaction, session, tokens } = config;
  return {
    ttl: {
      AuthorizationCode: tokens.authorization_code,
      AccessToken: tokens.access_token,
      IdToken: tokens.id_token,
      RefreshToken: tokens.refresh_token,
      Interaction: interaction.lifetime,
      // Fixed at the first save and a cap on every token of the grant, so it covers the last one issued on it.
      Grant: tokens.refresh_token + session.absolute,
      Session: (_ctx, { loginTs }) => sessionLifetime(session, clock, loginTs),
    },
    // Every client here authenticates, which binds its refresh tokens to it (RFC 9700 section 4.14.2).
    rotateRefreshToken: () => false,
  };
}

function features({ directory, pages }: ProviderDependencies): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    resourceIndicators: { enabled: false },
    pushedAuthorizationRequests: { enabled: true },
    claimsParameter: { enabled: true, assertClaimsParameter },
    jwtUserinfo: { enabled: true },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => client.clientId === token.clientId },
    introspection: { enabled: true, allowedPolicy: introspectable(directory) },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => pages.signOut(ctx, form),
      postLogoutSuccessSource: (ctx) => pages.signedOut(ctx),
    },
  };
}

/** The `__Host-` and `__Secure-` prefixes follow the issuer's scheme: over http no browser would take them. */
function cookies({ issuer }: Config, keys: readonly Buffer[]): Configuration['cookies'] {
  const https = issuer.startsWith('https:');
  return {
    keys: createCookieKeys(keys) as unknown as string[],
    names: {
      session: https ? '__Host-session' : 'session',
      interaction: https ? '__Secure-interaction' : 'interaction',
      resume: https ? '__Secure-resume' : 'resume',
    },
    long: { httpOnly: true, sameSite: 'lax' },
    short: { httpOnly: true, sameSite: 'lax' },
  };
}
