import type { AuditFact, AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import { inserted } from '../storage/amendment.ts';
import type { Storage } from '../storage/contract.ts';
import { type Consent, consents, stands } from './consent.ts';
import type { ConsentNotices } from './consent-notices.ts';
import { agreedScopes, withoutScope } from './without-scope.ts';

/** The standing decisions; at most one for each person and relying party. */
export interface Consents {
  find(subject: string, relyingParty: string): Promise<Consent | undefined>;
  /**
   * Records a decision, built on the standing one: undefined where there is none, or where it was withdrawn or
   * has expired. `build` runs again when somebody decided or withdrew in between.
   */
  decide(
    subject: string,
    relyingParty: string,
    build: (standing: Consent | undefined) => Consent,
  ): Promise<Decided>;
  /** All that a person decided, by relying party; also what was withdrawn or has expired. */
  list(subject: string): Promise<Consent[]>;
  /** True if there was a standing decision. What was issued on it is revoked by the caller. */
  withdraw(subject: string, relyingParty: string): Promise<boolean>;
  /** The decision without that scope; undefined where none stands or it was not agreed to. */
  withdrawScope(subject: string, relyingParty: string, scope: string): Promise<Consent | undefined>;
}

/** A decision and the one that it took the place of. */
export interface Decided {
  readonly consent: Consent;
  readonly before: Consent | undefined;
}

/** More than any province has. */
const MOST_PORTALS = 1000;

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly notices: ConsentNotices;
}

export function createConsents({ storage, clock, audit, notices }: Dependencies): Consents {
  const rows = storage.collection(consents);
  const idOf = (subject: string, relyingParty: string) => `${subject}:${relyingParty}`;
  return {
    async find(subject, relyingParty) {
      return (await rows.get(idOf(subject, relyingParty)))?.doc;
    },
    async decide(subject, relyingParty, build) {
      const id = idOf(subject, relyingParty);
      const tell = once();
      for (;;) {
        const row = await rows.get(id);
        const before = row && stands(row.doc, clock.now()) ? row.doc : undefined;
        const consent = build(before);
        await Promise.all([audit.record(given(consent)), tell(() => notices.given(consent))]);
        if (
          row === undefined ? await inserted(rows, id, consent) : await rows.replace(id, consent, row.version)
        ) {
          return { consent, before };
        }
      }
    },
    async withdraw(subject, relyingParty) {
      const tell = once();
      for (;;) {
        const row = await rows.get(idOf(subject, relyingParty));
        if (row === undefined || row.doc.withdrawn_at !== undefined) return false;
        await Promise.all([
          audit.record({ kind: 'consent.withdrawn', subject, relying_party: relyingParty }),
          tell(() => notices.withdrawn(subject, relyingParty)),
        ]);
        const withdrawn = { ...row.doc, withdrawn_at: clock.now() };
        if (await rows.replace(row.id, withdrawn, row.version)) return true;
      }
    },
    list: async (subject) =>
      (await rows.find('subject', subject, { limit: MOST_PORTALS })).map(({ doc }) => doc),
    async withdrawScope(subject, relyingParty, scope) {
      const tell = once();
      for (;;) {
        const row = await rows.get(idOf(subject, relyingParty));
        if (row === undefined || !stands(row.doc, clock.now()) || !agreedScopes(row.doc).includes(scope))
          return undefined;
        const detail = { scopes: [scope] };
        await Promise.all([
          audit.record({ kind: 'consent.withdrawn', subject, relying_party: relyingParty, detail }),
          tell(() => notices.withdrawn(subject, relyingParty, scope)),
        ]);
        const left = withoutScope(row.doc, scope);
        if (await rows.replace(row.id, left, row.version)) return left;
      }
    },
  };
}

/** Somebody who decides between a letter and its decision has the decision made again, and not the letter. */
function once(): (tell: () => Promise<void>) => Promise<void> {
  let told = false;
  return async (tell) => {
    if (told) return;
    told = true;
    await tell();
  };
}

/** With the purposes as they stood on the page: the decision itself is replaced by the next one. */
const given = (consent: Consent): AuditFact => ({
  kind: 'consent.given',
  subject: consent.subject,
  relying_party: consent.relying_party,
  detail: {
    granted: [...consent.granted, ...consent.claims],
    refused: [...consent.refused, ...consent.refused_claims],
    purposes: agreedScopes(consent).flatMap((scope) => {
      const purpose = consent.purposes[scope];
      return purpose === undefined ? [] : [`${scope} ${purpose}`];
    }),
  },
});
