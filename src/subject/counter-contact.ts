import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, DAY } from '../clock/clock.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type ContactKind, contactOf, mailRecipientOf, withContact } from './contact.ts';
import type { Credentials } from './credentials.ts';
import type { Directory } from './directory.ts';
import type { Subject, SubjectId } from './subject.ts';

/** A plain e-mail address, or a phone number in E.164. */
export interface NewContact {
  readonly what: ContactKind;
  readonly value: string;
}

/** Sets the address on record of a person who was identified face to face: the way out when the old one is lost. */
export interface CounterContact {
  /**
   * The old address and the new one are told, and every session and every change asked for online ends. Confirmed from
   * then on, but for an account that still waits: activation confirms it.
   */
  record(id: SubjectId, contact: NewContact): Promise<'recorded' | 'unchanged' | 'closed' | 'unknown_person'>;
}

interface Dependencies {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly credentials: Pick<Credentials, 'voidProofs'>;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  /** Ends every session of a person and every token. */
  readonly endSessions: (subject: SubjectId) => Promise<void>;
}

/** How long the news of it is worth sending. */
const OF_USE = 7 * DAY;

export function createCounterContact(deps: Dependencies): CounterContact {
  const { audit, clock, credentials, directory, endSessions, outbox } = deps;

  async function tell(id: SubjectId, subject: Subject, { value, what }: NewContact): Promise<void> {
    const next = what === 'email' ? { address: value, name: subject.name } : undefined;
    for (const to of [mailRecipientOf(subject), next].filter((one) => one !== undefined)) {
      await outbox.enqueue({
        kind: 'address_changed',
        values: { at: clock.now(), what },
        to,
        language: 'vi',
        subject: id,
        expiresAt: clock.now() + OF_USE,
      });
    }
  }

  /** Ends sign-ins under way too, and whatever change of address somebody has asked for online. */
  async function endOld(id: SubjectId): Promise<void> {
    await credentials.voidProofs(id);
    await endSessions(id);
  }

  return {
    async record(id, contact) {
      const subject = await directory.get(id);
      if (subject === undefined) return 'unknown_person';
      if (subject.status.kind === 'closed') return 'closed';
      if (isSame(subject, contact)) return 'unchanged';
      const detail = { what: contact.what, by: 'administrator' };
      await audit.record({ kind: 'contact.changed', subject: id, detail });
      await tell(id, subject, contact);
      // Also before: where this is cut off after the write, nothing of before is left, and the address reads as set.
      await endOld(id);
      await directory.update(id, (current) =>
        withContact(current, contact.what, contact.value, isConfirmed(current)),
      );
      await endOld(id);
      return 'recorded';
    },
  };
}

const isConfirmed = ({ status }: Subject): boolean => status.kind !== 'not_activated';

function isSame(subject: Subject, { value, what }: NewContact): boolean {
  const present = contactOf(subject, what);
  if (present.kind === 'none' || present.address !== value) return false;
  return (present.kind === 'confirmed') === isConfirmed(subject);
}
