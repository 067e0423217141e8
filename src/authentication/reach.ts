import type { Clock } from '../clock/clock.ts';
import type { CredentialRecord, Credentials } from '../subject/credentials.ts';
import { type Ceiling, ceiling, type LevelRules } from '../subject/level.ts';
import type { Subject, SubjectId } from '../subject/subject.ts';
import type { AssuranceRules } from './assurance.ts';

/** How far an account reaches today, and why it is not more. */
export type Reach = Ceiling | { readonly level: 1; readonly cause: 'no_second_factor' };

export interface ReachDependencies {
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly rules: Pick<AssuranceRules, 'second_factors'>;
  readonly levels: Omit<LevelRules, 'now'>;
}

/** The account's ceiling, but never past 1 without a second factor that is enrolled and counts. */
export async function reachOf(
  { clock, credentials, levels, rules }: ReachDependencies,
  id: SubjectId,
  subject: Subject,
): Promise<Reach> {
  const reach = ceiling(subject, { ...levels, now: clock.now() });
  if (reach.level === 1) return reach;
  const { passkey, totp } = secondFactorsOf(await credentials.get(id), rules);
  return passkey || totp ? reach : { level: 1, cause: 'no_second_factor' };
}

/** Which second factors a person has that count. */
export interface SecondFactors {
  readonly totp: boolean;
  readonly passkey: boolean;
  /** Stands in for one of the others, and is none of its own. */
  readonly recoveryCode: boolean;
}

/** What of a person's credentials counts as a second factor. What was chosen at level 1 was chosen by one factor. */
export function secondFactorsOf(
  { passkeys = [], recovery_codes, totp }: CredentialRecord,
  { second_factors }: Pick<AssuranceRules, 'second_factors'>,
): SecondFactors {
  return {
    totp: counts(totp) && second_factors.includes('totp'),
    passkey: passkeys.some(counts) && second_factors.includes('passkey'),
    recoveryCode:
      counts(recovery_codes) && recovery_codes.hashes.length > 0 && second_factors.includes('recovery_code'),
  };
}

const counts = <F extends { readonly at_level_1?: true | undefined }>(factor: F | undefined): factor is F =>
  factor !== undefined && factor.at_level_1 === undefined;
