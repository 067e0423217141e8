import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AuditTrail } from '../audit/trail.ts';

/** Where a relying party's request for a sign-in is answered. */
const ANSWERS = new Set(['authorization', 'resume']);

/**
 * Writes every sign-in to a portal into the trail, also one that the person saw no page of, before the portal's code
 * leaves: which portal, at which level, by which proofs, and whether they were given now or stood in the session.
 */
export const recordSignIns =
  (audit: AuditTrail) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> => {
    await next();
    const { oidc } = ctx;
    const code = ANSWERS.has(oidc?.route ?? '') ? oidc.entities.AuthorizationCode : undefined;
    if (code === undefined) return;
    await audit.record({
      kind: 'sign_in.completed',
      ...(code.accountId === undefined ? {} : { subject: code.accountId }),
      ...(code.clientId === undefined ? {} : { relying_party: code.clientId }),
      detail: {
        ...(code.acr === undefined ? {} : { acr: code.acr }),
        ...(code.amr === undefined ? {} : { amr: code.amr }),
        by: oidc.result?.login === undefined ? 'session' : 'proof',
      },
    });
  };
