import { randomBytes } from 'node:crypto';
import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, DAY, MINUTE, SECOND } from '../clock/clock.ts';
import type { Collection } from '../storage/contract.ts';
import { type ContactKind, confirmedContact, contactOf } from './contact.ts';
import {
  type AskedChange,
  type ContactChangeRow,
  type CoolingChange,
  changeOf,
  KEPT,
  moveOn,
  rowIdOf,
} from './contact-change-rows.ts';
import type { ContactChangeEnd, UnderWay } from './contact-change-under-way.ts';
import type { ContactChanges } from './contact-changes.ts';
import type { createContactLetters } from './contact-letters.ts';
import type { SubjectId } from './subject.ts';

/** How long the codes of a change can be typed, sent again or not. */
const ASKED = 30 * MINUTE;
/** A change that nobody applied for so long after its time lapses. */
const LAPSES = 30 * DAY;

interface Parts {
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly rows: Collection<ContactChangeRow>;
  readonly underWay: UnderWay;
  readonly letters: ReturnType<typeof createContactLetters>;
  readonly keyedHash: (value: string) => string;
  readonly issuer: string;
  readonly cooling: number;
  readonly recordEnd: (id: SubjectId, what: ContactKind, cause: ContactChangeEnd) => Promise<void>;
}

/** How a change comes about: asked for, proved on the old side and then on the new one. */
export function createStart(parts: Parts): Pick<ContactChanges, 'ask' | 'oldProved' | 'begin'> {
  const { audit, clock, issuer, keyedHash, letters, recordEnd, rows, underWay } = parts;

  /** From codes that are out to whatever `next` says; undefined where the change is not the one under way. */
  async function goOn<R extends AskedChange | CoolingChange>(
    id: SubjectId,
    what: ContactKind,
    change: string,
    next: (asked: AskedChange) => { readonly to: R; readonly expiresAt: number },
  ): Promise<boolean> {
    const written = await moveOn(rows, rowIdOf(id, what), (row) =>
      row?.state === 'asked' && row.id === change ? next(row) : undefined,
    );
    return written !== undefined;
  }

  async function askedAs(id: SubjectId, what: ContactKind, change: string): Promise<AskedChange | undefined> {
    const row = await underWay.find(id, what);
    return row?.doc.state === 'asked' && row.doc.id === change ? row.doc : undefined;
  }

  return {
    async ask({ id, language, subject }, what, change, to) {
      const from = confirmedContact(subject, what);
      if (from === undefined && contactOf(subject, what).kind !== 'none') return false;
      const now = clock.now();
      const voided = await underWay.voidUntil(id);
      const standing = (await rows.get(rowIdOf(id, what)))?.doc;
      const isVoid = standing?.state === 'cooling' && standing.asked_at <= voided;
      if (isVoid) await recordEnd(id, what, 'factors_changed');
      const asked: AskedChange = {
        state: 'asked',
        ...changeOf({ what, to, from, language, asked_at: now }),
        id: change,
        until: now + ASKED,
        old_proved: from === undefined,
      };
      const waits = (row: ContactChangeRow | undefined) =>
        row?.state === 'applying' || (row?.state === 'cooling' && row.asked_at > voided);
      const written = await moveOn(rows, rowIdOf(id, what), (row) =>
        waits(row) ? undefined : { to: asked, expiresAt: now + KEPT },
      );
      return written !== undefined;
    },
    async oldProved(id, what, change) {
      if ((await askedAs(id, what, change)) === undefined) return false;
      const expiresAt = clock.now() + KEPT;
      return goOn(id, what, change, (asked) => ({ to: { ...asked, old_proved: true }, expiresAt }));
    },
    async begin({ id, subject }, what, change) {
      const asked = await askedAs(id, what, change);
      if (!asked?.old_proved || confirmedContact(subject, what) !== asked.from) return false;
      const token = randomBytes(32).toString('base64url');
      const due = clock.now() + parts.cooling * SECOND;
      await audit.record({ kind: 'contact.change_asked', subject: id, detail: { what } });
      await letters.announce(id, subject, asked, due, `${issuer}/contact-change/cancel?token=${token}`);
      const cooling: CoolingChange = {
        state: 'cooling',
        ...changeOf(asked),
        due,
        cancel: keyedHash(token),
      };
      const begun = await goOn(id, what, change, () => ({ to: cooling, expiresAt: due + LAPSES }));
      if (!begun) await recordEnd(id, what, 'superseded');
      return begun;
    },
  };
}
