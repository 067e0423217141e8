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

/** The request as our pages know it, in the language that the portal asked for. */
function ofOurs(oidcContext: ProtocolContext): Context {
  const ctx = oidcContext as unknown as Context;
  const asked = oidcContext.oidc?.params?.ui_locales ?? ctx.query.ui_locales;
  if (typeof asked === 'string') ctx.state.uiLocales = asked;
  return ctx;
}

/** The pages of the protocol's own endpoints, in the look of all others. */
export function createProtocolPages({ registry, directory, show, log }: Dependencies): ProtocolPages {
  return {
    async error(oidcContext, { code, clientId, fault }) {
      const ctx = ofOurs(oidcContext);
      const relyingParty =
        clientId === undefined ? undefined : await registry.get(clientId).catch(() => undefined);
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
      answerRefusal(ctx, problem, show, startAgain(ctx, relyingParty));
    },
    async signOut(oidcContext, form) {
      const ctx = ofOurs(oidcContext);
      const { client, session } = oidcContext.oidc;
      const relyingParty = client && (await registry.get(client.clientId));
      const subject = session?.accountId === undefined ? undefined : await directory.get(session.accountId);
      show(ctx, 'sign-out', {
        form,
        ...(relyingParty ? { portal: portalLine(ctx, relyingParty) } : {}),
        ...(subject ? { name: subject.name } : {}),
      });
    },
    async signedOut(oidcContext) {
      const ctx = ofOurs(oidcContext);
      const { client } = oidcContext.oidc;
      const relyingParty = client && (await registry.get(client.clientId));
      show(ctx, 'signed-out', relyingParty ? { portal: portalLine(ctx, relyingParty) } : {});
    },
  };
}
