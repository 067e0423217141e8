import { scopeOfClaim } from '../documents/catalogue.ts';
import type { Language } from '../messages/language.ts';
import type { Asked, Consent } from './consent.ts';

/** A person who was asked and gave this answer. */
export interface ConsentAnswer {
  readonly subject: string;
  readonly relying_party: string;
  readonly granted: readonly string[];
  readonly refused: readonly string[];
  readonly claims: readonly string[];
  readonly refused_claims: readonly string[];
  /** What stood on the page, as JSON. */
  readonly shown: string;
  /** Purpose by scope, as it stood on the page. */
  readonly purposes: Readonly<Record<string, string>>;
  readonly language: Language;
  /** Milliseconds since the epoch. */
  readonly remembered_until: number;
}

/** In place of a fingerprint where the registry was away: whatever it says later is something new. */
const UNKNOWN = 'unknown';

/**
 * The decision as it will stand: this answer, and what stood before about things that were not asked now, which
 * never lives longer for it. `before` is the standing decision, neither withdrawn nor expired.
 */
export function decisionOf(
  before: Consent | undefined,
  asked: Asked,
  answer: ConsentAnswer,
  now: number,
): Consent {
  const { scopes, claims } = notAsked(asked);
  return {
    subject: answer.subject,
    relying_party: answer.relying_party,
    granted: [...scopes(before?.granted), ...answer.granted],
    refused: [...scopes(before?.refused), ...answer.refused],
    claims: [...claims(before?.claims), ...answer.claims],
    refused_claims: [...claims(before?.refused_claims), ...answer.refused_claims],
    evidence: evidenceOf(before, asked, answer),
    purposes: { ...before?.purposes, ...answer.purposes },
    language: answer.language,
    shown: answer.shown,
    decided_at: now,
    expires_at: decisionEnd(before, asked, answer.remembered_until),
  };
}

/** Until when a decision made now would stand: what is carried from before keeps its own end. */
export function decisionEnd(
  before: Consent | undefined,
  asked: Pick<Asked, 'scopes' | 'claims'>,
  rememberedUntil: number,
): number {
  if (before === undefined) return rememberedUntil;
  const { scopes, claims } = notAsked(asked);
  const carried = [
    ...scopes([...before.granted, ...before.refused]),
    ...claims([...before.claims, ...before.refused_claims]),
  ];
  return carried.length > 0 ? Math.min(rememberedUntil, before.expires_at) : rememberedUntil;
}

/** What stands outside the question. Scopes and claims can have one name; a claim is also asked with its scope. */
const notAsked = (asked: Pick<Asked, 'scopes' | 'claims'>) => ({
  scopes: (names: readonly string[] = []) => names.filter((name) => !asked.scopes.includes(name)),
  claims: (names: readonly string[] = []) =>
    names.filter(
      (name) => !asked.claims.includes(name) && !asked.scopes.includes(scopeOfClaim(name)?.scope ?? ''),
    ),
});

/** Fingerprints of what was on the page; for what was not, and while a registry is away, of what was seen before. */
function evidenceOf(
  before: Consent | undefined,
  asked: Asked,
  answer: ConsentAnswer,
): Record<string, string> {
  const carried = Object.entries(before?.evidence ?? {}).filter(([scope]) => !asked.scopes.includes(scope));
  const seen = Object.entries(asked.evidence)
    .filter(([scope]) => answer.granted.includes(scope))
    .map(([scope, fingerprint]) => [scope, fingerprint ?? before?.evidence[scope] ?? UNKNOWN]);
  return Object.fromEntries([...carried, ...seen]);
}
