import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import type { Page, Storage, Stored } from '../storage/contract.ts';
import { type Consent, consents } from './consent.ts';

/** The standing decisions; at most one for each person and relying party. */
export interface Consents {
  find(subject: string, relyingParty: string): Promise<Consent | undefined>;
  ofSubject(subject: string, page?: Page): Promise<Stored<Consent>[]>;
  /** Records a decision over any earlier one. */
  decide(consent: Consent): Promise<void>;
  /** True if there was a standing decision. What was issued on it is revoked by the caller. */
  withdraw(subject: string, relyingParty: string): Promise<boolean>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
}

export function createConsents({ storage, clock, audit }: Dependencies): Consents {
  const rows = storage.collection(consents);
  const idOf = (subject: string, relyingParty: string) => `${subject}:${relyingParty}`;
  return {
    async find(subject, relyingParty) {
      return (await rows.get(idOf(subject, relyingParty)))?.doc;
    },
    ofSubject: (subject, page) => rows.find('subject', subject, page),
    async decide(consent) {
      await audit.record({
        kind: 'consent.given',
        subject: consent.subject,
        relying_party: consent.relying_party,
        detail: {
          granted: [...consent.granted, ...consent.claims],
          refused: [...consent.refused, ...consent.refused_claims],
        },
      });
      await rows.put(idOf(consent.subject, consent.relying_party), consent);
    },
    async withdraw(subject, relyingParty) {
      for (;;) {
        const row = await rows.get(idOf(subject, relyingParty));
        if (row === undefined || row.doc.withdrawn_at !== undefined) return false;
        await audit.record({ kind: 'consent.withdrawn', subject, relying_party: relyingParty });
        const withdrawn = { ...row.doc, withdrawn_at: clock.now() };
        if (await rows.replace(row.id, withdrawn, row.version)) return true;
      }
    },
  };
}
