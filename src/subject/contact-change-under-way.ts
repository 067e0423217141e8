import type { Clock } from '../clock/clock.ts';
import type { Collection, Stored } from '../storage/contract.ts';
import type { ContactKind } from './contact.ts';
import {
  type AskedChange,
  type ContactChangeRow,
  type CoolingChange,
  rowIdOf,
} from './contact-change-rows.ts';
import type { Credentials } from './credentials.ts';
import type { SubjectId } from './subject.ts';

/**
 * Why a change came to nothing: its owner or the link in a letter took it back, the account was locked, password or
 * factors changed meanwhile, or the address on record is not the one of before.
 */
export type ContactChangeEnd = 'owner' | 'link' | 'locked' | 'factors_changed' | 'superseded';

/** What changes are under way, and which are void. */
export interface UnderWay {
  /** Undefined for one that is void, or whose codes can no longer be typed. */
  find(id: SubjectId, what: ContactKind): Promise<Stored<AskedChange | CoolingChange> | undefined>;
  /**
   * What was asked for until this moment is void: a lock, or a change of password or factors, came after it. Derived,
   * so that no way of changing them can forget it.
   */
  voidUntil(id: SubjectId): Promise<number>;
}

interface Dependencies {
  readonly clock: Clock;
  readonly credentials: Pick<Credentials, 'get'>;
  readonly rows: Collection<ContactChangeRow>;
}

export function createUnderWay({ clock, credentials, rows }: Dependencies): UnderWay {
  const voidUntil = async (id: SubjectId): Promise<number> => {
    const { factors_changed_at } = await credentials.get(id);
    return factors_changed_at === undefined ? 0 : Date.parse(factors_changed_at);
  };
  return {
    voidUntil,
    async find(id, what) {
      const row = await rows.get(rowIdOf(id, what));
      if (row?.doc.state !== 'asked' && row?.doc.state !== 'cooling') return undefined;
      const over = row.doc.state === 'asked' && row.doc.until <= clock.now();
      return over || row.doc.asked_at <= (await voidUntil(id)) ? undefined : { ...row, doc: row.doc };
    },
  };
}
