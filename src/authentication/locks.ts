import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, DAY } from '../clock/clock.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { AccountCounts } from '../subject/account-counts.ts';
import { mailRecipientOf } from '../subject/contact.ts';
import type { Credentials } from '../subject/credentials.ts';
import type { Directory } from '../subject/directory.ts';
import type { AccountStatus, Subject, SubjectId } from '../subject/subject.ts';

export type LockCause = Extract<AccountStatus, { kind: 'locked' }>['cause'];

/** `unchanged`: the account is closed, or locked by a stronger cause already (or, to unlock, not by one of these). */
export type LockOutcome = 'done' | 'unchanged' | 'unknown_person';

/**
 * Locks and unlocks accounts. A lock ends every session and everything issued, before it resolves; unlocking brings
 * nothing of it back (Decree 59/2022 Article 19).
 */
export interface Locks {
  /** `reason` is the administrator's, shown to the person and kept in the trail. */
  lock(id: SubjectId, cause: LockCause, reason?: string): Promise<LockOutcome>;
  /** Only where one of `causes` is what locks the account; `reason`, an administrator's, is kept in the trail. */
  unlock(
    id: SubjectId,
    causes: readonly LockCause[],
    by: 'owner' | 'administrator',
    reason?: string,
  ): Promise<LockOutcome>;
  /** For good: the holder has died, or the organisation is no more. */
  close(id: SubjectId, cause: Extract<AccountStatus, { kind: 'closed' }>['cause']): Promise<LockOutcome>;
}

interface Dependencies {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly counts: Pick<AccountCounts, 'closed'>;
  /** Ends every session of a person and every token. */
  readonly endSessions: (subject: SubjectId) => Promise<void>;
}

/** A weaker cause never hides a stronger one, which only its own way out ends. */
const strength: Readonly<Record<LockCause, number>> = {
  by_owner: 1,
  too_many_failures: 2,
  reported: 3,
  sim_changed: 4,
  by_administrator: 5,
};

const stronger = (status: AccountStatus, cause: LockCause): boolean =>
  status.kind !== 'closed' && (status.kind !== 'locked' || strength[status.cause] < strength[cause]);

const OF_USE = 7 * DAY;

export function createLocks(deps: Dependencies): Locks {
  const { audit, clock, counts, credentials, directory, endSessions, outbox } = deps;
  const since = () => new Date(clock.now()).toISOString();

  async function tell(id: SubjectId, subject: Subject, cause: LockCause): Promise<void> {
    const to = mailRecipientOf(subject);
    if (to === undefined) return;
    await outbox.enqueue({
      kind: 'account_locked',
      values: { at: clock.now(), cause },
      to,
      language: 'vi',
      subject: id,
      expiresAt: clock.now() + OF_USE,
    });
  }

  /** Changes the status where `allowed` still holds at the write. */
  async function turn(id: SubjectId, allowed: (status: AccountStatus) => boolean, status: AccountStatus) {
    let turned = false;
    await directory.update(id, (subject) => {
      turned = allowed(subject.status);
      return turned ? { ...subject, status } : subject;
    });
    return turned;
  }

  /** Also a sign-in that is half done: what was proved for it counts no more. */
  async function endEverything(id: SubjectId): Promise<void> {
    await credentials.voidProofs(id);
    await endSessions(id);
  }

  return {
    async lock(id, cause, reason) {
      const subject = await directory.get(id);
      if (subject === undefined) return 'unknown_person';
      if (!stronger(subject.status, cause)) return 'unchanged';
      const detail = { cause, ...(reason === undefined ? {} : { reason }) };
      await audit.record({ kind: 'account.locked', subject: id, detail });
      await tell(id, subject, cause);
      const status = { kind: 'locked', since: since(), ...detail } as const;
      if (!(await turn(id, (standing) => stronger(standing, cause), status))) return 'unchanged';
      await endEverything(id);
      return 'done';
    },
    async unlock(id, causes, by, reason) {
      const subject = await directory.get(id);
      if (subject === undefined) return 'unknown_person';
      const mayEnd = (status: AccountStatus) => status.kind === 'locked' && causes.includes(status.cause);
      if (!mayEnd(subject.status)) return 'unchanged';
      const detail = { by, ...(reason === undefined ? {} : { reason }) };
      await audit.record({ kind: 'account.unlocked', subject: id, detail });
      // What a lock that was cut off left open, or what was under way while it was made, must not come back.
      await endEverything(id);
      const { passkeys = [], password } = await credentials.get(id);
      const activated = password !== undefined || passkeys.length > 0;
      return (await turn(id, mayEnd, { kind: activated ? 'active' : 'not_activated' }))
        ? 'done'
        : 'unchanged';
    },
    async close(id, cause) {
      const subject = await directory.get(id);
      if (subject === undefined) return 'unknown_person';
      const isOpen = (status: AccountStatus) => status.kind !== 'closed';
      if (!isOpen(subject.status)) return 'unchanged';
      await audit.record({ kind: 'account.closed', subject: id, detail: { cause } });
      const closed = await turn(id, isOpen, { kind: 'closed', cause, since: since() });
      await endEverything(id);
      if (!closed) return 'unchanged';
      await counts.closed(id, subject);
      return 'done';
    },
  };
}
