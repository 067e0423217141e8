import type { RelyingPartyRegistry } from '../../relying-party/registry.ts';
import type { Context } from '../context.ts';
import { answerRefusal } from '../faults.ts';
import type { ShowPage } from '../show-page.ts';
import type { ProgressStore } from './progress.ts';
import { portalLine } from './sign-in-pages.ts';

export type ExpiredSignIn = (ctx: Context, uid: string) => Promise<void>;

interface Dependencies {
  readonly progress: ProgressStore;
  readonly registry: RelyingPartyRegistry;
  readonly show: ShowPage;
}

/**
 * A sign-in that is over: answered already, too old, or begun in another browser. Its parameters are gone, so
 * the way on is a new start at the portal.
 */
export const expiredSignIn =
  ({ progress, registry, show }: Dependencies): ExpiredSignIn =>
  async (ctx, uid) => {
    const clientId = (await progress.read(uid))?.relying_party;
    const relyingParty = clientId === undefined ? undefined : await registry.get(clientId);
    ctx.state.back = startAgain(ctx, relyingParty);
    answerRefusal(ctx, { code: 'interaction_expired' }, show);
  };

/** Where a portal wants people to start (OpenID Connect Core 4), or else its front page. */
export function startAgain(
  ctx: Context,
  relyingParty: Awaited<ReturnType<RelyingPartyRegistry['get']>>,
): { readonly name: string; readonly href: string } | undefined {
  if (relyingParty === undefined) return undefined;
  const { initiate_login_uri, redirect_uris } = relyingParty;
  const href = initiate_login_uri ?? (redirect_uris[0] && new URL('/', redirect_uris[0]).href);
  return href === undefined ? undefined : { name: portalLine(ctx, relyingParty).name, href };
}
