import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AuditTrail } from '../audit/trail.ts';
import { scopeNamed, scopeOfClaim } from '../documents/catalogue.ts';
import { requestedClaims } from './requested.ts';
import { deviceOf } from './session-facts.ts';
import type { SignInNotice } from './sign-in-notice.ts';

/** Where a relying party's request for a sign-in is answered. */
const ANSWERS = new Set(['authorization', 'resume']);

/**
 * Writes every sign-in to a portal into the trail, also one that the person saw no page of, before the portal's code
 * leaves: which portal, at which level, by which proofs, whether they were given now or stood in the session, and what
 * of the person's data other than documents the portal may read with it. Those are handed over one by one and recorded
 * so; the rest is read many times for one sign-in, and is recorded with it. Of those for which something was proved the person is told, who asked for that.
 */
export const recordSignIns =
  (audit: AuditTrail, tell: SignInNotice) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> => {
    await next();
    const { oidc } = ctx;
    const code = ANSWERS.has(oidc?.route ?? '') ? oidc.entities.AuthorizationCode : undefined;
    if (code === undefined) return;
    const { accountId: subject, acr, amr, clientId } = code;
    const by = oidc.result?.login === undefined ? 'session' : 'proof';
    const device = oidc.session === undefined ? undefined : deviceOf(oidc.session);
    await Promise.all([
      audit.record({
        kind: 'sign_in.completed',
        ...(subject === undefined ? {} : { subject }),
        ...(clientId === undefined ? {} : { relying_party: clientId }),
        detail: {
          ...(acr === undefined ? {} : { acr }),
          ...(amr === undefined ? {} : { amr }),
          by,
          ...opened(oidc),
        },
      }),
      by === 'proof' && subject !== undefined && clientId !== undefined
        ? tell({ subject, clientId, device })
        : undefined,
    ]);
  };

/** The scopes and single claims of identity data that the code carries. */
function opened({ entities, params }: KoaContextWithOIDC['oidc']): { readonly opened?: readonly string[] } {
  const { AuthorizationCode: code, Grant: grant } = entities;
  const claims = grant?.getOIDCClaimsFiltered(requestedClaims(params ?? {})) ?? [];
  const scopes = (code?.scope ?? '').split(' ');
  const names = [...scopes, ...claims].filter(
    (name) => (scopeNamed(name) ?? scopeOfClaim(name))?.kind === 'profile',
  );
  return names.length === 0 ? {} : { opened: names };
}
