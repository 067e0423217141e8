import type Provider from 'oidc-provider';
import type { Consent } from '../consent/consent.ts';

export type Grant = InstanceType<Provider['Grant']>;

const sameNames = (given: readonly string[], expected: readonly string[]): boolean =>
  new Set(given).size === new Set(expected).size && given.every((name) => expected.includes(name));

/** Claims that need no consent; the library would ask for those that it does not know as such. */
const withUnasked = (claims: readonly string[]): string[] => [...claims, 'authentication_level'];

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** Whether a grant is this person's for this relying party and says exactly what the decision says. */
export const says = (grant: Grant, consent: Consent): boolean =>
  belongsTo(grant, consent) &&
  sameNames(words(grant.getOIDCScope()), consent.granted) &&
  sameNames(words(grant.getRejectedOIDCScope()), consent.refused) &&
  sameNames(grant.getOIDCClaims(), withUnasked(consent.claims)) &&
  sameNames(grant.getRejectedOIDCClaims(), consent.refused_claims);

const belongsTo = (grant: Grant, consent: Consent): boolean =>
  grant.accountId === consent.subject && grant.clientId === consent.relying_party;

/**
 * Saves a grant that says exactly what the decision says, until `end` (NumericDate). A previous one is rewritten
 * under its identifier, so that what was issued on it follows at once. `device` is the one in which it is given: what is
 * read on it while the person is away ends with that device, long after the session.
 */
export async function write(
  provider: Provider,
  consent: Consent,
  previousId: string | undefined,
  end: number,
  device: string | undefined,
): Promise<Grant> {
  const previous = previousId === undefined ? undefined : await provider.Grant.find(previousId);
  const grant =
    previous && belongsTo(previous, consent)
      ? previous
      : new provider.Grant({ accountId: consent.subject, clientId: consent.relying_party });
  // A rejection sticks in the library: adding a scope later does not lift it.
  delete grant.openid;
  delete grant.rejected;
  grant.addOIDCScope([...consent.granted]);
  if (consent.refused.length > 0) grant.rejectOIDCScope([...consent.refused]);
  grant.addOIDCClaims(withUnasked(consent.claims));
  if (consent.refused_claims.length > 0) grant.rejectOIDCClaims([...consent.refused_claims]);
  grant.exp = end;
  if (device !== undefined) Object.assign(grant, { device });
  await grant.save();
  return grant;
}
