import { isPast } from '../clock/calendar-day.ts';
import type { AccountLevel, Subject } from './subject.ts';

/** What, besides the account, decides how far it reaches. */
export interface LevelRules {
  readonly legalProfile: '59/2022' | '69/2024' | '320/2026';
  /** For holders to whom Decree 320/2026 gives no level. */
  readonly unlevelledCeiling: AccountLevel;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The highest `acr` an account can reach today, and why it is not more. */
export type Ceiling =
  | { readonly level: 2 }
  | { readonly level: 1; readonly cause: 'level_1_account' }
  /** `expiredOn` is the paper's last day, ISO 8601. */
  | { readonly level: 1; readonly cause: 'identity_paper_expired'; readonly expiredOn: string };

/** Decree 320/2026 Article 7: only citizens have levels; before, everybody has. */
const isUnlevelled = (subject: Subject, rules: LevelRules): boolean =>
  rules.legalProfile === '320/2026' && subject.holder_type !== 'citizen';

/**
 * Derived anew for each request, so a renewed paper restores level 2 by itself (Decree 320/2026 Article 9). An
 * account that should have a level and has none counts as level 1.
 */
export function ceiling(subject: Subject, rules: LevelRules): Ceiling {
  const level = isUnlevelled(subject, rules) ? rules.unlevelledCeiling : (subject.level ?? 1);
  if (level === 1) return { level, cause: 'level_1_account' };
  const expiredOn = subject.identity_paper_expires_at;
  if (expiredOn !== undefined && isPast(expiredOn, rules.now)) {
    return { level: 1, cause: 'identity_paper_expired', expiredOn };
  }
  return { level };
}

/** The account's level as it counts today; undefined for a holder without one. */
export const accountLevel = (subject: Subject, rules: LevelRules): AccountLevel | undefined =>
  isUnlevelled(subject, rules) ? undefined : ceiling(subject, rules).level;
