import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import { serveAsset } from './portal-assets.ts';
import { languageOf, showPage } from './portal-pages.ts';
import { canRetry, problemNamed, unknownProblem } from './portal-problems.ts';
import { isForeignForm, ownOrigin, securityHeaders } from './portal-security.ts';
import { acrOf, nameOf, type PortalSession } from './portal-sessions.ts';
import { createSignIn } from './portal-sign-in.ts';
import { createPortalState, type Portal, type PortalOptions, sessionOf } from './portal-state.ts';
import { procedureCards } from './procedure-cards.ts';
import { procedureNamed, procedures } from './procedures.ts';
import { profileModel } from './profile-model.ts';
import { seeOther } from './see-other.ts';
import { single } from './view.ts';

const signedInLine = (session: PortalSession | undefined) =>
  session && { name: nameOf(session.signedIn), level: String(acrOf(session.signedIn)) };

function showProblem(portal: Portal, ctx: Context, code: string, procedureCode?: string): void {
  const known = problemNamed(code);
  const { status, title, advice } = known ?? unknownProblem;
  const language = languageOf(ctx);
  const procedure = procedureNamed(procedureCode);
  ctx.status = status;
  const model = {
    title: title[language],
    advice: advice[language],
    code: known ? code : 'not_found',
    ...(canRetry(code) && { retry: procedure ? `/dang-nhap?thu-tuc=${procedure.code}` : '/dang-nhap' }),
    signedIn: signedInLine(sessionOf(portal, ctx)),
  };
  showPage(ctx, 'problem', model, language);
}

function showProfile(portal: Portal, ctx: Context): void {
  const session = sessionOf(portal, ctx);
  if (session === undefined) {
    seeOther(ctx, '/dang-nhap');
    return;
  }
  const language = languageOf(ctx);
  const model = {
    here: 'profile',
    signedIn: signedInLine(session),
    profile: profileModel(session, language),
    // Set by the silent check.
    sessionLives: single(ctx.query.phien) === 'con',
  };
  showPage(ctx, 'profile', model, language);
}

function pages(portal: Portal): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    const language = languageOf(ctx);
    const signedIn = signedInLine(sessionOf(portal, ctx));
    const cards = procedureCards(procedures, language);
    showPage(ctx, 'home', { here: 'home', signedIn, procedures: cards }, language);
  });
  router.get('/ho-so', (ctx) => showProfile(portal, ctx));
  router.get('/khong-dang-nhap-duoc', (ctx) =>
    showProblem(portal, ctx, single(ctx.query['ly-do']) ?? '', single(ctx.query['thu-tuc'])),
  );
  router.get('/da-dang-xuat', (ctx) => {
    const signedIn = signedInLine(sessionOf(portal, ctx));
    showPage(ctx, 'signed-out', { signedIn }, languageOf(ctx));
  });
  router.get('/assets/:name', (ctx) => serveAsset(ctx, ctx.params.name));
  return router;
}

function actions(portal: Portal): Router {
  const signIn = createSignIn(portal);
  const router = new Router();
  router.get('/dang-nhap', signIn.start);
  // OpenID Connect Core 4: another site may ask us to begin.
  router.get('/bat-dau', signIn.startForThirdParty);
  router.get('/kiem-tra-phien', signIn.checkSilently);
  router.get('/callback', signIn.finish);
  router.post('/dang-xuat', signIn.signOut);
  return router;
}

/** Turns what nobody answered, foreign forms and faults into pages. */
const explainProblems = (portal: Portal) => async (ctx: Context, next: () => Promise<unknown>) => {
  ctx.cookies.secure = portal.origin.startsWith('https:');
  if (ctx.method === 'POST' && isForeignForm(ctx, portal.origin)) {
    showProblem(portal, ctx, 'foreign_form');
    return;
  }
  try {
    await next();
    if (ctx.status === 404) showProblem(portal, ctx, 'not_found');
  } catch (error) {
    // The name only: a message may quote what was received.
    portal.log.warn(
      { event: 'fault', error: error instanceof Error ? error.name : 'unknown' },
      'portal fault',
    );
    showProblem(portal, ctx, 'fault');
  }
};

/**
 * The demo portal: an ordinary relying party in a Koa app of its own. Nothing is asked of the provider before
 * somebody signs in.
 */
export function createPortal(options: PortalOptions): Koa {
  const portal = createPortalState(options);
  const app = new Koa();
  app.use(securityHeaders(portal.issuer));
  app.use(ownOrigin(portal.origin));
  app.use(explainProblems(portal));
  app.use(pages(portal).routes());
  app.use(actions(portal).routes());
  return app;
}
