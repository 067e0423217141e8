import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { Language } from '../messages/language.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Storage, Stored } from '../storage/contract.ts';
import { type ContactKind, contactKinds } from './contact.ts';
import { applyChange } from './contact-apply.ts';
import { createEndings } from './contact-change-end.ts';
import {
  type AskedChange,
  type ContactChangeRow,
  type CoolingChange,
  contactChangeRows,
} from './contact-change-rows.ts';
import { createStart } from './contact-change-start.ts';
import { type ContactChangeEnd, createUnderWay } from './contact-change-under-way.ts';
import { createContactLetters } from './contact-letters.ts';
import type { Credentials } from './credentials.ts';
import type { Directory } from './directory.ts';
import type { Subject, SubjectId } from './subject.ts';

/** A change that waits to take effect, as pages show it; `due` in milliseconds since the epoch. */
export type PendingChange = Pick<CoolingChange, 'what' | 'to' | 'due'>;

/** What is under way: codes are out, or it waits; `applied`: it has just come to its end. */
export type StandingChange = AskedChange | CoolingChange | { readonly state: 'applied' };

/** A person whose contact changes. */
export interface ContactOwner {
  readonly id: SubjectId;
  readonly subject: Subject;
  readonly language: Language;
}

/**
 * Changes of e-mail address and phone number, confirmed on both sides, which then wait before they take effect, and can
 * be taken back until then. A lock and any change of password or factors end them.
 */
export interface ContactChanges {
  /** One whose time has come is applied first. */
  standing(id: SubjectId, what: ContactKind): Promise<StandingChange | undefined>;
  /** What waits to take effect. */
  pending(id: SubjectId): Promise<PendingChange[]>;
  /**
   * Keeps what codes were sent for under `change`, in place of what was asked before. False where a change waits, or
   * nothing confirmed stands for a record that is there.
   */
  ask(owner: ContactOwner, what: ContactKind, change: string, to: string): Promise<boolean>;
  /** The old side is proved; false where the change is not the one under way (any more). */
  oldProved(id: SubjectId, what: ContactKind, change: string): Promise<boolean>;
  /** The new side is proved too: the change waits from now on. False as above, or where the old side is not proved. */
  begin(owner: ContactOwner, what: ContactKind, change: string): Promise<boolean>;
  /** True where there was something to cancel. */
  cancel(id: SubjectId, what: ContactKind): Promise<boolean>;
  /** What the link in a letter is about; undefined once the change is over. */
  ofLink(token: string): Promise<PendingChange | undefined>;
  cancelByLink(token: string): Promise<boolean>;
  /** Some of those whose time has come. */
  due(limit: number): Promise<DueChange[]>;
  /** True for the one who made the change take effect. */
  apply(change: DueChange): Promise<boolean>;
}

/** A change whose time has come, as it was read. */
export type DueChange = Stored<ContactChangeRow>;

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly keyring: Pick<Keyring, 'keyedHash'>;
  readonly config: Pick<Config, 'issuer' | 'contact'>;
}

export function createContactChanges(deps: Dependencies): ContactChanges {
  const { audit, clock, config, keyring, storage } = deps;
  const rows = storage.collection(contactChangeRows);
  const recordEnd = (id: SubjectId, what: ContactKind, cause: ContactChangeEnd) =>
    audit.record({ kind: 'contact.change_cancelled', subject: id, detail: { what, cause } });
  const underWay = createUnderWay({ ...deps, rows });
  const parts = {
    ...deps,
    rows,
    recordEnd,
    underWay,
    letters: createContactLetters(deps),
    keyedHash: keyring.keyedHash('contact-change'),
    issuer: config.issuer,
    cooling: config.contact.cooling,
  };
  const apply = (row: DueChange): Promise<boolean> => applyChange(parts, row);
  return {
    apply,
    ...createStart(parts),
    ...createEndings(parts),
    async standing(id, what) {
      const row = await underWay.find(id, what);
      if (row === undefined || row.doc.state === 'asked' || row.doc.due > clock.now()) return row?.doc;
      await apply(row);
      return { state: 'applied' };
    },
    async pending(id) {
      const all = await Promise.all(contactKinds.map((what) => underWay.find(id, what)));
      return all.flatMap((row) => (row?.doc.state === 'cooling' ? [row.doc] : []));
    },
    due: (limit) => rows.range('due', 0, clock.now() + 1, { limit }),
  };
}
