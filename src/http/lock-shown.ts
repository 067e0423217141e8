import { formatDay } from '../messages/format.ts';
import type { AccountStatus } from '../subject/subject.ts';
import type { LockShown } from './pages/page-models.ts';

/** The longest reason that is shown, in characters. */
const LONGEST_REASON = 200;

const causes: ReadonlySet<string> = new Set<LockShown['cause']>([
  'not_activated',
  'by_owner',
  'by_administrator',
  'sim_changed',
  'too_many_failures',
  'reported',
  'deceased',
  'dissolved',
]);

/** Whether a word of the audit trail is a cause that pages have a sentence for. */
export const isLockCause = (word: string): word is LockShown['cause'] => causes.has(word);

/** What the person can end alone, and where. */
const waysOut: Readonly<Partial<Record<LockShown['cause'], string>>> = {
  not_activated: '/activate',
  by_owner: '/recover',
  too_many_failures: '/recover',
  reported: '/recover',
};

/** Why an account cannot be used, in the terms of a page. */
export function lockShown(status: Exclude<AccountStatus, { kind: 'active' }>): LockShown {
  const cause = status.kind === 'not_activated' ? status.kind : status.cause;
  const wayOut = waysOut[cause];
  const reason = 'reason' in status ? [...(status.reason ?? '')].slice(0, LONGEST_REASON).join('') : '';
  return {
    cause,
    ...('since' in status ? { since: formatDay(Date.parse(status.since)) } : {}),
    ...(reason === '' ? {} : { reason }),
    ...(wayOut === undefined ? {} : { wayOut }),
  };
}
