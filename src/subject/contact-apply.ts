import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, MINUTE } from '../clock/clock.ts';
import type { Collection, Stored } from '../storage/contract.ts';
import { type ContactKind, contactOf, withContact } from './contact.ts';
import {
  type ApplyingChange,
  type ContactChangeRow,
  type CoolingChange,
  changeOf,
  KEPT,
  ownerOf,
} from './contact-change-rows.ts';
import type { ContactChangeEnd, UnderWay } from './contact-change-under-way.ts';
import type { createContactLetters } from './contact-letters.ts';
import type { Directory } from './directory.ts';
import type { Subject, SubjectId } from './subject.ts';

interface Parts {
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly directory: Directory;
  readonly underWay: Pick<UnderWay, 'voidUntil'>;
  readonly rows: Collection<ContactChangeRow>;
  readonly letters: ReturnType<typeof createContactLetters>;
  readonly recordEnd: (id: SubjectId, what: ContactKind, cause: ContactChangeEnd) => Promise<void>;
}

type Change = CoolingChange | ApplyingChange;

/** How long whoever applies a change has for it; one that was left lying is then taken up by another. */
const CLAIM = 2 * MINUTE;

const isAt = (subject: Subject, what: ContactKind, address: string | undefined): boolean => {
  const contact = contactOf(subject, what);
  return address === undefined
    ? contact.kind === 'none'
    : contact.kind === 'confirmed' && contact.address === address;
};

/** Why it may not take effect as the account stands. */
function obstacle(subject: Subject | undefined, { from, what }: Change): ContactChangeEnd | undefined {
  if (subject?.status.kind !== 'active') return 'locked';
  return isAt(subject, what, from) ? undefined : 'superseded';
}

/** Claims the change, so that nobody else applies it and nobody cancels it any more; the new version of its row. */
async function claim({ clock, rows }: Parts, { id, version }: Stored<ContactChangeRow>, change: Change) {
  const due = clock.now() + CLAIM;
  const applying: ApplyingChange = { state: 'applying', ...changeOf(change), due };
  return (await rows.replace(id, applying, version)) ? version + 1 : undefined;
}

/** Makes a change whose time has come take effect, once; true for the one who did. */
export async function applyChange(parts: Parts, row: Stored<ContactChangeRow>): Promise<boolean> {
  const { audit, clock, directory, letters, recordEnd, rows, underWay } = parts;
  const change = row.doc;
  if ((change.state !== 'cooling' && change.state !== 'applying') || change.due > clock.now()) return false;
  const version = await claim(parts, row, change);
  if (version === undefined) return false;
  const id = ownerOf(row.id);
  const { to, what } = change;
  const over = () => rows.replace(row.id, { state: 'ended' }, version, clock.now() + KEPT);
  const subject = await directory.get(id);
  // Whoever had it before got that far, and no further.
  if (subject && change.state === 'applying' && isAt(subject, what, to)) {
    await over();
    return false;
  }
  const isVoid = change.asked_at <= (await underWay.voidUntil(id));
  const against = isVoid ? 'factors_changed' : obstacle(subject, change);
  if (subject === undefined || against !== undefined) {
    await recordEnd(id, what, against ?? 'locked');
    await over();
    return false;
  }
  await audit.record({ kind: 'contact.changed', subject: id, detail: { what, by: 'owner' } });
  await letters.tell(id, subject, change);
  let late: ContactChangeEnd | undefined;
  await directory.update(id, (current) => {
    late = isAt(current, what, to) ? undefined : obstacle(current, change);
    return late === undefined ? withContact(current, what, to) : current;
  });
  if (late !== undefined) await recordEnd(id, what, late);
  await over();
  return late === undefined;
}
