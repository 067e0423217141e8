import { importJWK, type JWK } from 'jose';
import * as openid from 'openid-client';
import type { Language } from '../messages/language.ts';

/** What a started sign-in must find again when the browser comes back. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** All parameters that were sent, for the engineer's view. */
  readonly request: Readonly<Record<string, string>>;
}

/** A verified sign-in. Claims are those of the verified ID token; UserInfo belongs to the same `sub`. */
export interface SignedIn {
  readonly kind: 'signed_in';
  readonly idToken: string;
  readonly accessToken: string;
  readonly claims: openid.IDToken;
  readonly userInfo: openid.UserInfoResponse;
  /** Seconds. */
  readonly accessTokenLifetime: number | undefined;
}

/** The provider said no (RFC 6749 section 4.1.2.1, OpenID Connect Core 3.1.2.6). */
export interface Refused {
  readonly kind: 'refused';
  readonly error: string;
}

export interface PortalClient {
  /** `parameters`: scope, acr_values, claims, prompt and the like. Throws where the provider is away. */
  start(
    parameters: Readonly<Record<string, string>>,
  ): Promise<{ readonly url: URL; readonly attempt: Attempt }>;
  /** Redeems the code once and checks everything. Throws where an answer does not hold. */
  finish(callback: URL, attempt: Attempt): Promise<SignedIn | Refused>;
  /** OpenID Connect RP-Initiated Logout 1.0; `language` is the one its page should speak. */
  signOutUrl(idToken: string, returnTo: string, language: Language): Promise<URL>;
}

/** The provider could not be reached; nothing was started. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
}

const DISCOVERY_ATTEMPTS = 3;
const DISCOVERY_PAUSE_MS = 400;
const REQUEST_TIMEOUT_S = 10;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface ClientOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly privateKeyJwk: JWK;
}

async function discover({ issuer, clientId, privateKeyJwk }: ClientOptions): Promise<openid.Configuration> {
  const key = await importJWK(privateKeyJwk, 'ES256');
  if (key instanceof Uint8Array) throw new TypeError('the portal needs an asymmetric key');
  const authentication = openid.PrivateKeyJwt(privateKeyJwk.kid ? { key, kid: privateKeyJwk.kid } : key);
  return openid.discovery(
    new URL(issuer),
    clientId,
    { id_token_signed_response_alg: 'ES256' },
    authentication,
    {
      timeout: REQUEST_TIMEOUT_S,
      // Without this the client trusts the transport and leaves the ID token's signature unread.
      execute: [
        openid.enableNonRepudiationChecks,
        ...(issuer.startsWith('http:') ? [openid.allowInsecureRequests] : []),
      ],
    },
  );
}

/** Asks again a few times: the provider may start a moment later than the portal. */
async function discoverPatiently(options: ClientOptions): Promise<openid.Configuration> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await discover(options);
    } catch (cause) {
      if (attempt === DISCOVERY_ATTEMPTS) throw new ProviderUnreachable('discovery failed', { cause });
      await pause(DISCOVERY_PAUSE_MS);
    }
  }
}

/** Discovery happens at the first use and again after a failure. */
export function createPortalClient(options: ClientOptions): PortalClient {
  let found: Promise<openid.Configuration> | undefined;
  const configuration = () => {
    found ??= discoverPatiently(options).catch((error) => {
      found = undefined;
      throw error;
    });
    return found;
  };

  return {
    async start(parameters) {
      const attempt = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      };
      const request = {
        ...parameters,
        redirect_uri: options.redirectUri,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      };
      const url = openid.buildAuthorizationUrl(await configuration(), request);
      return { url, attempt: { ...attempt, request: Object.fromEntries(url.searchParams) } };
    },

    async finish(callback, attempt) {
      const config = await configuration();
      try {
        const tokens = await openid.authorizationCodeGrant(config, callback, {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined || tokens.id_token === undefined) throw new TypeError('no ID token');
        const userInfo = await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
        return {
          kind: 'signed_in',
          idToken: tokens.id_token,
          accessToken: tokens.access_token,
          claims,
          userInfo,
          accessTokenLifetime: tokens.expiresIn(),
        };
      } catch (error) {
        if (error instanceof openid.AuthorizationResponseError)
          return { kind: 'refused', error: error.error };
        // Keys or endpoints may have changed under us: the next attempt reads them anew.
        found = undefined;
        throw error;
      }
    },

    async signOutUrl(idToken, returnTo, language) {
      return openid.buildEndSessionUrl(await configuration(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: returnTo,
        ui_locales: language,
      });
    },
  };
}
