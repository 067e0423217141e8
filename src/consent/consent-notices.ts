import { type Clock, DAY } from '../clock/clock.ts';
import { scopeNamed } from '../documents/catalogue.ts';
import type { Letter } from '../outbox/letter.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Letters } from '../subject/letters.ts';
import type { Consent } from './consent.ts';
import { agreedScopes } from './without-scope.ts';

/** Letters about what a person agreed to, or took back; put in before the decision stands. */
export interface ConsentNotices {
  given(consent: Consent): Promise<void>;
  /** `scope`: that one alone; without it, everything. */
  withdrawn(subject: string, relyingParty: string, scope?: string): Promise<void>;
}

interface Dependencies {
  readonly clock: Clock;
  readonly letters: Letters;
  readonly registry: Pick<RelyingPartyRegistry, 'get'>;
  readonly issuer: string;
}

type Named = Extract<Letter, { kind: 'consent_given' }>['values']['items'][number];

/** What people call scopes; the protocol's own have no name. */
const namesOf = (scopes: readonly string[]): Named[] =>
  scopes.flatMap((scope) => {
    const label = scopeNamed(scope)?.label;
    return label === undefined ? [] : [{ vi: label.vi, en: label.en }];
  });

const OF_USE = 2 * DAY;

export function createConsentNotices({ clock, issuer, letters, registry }: Dependencies): ConsentNotices {
  const link = `${issuer}/account/portals`;
  const terms = () => ({ kind: 'consents', expiresAt: clock.now() + OF_USE }) as const;
  const portalOf = async (clientId: string) => {
    const name = (await registry.get(clientId))?.name;
    return { vi: name?.vi ?? clientId, en: name?.en };
  };
  return {
    async given(consent) {
      const portal = await portalOf(consent.relying_party);
      const items = namesOf(agreedScopes(consent));
      const values = { at: clock.now(), portal, items, link };
      await letters.write(consent.subject, { kind: 'consent_given', values }, terms());
    },
    async withdrawn(subject, relyingParty, scope) {
      const portal = await portalOf(relyingParty);
      const items = scope === undefined ? [] : namesOf([scope]);
      const values = { at: clock.now(), portal, items, link };
      await letters.write(subject, { kind: 'consent_withdrawn', values }, terms());
    },
  };
}
