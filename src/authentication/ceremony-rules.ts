import { stampOf } from '../subject/credential-renewal.ts';
import type { CredentialRecord } from '../subject/credentials.ts';
import { ceiling, type LevelRules } from '../subject/level.ts';
import type { AccountStatus, Subject } from '../subject/subject.ts';
import type { AssuranceRules } from './assurance.ts';
import type { Ceremony } from './ceremony-store.ts';
import type { StandingLetter } from './identification-letters.ts';
import { type SecondFactors, secondFactorsOf } from './reach.ts';

/** What is known of the account itself, read anew for each step. */
export interface AccountFacts {
  readonly subject: Subject;
  readonly record: CredentialRecord;
  readonly letter: StandingLetter | undefined;
}

export interface CeremonyRules {
  readonly rules: Pick<AssuranceRules, 'second_factors'>;
  readonly levels: Omit<LevelRules, 'now'>;
}

/** What is asked of the person next. */
export type CeremonyStep =
  | { readonly kind: 'code' | 'letter' | 'present_password' | 'password' | 'enrol' | 'codes' | 'finish' }
  | { readonly kind: 'second_factor'; readonly ways: SecondFactors }
  /** No letter stands, and none of this goes without one. `back`: there is a second factor that could be used. */
  | { readonly kind: 'counter'; readonly back: boolean }
  /** This lock, or this end, is not the person's to undo here. */
  | { readonly kind: 'barred'; readonly status: Exclude<AccountStatus, { kind: 'active' }> }
  /** `activated`: long done. `changed`: the account is not as it was when this began. */
  | { readonly kind: 'over'; readonly cause: 'activated' | 'changed' }
  | { readonly kind: 'done'; readonly outcome: NonNullable<Ceremony['finished']> };

/** What it comes to when nothing is missing. */
export type CeremonyEnd =
  | { readonly kind: 'unlock' }
  /** `factors`: the old ones go; `enrol`: a new one comes. */
  | { readonly kind: 'renew'; readonly factors: 'kept' | 'replaced'; readonly enrol: boolean };

/** Locks that the person, once proved, ends. All others have their own way out. */
export const OWN_LOCKS = ['by_owner', 'too_many_failures', 'reported'] as const;

/** The level that was issued, whatever an expired paper makes of it today: its protection does not expire. */
export const isLevel2 = (subject: Subject, { levels }: Pick<CeremonyRules, 'levels'>): boolean =>
  ceiling(subject, { ...levels, now: 0 }).level === 2;

/**
 * What is missing next, out of what was proved and of how the account stands. Nothing of the account shows before the
 * address on record is proved.
 */
export function nextCeremonyStep(
  ceremony: Ceremony,
  facts: AccountFacts | undefined,
  rules: CeremonyRules,
): CeremonyStep {
  if (ceremony.finished !== undefined) return { kind: 'done', outcome: ceremony.finished };
  if (ceremony.stamp === undefined || facts === undefined) return { kind: 'code' };
  return (
    obstacle(ceremony, facts) ??
    (keepsPassword(ceremony, facts)
      ? missingToUnlock(ceremony, facts, rules)
      : missingToRenew(ceremony, facts, rules)) ?? { kind: 'finish' }
  );
}

/** What the ceremony comes to; asked when nothing is missing. */
export function endOf(ceremony: Ceremony, facts: AccountFacts, rules: CeremonyRules): CeremonyEnd {
  if (keepsPassword(ceremony, facts)) return { kind: 'unlock' };
  return needsLetter(ceremony, facts, rules)
    ? { kind: 'renew', factors: 'replaced', enrol: isLevel2(facts.subject, rules) }
    : { kind: 'renew', factors: 'kept', enrol: false };
}

/** Whether a second factor stands beside the password that is chosen now. */
export const hasFactorBeside = (ceremony: Ceremony, facts: AccountFacts, rules: CeremonyRules): boolean =>
  needsLetter(ceremony, facts, rules) ? isLevel2(facts.subject, rules) : hasFactor(facts.record);

function obstacle(ceremony: Ceremony, { record, subject }: AccountFacts): CeremonyStep | undefined {
  const { status } = subject;
  if (!isOpenTo(ceremony, status)) {
    return status.kind === 'active' ? { kind: 'over', cause: 'activated' } : { kind: 'barred', status };
  }
  // A lock that came since ends this too, also where its last write is done and the rest of it waits to be done again.
  if (status.kind === 'locked' && status.since !== ceremony.locked_since) {
    return { kind: 'over', cause: 'changed' };
  }
  const mine = ceremony.password !== undefined && record.password?.hash === ceremony.password.hash;
  const asItWas = mine || stampOf(record) === ceremony.stamp;
  return asItWas && subject.email?.address === ceremony.address
    ? undefined
    : { kind: 'over', cause: 'changed' };
}

/** Whether an account of this status can be activated, or recovered. */
function isOpenTo({ goal }: Ceremony, status: AccountStatus): boolean {
  if (goal === 'activation') return status.kind === 'not_activated';
  if (status.kind === 'locked') return OWN_LOCKS.some((cause) => cause === status.cause);
  return status.kind === 'active';
}

/** Who locked their own account, and lost nothing, unlocks it with what they have. */
const keepsPassword = (
  { forgot, goal, lost }: Ceremony,
  { record, subject: { status } }: AccountFacts,
): boolean =>
  goal === 'recovery' &&
  status.kind === 'locked' &&
  status.cause === 'by_owner' &&
  record.password !== undefined &&
  !forgot &&
  !lost;

function missingToUnlock(
  ceremony: Ceremony,
  facts: AccountFacts,
  rules: CeremonyRules,
): CeremonyStep | undefined {
  if (!ceremony.present_password) return { kind: 'present_password' };
  return missingSecondFactor(ceremony, facts, rules);
}

function missingToRenew(
  ceremony: Ceremony,
  facts: AccountFacts,
  rules: CeremonyRules,
): CeremonyStep | undefined {
  const byLetter = needsLetter(ceremony, facts, rules);
  const unproved = byLetter ? missingLetter(ceremony, facts) : missingSecondFactor(ceremony, facts, rules);
  if (unproved !== undefined) return unproved;
  const { password } = ceremony;
  const tooShort = password?.short && !hasFactorBeside(ceremony, facts, rules);
  if (password === undefined || tooShort) return { kind: 'password' };
  if (byLetter && isLevel2(facts.subject, rules)) {
    if (ceremony.factor === undefined) return { kind: 'enrol' };
    if (!ceremony.recovery_codes?.saved) return { kind: 'codes' };
  }
  return undefined;
}

/** E-mail alone gives nobody an account of level 2, nor one whose second factor is lost. */
const needsLetter = (ceremony: Ceremony, facts: AccountFacts, rules: CeremonyRules): boolean => {
  if (ceremony.goal === 'activation') return isLevel2(facts.subject, rules);
  return Boolean(ceremony.lost) || stripped(facts, rules);
};

function missingLetter(ceremony: Ceremony, facts: AccountFacts): CeremonyStep | undefined {
  if (facts.letter === undefined) {
    return { kind: 'counter', back: Boolean(ceremony.lost) };
  }
  return ceremony.letter === facts.letter.letter ? undefined : { kind: 'letter' };
}

function missingSecondFactor(
  ceremony: Ceremony,
  facts: AccountFacts,
  rules: CeremonyRules,
): CeremonyStep | undefined {
  if (ceremony.second_factor !== undefined || !hasFactor(facts.record)) return undefined;
  return { kind: 'second_factor', ways: waysOf(facts, rules) };
}

/** What can be proved here: of level 2 what carries level 2, and where that is nothing, all that there is. */
function waysOf({ record, subject }: AccountFacts, rules: CeremonyRules): SecondFactors {
  const counted = secondFactorsOf(record, rules.rules);
  if (isLevel2(subject, rules) && isUsable(counted)) return counted;
  return {
    totp: record.totp !== undefined,
    passkey: (record.passkeys ?? []).length > 0,
    recoveryCode: (record.recovery_codes?.hashes ?? []).length > 0,
  };
}

/** A level 2 account that nothing but its holder's showing up could carry. */
const stripped = ({ record, subject }: AccountFacts, rules: CeremonyRules): boolean =>
  isLevel2(subject, rules) && !isUsable(secondFactorsOf(record, rules.rules));

const isUsable = ({ passkey, totp }: SecondFactors): boolean => passkey || totp;

const hasFactor = ({ passkeys = [], totp }: CredentialRecord): boolean =>
  totp !== undefined || passkeys.length > 0;
