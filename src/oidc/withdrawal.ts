import type Provider from 'oidc-provider';
import { carriedGrant, type GrantDependencies, withdrawConsent } from './grants.ts';
import { grantsOf, revokeGrants } from './models.ts';

/** Takes back what a person agreed to; each tells whether there was such a thing. */
export interface Withdrawals {
  /** One scope: the portal keeps the rest. What was issued before gives nothing of it from the next request on. */
  scope(subject: string, relyingParty: string, scope: string): Promise<boolean>;
  /** Everything: what was issued is refused from the next request on. */
  all(subject: string, relyingParty: string): Promise<boolean>;
}

/** Reading on while the person is away is no part of a grant that a token would be held to: that ends them all. */
const OFFLINE = 'offline_access';

export function createWithdrawals(deps: GrantDependencies & { readonly provider: Provider }): Withdrawals {
  const { consents, provider, storage } = deps;
  return {
    all: (subject, relyingParty) => withdrawConsent(deps, subject, relyingParty),
    async scope(subject, relyingParty, scope) {
      const left = await consents.withdrawScope(subject, relyingParty, scope);
      if (left === undefined) return false;
      if (scope === OFFLINE) {
        await revokeGrants(storage, subject, relyingParty);
        return true;
      }
      for await (const grantId of grantsOf(storage, subject, relyingParty)) {
        await carriedGrant(deps, provider, left, grantId);
      }
      return true;
    },
  };
}
