import type { Clock } from '../clock/clock.ts';
import type { Credentials } from '../subject/credentials.ts';
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
  const enrolled = (await credentials.get(id)).totp !== undefined && rules.second_factors.includes('totp');
  return enrolled ? reach : { level: 1, cause: 'no_second_factor' };
}
