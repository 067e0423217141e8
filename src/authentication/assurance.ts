import { SECOND } from '../clock/clock.ts';
import type { CredentialRecord } from '../subject/credentials.ts';
import type { AccountLevel } from '../subject/subject.ts';
import { type MethodName, methods } from './methods.ts';

/**
 * One proof of identity, as the session keeps it. Levels are never stored: they are derived from these facts
 * for each request (design head 4). Times are NumericDate, seconds since the epoch (RFC 7519 section 2).
 */
export interface Authentication {
  readonly method: MethodName;
  /** When it was proved. */
  readonly at: number;
  /** When a sign-in last relied on it. Moves only while the proof is live, so an idle one never revives. */
  readonly used: number;
  /** By a factor that was chosen at level 1: it never carries level 2, whatever the account reaches later. */
  readonly at_level_1?: true | undefined;
}

/** How long a proof carries level 2, in seconds: since it was last relied on, and since it was made. */
export interface AssuranceWindow {
  readonly idle: number;
  readonly total: number;
}

export interface AssuranceRules extends AssuranceWindow {
  /** Which methods count as the second factor of level 2. */
  readonly second_factors: readonly MethodName[];
}

/** A proof made now. */
export const proofOf = (method: MethodName, now: number): Authentication => ({ method, at: now, used: now });

/**
 * Proofs that are no session yet, without those made void by a change of password or factors since. A proof knows its
 * second alone, so the second of the change counts as before it.
 */
export const stillGood = (
  proofs: readonly Authentication[],
  { factors_changed_at }: CredentialRecord,
): Authentication[] =>
  proofs.filter(({ at }) => factors_changed_at === undefined || at * SECOND > Date.parse(factors_changed_at));

const live = (proof: Authentication, window: AssuranceWindow, now: number): boolean =>
  now - proof.used <= window.idle && now - proof.at <= window.total;

const isFirst = ({ method }: Authentication): boolean => methods[method].first;

/**
 * The level that these proofs support: 2 by a live first and a live second factor, 1 by any, else 0. A passkey that
 * counts as a second factor is both.
 */
export function supportedLevel(
  proofs: readonly Authentication[],
  rules: AssuranceRules,
  now: number,
): 0 | AccountLevel {
  const current = proofs.filter((proof) => live(proof, rules, now));
  const first = current.some(isFirst);
  const second = current.some(
    ({ at_level_1, method }) => !at_level_1 && rules.second_factors.includes(method),
  );
  if (first && second) return 2;
  return proofs.length > 0 ? 1 : 0;
}

/** Whether the first factor need not be proved again for a step up to level 2. */
export const firstFactorLive = (
  proofs: readonly Authentication[],
  window: AssuranceWindow,
  now: number,
): boolean => proofs.some((proof) => isFirst(proof) && live(proof, window, now));

/** Newer proofs replace older ones of the same method. */
export function mergeProofs(
  older: readonly Authentication[],
  newer: readonly Authentication[],
): Authentication[] {
  const byMethod = new Map([...older, ...newer].map((proof) => [proof.method, proof]));
  return [...byMethod.values()];
}

/** The same proofs, those still live marked as relied on now. */
export const relyOn = (
  proofs: readonly Authentication[],
  window: AssuranceWindow,
  now: number,
): Authentication[] => proofs.map((proof) => (live(proof, window, now) ? { ...proof, used: now } : proof));

/**
 * `amr` by RFC 8176: the methods that still carry weight, with "mfa" where their factors are of two kinds. When
 * all have gone idle the sign-in rests on one factor, whatever was proved in its time.
 */
export function amrOf(proofs: readonly Authentication[], window: AssuranceWindow, now: number): string[] {
  const current = proofs.filter((proof) => live(proof, window, now));
  const counted = current.length > 0 ? current : proofs.slice(0, 1);
  const names = [...new Set(counted.flatMap(({ method }) => methods[method].amr))];
  const kinds = new Set(current.flatMap(({ method }) => methods[method].factors));
  return kinds.size > 1 ? [...names, 'mfa'] : names;
}

/**
 * `auth_time` (OpenID Connect Core 2): when the first factor was last proved. A second factor alone neither makes
 * a sign-in younger nor lets a session live longer.
 */
export const authTimeOf = (proofs: readonly Authentication[]): number =>
  Math.max(...proofs.filter(isFirst).map((proof) => proof.at));

/**
 * Authentication level of Decree 69/2024 Article 20, from `amr`: 1 for one non-biometric factor, 2 for two.
 * Levels 3 and 4 need biometrics that we compare: what opens a passkey, a finger or a PIN, nobody tells us. Distinct from the level of the account.
 */
export const authenticationLevel = (amr: readonly string[]): 1 | 2 => (amr.includes('mfa') ? 2 : 1);
