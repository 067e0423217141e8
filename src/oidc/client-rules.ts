import type Provider from 'oidc-provider';
import { type AllClientMetadata, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { type Clock, MINUTE, SECOND } from '../clock/clock.ts';
import { verifyClientSecret } from '../relying-party/client-secret.ts';
import { ownMetadata } from './clients.ts';

const MAX_ASSERTION_LIFETIME = 5 * MINUTE;

/**
 * A client assertion is for us alone and for minutes (RFC 7523bis, FAPI 2.0 section 5.3.2.1): the library takes
 * any endpoint address as audience and any lifetime.
 */
export const assertClientAssertion =
  (clock: Clock) =>
  (ctx: KoaContextWithOIDC, claims: Record<string, unknown>): void => {
    if (claims.aud !== ctx.oidc.issuer) {
      throw new errors.InvalidClientAuth('aud must be the issuer, as a single string');
    }
    if (!(Number(claims.exp) * SECOND - clock.now() <= MAX_ASSERTION_LIFETIME)) {
      throw new errors.InvalidClientAuth('exp must be within five minutes');
    }
  };

/** Our own metadata is checked at each construction, so that a damaged registration fails closed. */
export const extraClientMetadata = {
  properties: [...ownMetadata],
  validator(_ctx: unknown, key: string, value: unknown, _metadata: AllClientMetadata): void {
    if (key === 'acr_floor' && value !== 1 && value !== 2) {
      throw new errors.InvalidClientMetadata('acr_floor must be 1 or 2');
    }
    if (key === 'profile' && value !== 'standard') {
      throw new errors.InvalidClientMetadata('profile is unknown');
    }
  },
};

/** Some client libraries append `state` to the post-logout address themselves; that is still the same address. */
function withoutState(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.searchParams.getAll('state').length !== 1) return address;
  return address.replace(/([?&])state=[^&#]*(&|$)/, (_whole, before: string, after: string) =>
    after === '' ? '' : before,
  );
}

interface ClientPrototype {
  clientSecret?: string;
  postLogoutRedirectUris?: readonly string[];
  compareClientSecret(given: string): boolean;
  postLogoutRedirectUriAllowed(address: string): boolean;
}

/** Two decisions of the library's client that are ours: hashed secrets, and `state` on the way out. */
export function applyClientRules(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as ClientPrototype;
  prototype.compareClientSecret = function compareClientSecret(given) {
    return this.clientSecret !== undefined && verifyClientSecret(given, this.clientSecret);
  };
  prototype.postLogoutRedirectUriAllowed = function postLogoutRedirectUriAllowed(address) {
    const allowed = this.postLogoutRedirectUris ?? [];
    return allowed.includes(address) || allowed.includes(withoutState(address));
  };
}
