import { entitlementDocuments } from './entitlement-documents.ts';
import { identityDocuments } from './identity-documents.ts';
import { profileScopes } from './profile-scopes.ts';
import type { DocumentScope, Scope } from './scope.ts';

/** Every document, in the order in which pages list them. */
export const documentScopes: readonly DocumentScope[] = [...identityDocuments, ...entitlementDocuments];

/**
 * The only list of what can be asked for. `openid` and `offline_access` belong to the protocol and are not in
 * it; organisations' scopes come with organisations.
 */
export const catalogue: readonly Scope[] = [...profileScopes, ...documentScopes];

const byScope = new Map(catalogue.map((scope) => [scope.scope, scope]));
const byClaim = new Map(
  catalogue.flatMap((scope) =>
    (scope.kind === 'document' ? [scope.claim] : scope.claims).map((claim) => [claim, scope]),
  ),
);

/** Undefined for a scope that is not in the catalogue. */
export const scopeNamed = (scope: string): Scope | undefined => byScope.get(scope);

/** The one scope that a claim belongs to; undefined for protocol claims and unknown ones. */
export const scopeOfClaim = (claim: string): Scope | undefined => byClaim.get(claim);
