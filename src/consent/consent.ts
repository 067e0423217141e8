import { z } from 'zod';
import type { Sentence } from '../messages/language.ts';
import type { CollectionDefinition } from '../storage/contract.ts';

/** What a person decided about one relying party; the latest decision, until withdrawn or expired. */
export const consentSchema = z.strictObject({
  subject: z.string(),
  relying_party: z.string(),
  /** Scopes agreed to, `openid` and `offline_access` included where asked. */
  granted: z.array(z.string()),
  /** Optional scopes that were shown and not agreed to: not asked again while the decision stands. */
  refused: z.array(z.string()),
  /** Single claims agreed to, asked for by the `claims` parameter (OpenID Connect Core 5.5). */
  claims: z.array(z.string()),
  /** Claims shown and not agreed to. */
  refused_claims: z.array(z.string()),
  /** For each document agreed to: fingerprint of what it was, so that a change is asked about. */
  evidence: z.record(z.string(), z.string()),
  /** The purpose of each item as it stood on the page, and the language of the page. */
  purposes: z.record(z.string(), z.string()),
  language: z.enum(['vi', 'en']),
  /** What stood on the page when it was answered last, as JSON: portal, rows, purposes, documents. */
  shown: z.string(),
  /** Milliseconds since the epoch. */
  decided_at: z.number(),
  expires_at: z.number(),
  withdrawn_at: z.number().optional(),
});
export type Consent = z.infer<typeof consentSchema>;

/** Kept after expiry and withdrawal: the reason to ask again is read from it. */
export const consents: CollectionDefinition<Consent> = {
  name: 'consents',
  schema: consentSchema,
  sealed: true,
  spread: 'bucket',
  indexes: { subject: (consent) => consent.subject },
  bucketed: ['subject'],
};

/** Neither withdrawn nor expired. */
export const stands = (consent: Consent, now: number): boolean =>
  consent.withdrawn_at === undefined && consent.expires_at > now;

/** What a request asks for, after what the relying party may ask for has been checked. */
export interface Asked {
  /** All OpenID scopes of the request. */
  readonly scopes: readonly string[];
  /** Single claims of the `claims` parameter, protocol claims left out. */
  readonly claims: readonly string[];
  /** The documents asked for, each with its fingerprint as it stands now; undefined while a registry is away. */
  readonly evidence: Readonly<Record<string, string | undefined>>;
  /** Scopes that the relying party cannot do without. */
  readonly required: readonly string[];
  /** What each scope is for, as the registration says now. */
  readonly purposes: Readonly<Record<string, Sentence>>;
}

/** Why a person is asked; shown on the page. */
export type ConsentReason =
  | 'new_relying_party'
  | 'more_asked'
  | 'purpose_changed'
  | 'evidence_changed'
  | 'expired'
  | 'withdrawn';

/** The reason to ask, or undefined when the standing decision answers the request. */
export function consentReason(
  standing: Consent | undefined,
  asked: Asked,
  now: number,
): ConsentReason | undefined {
  if (standing === undefined) return 'new_relying_party';
  if (standing.withdrawn_at !== undefined) return 'withdrawn';
  if (standing.expires_at <= now) return 'expired';
  const seen = new Set([...standing.granted, ...standing.refused]);
  const seenClaims = new Set([...standing.claims, ...standing.refused_claims]);
  if (
    asked.scopes.some((scope) => !seen.has(scope)) ||
    asked.claims.some((claim) => !seenClaims.has(claim)) ||
    asked.required.some((scope) => standing.refused.includes(scope))
  ) {
    return 'more_asked';
  }
  if (asked.scopes.some((scope) => purposeChanged(standing, asked, scope))) return 'purpose_changed';
  const changed = Object.entries(standing.evidence).some(
    ([scope, fingerprint]) => asked.evidence[scope] !== undefined && asked.evidence[scope] !== fingerprint,
  );
  return changed ? 'evidence_changed' : undefined;
}

/** Agreed to for one purpose is not agreed to for another (Law 91/2025: consent is per purpose). */
function purposeChanged(standing: Consent, asked: Asked, scope: string): boolean {
  const shown = standing.purposes[scope];
  const now = asked.purposes[scope];
  return (
    standing.granted.includes(scope) &&
    shown !== undefined &&
    now !== undefined &&
    ![now.vi, now.en].includes(shown)
  );
}
