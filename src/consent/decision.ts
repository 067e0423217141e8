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
  const named = new Set([...asked.scopes, ...asked.claims]);
  // A single claim also counts as asked where its whole scope was.
  const kept = (names: readonly string[] = []) =>
    names.filter((name) => !named.has(name) && !named.has(scopeOfClaim(name)?.scope ?? ''));
  const carried = [before?.granted, before?.refused, before?.claims, before?.refused_claims].flatMap(
    (names) => kept(names),
  );
  const until = carried.length > 0 && before !== undefined ? before.expires_at : answer.remembered_until;
  return {
    subject: answer.subject,
    relying_party: answer.relying_party,
    granted: [...kept(before?.granted), ...answer.granted],
    refused: [...kept(before?.refused), ...answer.refused],
    claims: [...kept(before?.claims), ...answer.claims],
    refused_claims: [...kept(before?.refused_claims), ...answer.refused_claims],
    evidence: evidenceOf(before, asked, answer),
    purposes: { ...before?.purposes, ...answer.purposes },
    language: answer.language,
    shown: answer.shown,
    decided_at: now,
    expires_at: Math.min(answer.remembered_until, until),
  };
}

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
