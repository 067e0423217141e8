import { scopeOfClaim } from '../documents/catalogue.ts';
import type { Consent } from './consent.ts';

/** The scopes that a decision hands something over of; also those of which single claims alone were agreed to. */
export const agreedScopes = ({ granted, claims }: Consent): string[] => [
  ...new Set([
    ...granted.filter((scope) => scope !== 'openid'),
    ...claims.flatMap((claim) => scopeOfClaim(claim)?.scope ?? []),
  ]),
];

/**
 * The decision with one scope taken back, and the claims that belong to it: refused from now on, as if it never was
 * ticked. All else stands as it was, until when it stood.
 */
export function withoutScope(consent: Consent, scope: string): Consent {
  const gone = consent.claims.filter((claim) => scopeOfClaim(claim)?.scope === scope);
  const { [scope]: _, ...evidence } = consent.evidence;
  return {
    ...consent,
    granted: consent.granted.filter((one) => one !== scope),
    refused: [...consent.refused.filter((one) => one !== scope), scope],
    claims: consent.claims.filter((claim) => !gone.includes(claim)),
    refused_claims: [...consent.refused_claims, ...gone],
    evidence,
  };
}
