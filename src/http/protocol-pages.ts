import type { RefusalCode } from '../messages/errors.ts';
import type { ProtocolContext, ProtocolPages } from '../oidc/pages.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Directory } from '../subject/directory.ts';
import type { Log } from '../telemetry/log.ts';
import type { Context } from './context.ts';
import { answerRefusal, problemOf } from './faults.ts';
import { startAgain } from './interaction/expired.ts';
import { portalLine } from './interaction/sign-in-pages.ts';
import type { ShowPage } from './show-page.ts';

interface Dependencies {
  readonly registry: RelyingPartyRegistry;
  readonly directory: Directory;
  readonly show: ShowPage;
  readonly log: Log;
}

/** OAuth error codes that end on a page of ours, by the row of the table of refusals that explains them. */
const rows: Readonly<Record<string, RefusalCode>> = {
  invalid_client: 'unknown_portal',
  invalid_redirect_uri: 'invalid_redirect_uri',
  server_error: 'server_error',
  temporarily_unavailable: 'overloaded',
};

/**
 * Notes the language that the portal of a protocol request asks for, and gives that portal's client id; either
 * as far as the library has read the request, or the one that it goes on with.
 */
export function readRequest(ctx: Context): string | undefined {
  const { oidc } = ctx as unknown as Partial<ProtocolContext>;
  const stored = oidc?.entities.Interaction?.params;
  const asked = oidc?.params?.ui_locales ?? stored?.ui_locales ?? ctx.query.ui_locales;
  if (typeof asked === 'string') ctx.state.uiLocales = asked;
  const clientId = oidc?.client?.clientId ?? stored?.client_id;
  return typeof clientId === 'string' ? clientId : undefined;
}

/** The pages of the protocol's own endpoints, in the look of all others. */
export function createProtocolPages({ registry, directory, show, log }: Dependencies): ProtocolPages {
  return {
    async error(oidcContext, { code, clientId, fault }) {
      const ctx = oidcContext as unknown as Context;
      const portal = readRequest(ctx) ?? clientId;
      const relyingParty =
        portal === undefined ? undefined : await registry.get(portal).catch(() => undefined);
      const signOut = ctx.path.startsWith('/logout') && code !== 'server_error';
      const resumed = code === 'invalid_request' && /^\/authorize\/./.test(ctx.path);
      const row = signOut
        ? 'sign_out_invalid'
        : resumed
          ? 'interaction_expired'
          : (rows[code] ?? 'invalid_request');
      const problem = row === 'server_error' ? problemOf(fault) : { code: row };
      log.info(
        { request_id: ctx.state.requestId, error: code, ...(row === 'server_error' ? { err: fault } : {}) },
        'protocol error shown',
      );
      ctx.state.back = startAgain(ctx, relyingParty);
      answerRefusal(ctx, problem, show);
    },
    async signOut(oidcContext, form) {
      const ctx = oidcContext as unknown as Context;
      const portal = readRequest(ctx);
      const { session } = oidcContext.oidc;
      const relyingParty = portal === undefined ? undefined : await registry.get(portal);
      const subject = session?.accountId === undefined ? undefined : await directory.get(session.accountId);
      show(ctx, 'sign-out', {
        form,
        ...(relyingParty ? { portal: portalLine(ctx, relyingParty) } : {}),
        ...(subject ? { name: subject.name } : {}),
      });
    },
    async signedOut(oidcContext) {
      const ctx = oidcContext as unknown as Context;
      const portal = readRequest(ctx);
      const relyingParty = portal === undefined ? undefined : await registry.get(portal);
      show(ctx, 'signed-out', relyingParty ? { portal: portalLine(ctx, relyingParty) } : {});
    },
  };
}
