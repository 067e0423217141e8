import type { Clock } from '../clock/clock.ts';
import type { Collection } from '../storage/contract.ts';
import type { ContactKind } from './contact.ts';
import { type ContactChangeRow, KEPT, moveOn, ownerOf, rowIdOf } from './contact-change-rows.ts';
import type { ContactChangeEnd, UnderWay } from './contact-change-under-way.ts';
import type { ContactChanges } from './contact-changes.ts';
import type { SubjectId } from './subject.ts';

interface Parts {
  readonly clock: Clock;
  readonly rows: Collection<ContactChangeRow>;
  readonly underWay: UnderWay;
  readonly keyedHash: (value: string) => string;
  readonly recordEnd: (id: SubjectId, what: ContactKind, cause: ContactChangeEnd) => Promise<void>;
}

/** How a change is taken back: by its owner, or by whoever has the link that went to the old address. */
export function createEndings(parts: Parts): Pick<ContactChanges, 'cancel' | 'ofLink' | 'cancelByLink'> {
  const { clock, keyedHash, recordEnd, rows, underWay } = parts;

  async function end(id: SubjectId, what: ContactKind, cause: ContactChangeEnd, link?: string) {
    const state = (await underWay.find(id, what))?.doc.state;
    const mayEnd = (row: ContactChangeRow | undefined) =>
      row !== undefined &&
      row.state === state &&
      (link === undefined || (row.state === 'cooling' && row.cancel === link));
    // Nothing was announced of one that is not confirmed.
    if (state === 'cooling') await recordEnd(id, what, cause);
    const done = await moveOn(rows, rowIdOf(id, what), (row) =>
      mayEnd(row) ? { to: { state: 'ended' }, expiresAt: clock.now() + KEPT } : undefined,
    );
    return done !== undefined;
  }

  async function found(token: string) {
    const link = keyedHash(token);
    const [row] = await rows.find('cancel', link, { limit: 1 });
    if (row?.doc.state !== 'cooling') return undefined;
    const id = ownerOf(row.id);
    return row.doc.asked_at <= (await underWay.voidUntil(id)) ? undefined : { id, link, change: row.doc };
  }

  return {
    cancel: (id, what) => end(id, what, 'owner'),
    ofLink: async (token) => (await found(token))?.change,
    async cancelByLink(token) {
      const meant = await found(token);
      return meant !== undefined && end(meant.id, meant.change.what, 'link', meant.link);
    },
  };
}
