import { type AssuranceRules, supportedLevel } from '../../authentication/assurance.ts';
import type { Changer } from '../../authentication/factor-change.ts';
import type { Factors } from '../../authentication/factors.ts';
import type { PasswordChanges } from '../../authentication/password-change.ts';
import { type Clock, epochSeconds } from '../../clock/clock.ts';
import type { Config } from '../../config/schema.ts';
import type { AccountSessions } from '../../oidc/account-session.ts';
import type { Credentials } from '../../subject/credentials.ts';
import type { SubjectId } from '../../subject/subject.ts';
import { languageOf } from '../language.ts';
import type { ShowPage } from '../show-page.ts';
import type { FactorsPage } from './factor-page-models.ts';
import type { Need, Visit, VisitHandler } from './visit.ts';

export interface FactorsParts {
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly factors: Factors;
  readonly passwords: PasswordChanges;
  readonly passwordRules: Config['password_rules'];
  readonly rules: AssuranceRules;
  readonly sessions: AccountSessions;
  /** Ends every session of a person but the one named. */
  readonly endOtherSessions: (subject: SubjectId, keptUid: string) => Promise<void>;
  readonly show: ShowPage;
}

/** Design head 4: enrolment of a factor wants a sign-in of these seconds, at the highest level of the account. */
export const CHANGES: Need = { level: 'highest', fresh: 900 };

export const FACTORS = '/account/factors';

export const ownerOf = ({ ctx, person, reach, session }: Visit): Changer => ({
  ...person,
  language: languageOf(ctx),
  session: session.uid,
  atLevel1: reach.level === 1 && reach.cause === 'level_1_account',
});

/** After a change nobody else is signed in as this person, and this browser under a new name. */
export async function endOthers(
  { endOtherSessions, factors, sessions }: FactorsParts,
  visit: Visit,
): Promise<void> {
  const { ctx, session } = visit;
  await factors.abandonTotp(ownerOf(visit));
  await endOtherSessions(session.subject, session.uid);
  await sessions.renew(ctx, session);
}

/**
 * Why factors stay as they are. A level 2 account without a second factor gets its first one where the person shows
 * up, not from whoever knows the password; and while an expired paper holds an account at level 1, a password alone
 * must not choose the factors that will carry level 2 once the paper is renewed.
 */
export function closedTo(
  { clock, rules }: Pick<FactorsParts, 'clock' | 'rules'>,
  { proofs, reach }: Visit,
): FactorsPage['closed'] {
  if (reach.level === 2 || reach.cause === 'level_1_account') return undefined;
  if (reach.cause === 'no_second_factor') return reach.cause;
  const now = epochSeconds(clock);
  const fresh = proofs.filter(({ at }) => now - at <= (CHANGES.fresh ?? 0));
  return supportedLevel(fresh, rules, now) === 2 ? undefined : reach.cause;
}

/** A page or form that changes factors, for who may. */
export const changing =
  (parts: FactorsParts, handler: (visit: Visit) => Promise<void>): VisitHandler =>
  (visit) => {
    const cause = closedTo(parts, visit);
    if (cause === undefined) return handler(visit);
    parts.show(visit.ctx, 'account/factors-closed', { tab: 'profile', cause }, 403);
  };
