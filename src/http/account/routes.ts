import Router from '@koa/router';
import { translator } from '../../messages/translate.ts';
import { ACCOUNT_RETURN } from '../../oidc/account-portal.ts';
import type { Context, RequestState, Step } from '../context.ts';
import type { Forms } from '../forms.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import { Refused } from '../refusal.ts';
import type { ShowPage } from '../show-page.ts';
import { type Addressed, admit, type GuardDependencies, signInFor } from './guard.ts';
import { type AccountParts, sectionsOf } from './sections.ts';
import type { AccountPages, Need, VisitHandler } from './visit.ts';
import { levelTooLow } from './wallet.ts';

const PREFIX = '/account';

export interface AccountDependencies extends GuardDependencies, AccountParts {
  readonly forms: Forms;
  readonly show: ShowPage;
}

/**
 * The citizen's own pages. Each decides anew, from the session's facts, whether it may be shown; a form that comes
 * from elsewhere changes nothing.
 */
export function accountRoutes(deps: AccountDependencies): Router<RequestState> {
  const router = new Router<RequestState>({ prefix: PREFIX });
  const guarded = (need: Need, handler: VisitHandler) => async (ctx: Addressed) => {
    const admission = await admit(deps, ctx, need);
    if (admission.kind === 'admitted') {
      const { person } = admission.visit;
      // For letters, which nobody is there to read a page's language from.
      await Promise.all([deps.preferences.speak(person.id, languageOf(ctx)), handler(admission.visit)]);
      return;
    }
    if (admission.kind === 'too_low') return levelTooLow(deps, admission.visit, admission.cause);
    const level = need.level === 2 ? 2 : 1;
    signInFor(deps, ctx, ctx.url, admission.kind === 'prove' ? admission : { level, afresh: false });
  };
  const check: Step = (ctx, next) => {
    if (deps.forms.accepts(ctx)) return next();
    throw new Refused('forbidden_form');
  };
  const wayBack: Step = (ctx, next) => {
    ctx.state.back = { name: translator(languageOf(ctx))('account.title'), href: PREFIX };
    return next();
  };
  const pages: AccountPages = {
    page: (path, need, handler) => router.get(path, wayBack, guarded(need, handler)),
    open: (path, handler) => router.get(path, handler),
    form: (path, need, handler) =>
      router.post(path, wayBack, deps.forms.parse, check, guarded(need, handler)),
  };
  for (const { routes } of sectionsOf(deps)) routes(pages);
  router.get(ACCOUNT_RETURN.slice(PREFIX.length), (ctx) => comeBack(deps, ctx));
  router.post('/sign-out', wayBack, deps.forms.parse, check, async (ctx) => {
    await deps.sessions.end(ctx);
    goOn(ctx, '/logout/success');
  });
  return router;
}

/**
 * The end of a sign-in. What counts is the session that the sign-in left in this browser: the answer itself, and who
 * sent it, change nothing but where the person goes on.
 */
async function comeBack(deps: AccountDependencies, ctx: Context): Promise<void> {
  const { error, state } = ctx.query;
  const wanted = typeof state === 'string' ? deps.returns.unwrap(ctx, state) : undefined;
  if (wanted !== undefined && error === undefined) return goOn(ctx, wanted);
  goOn(ctx, (await deps.sessions.current(ctx)) === undefined ? '/' : PREFIX);
}
