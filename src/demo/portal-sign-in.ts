import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import { type Attempt, ProviderUnreachable, type SignedIn } from './portal-client.ts';
import { languageOf } from './portal-pages.ts';
import { type ProblemCode, problemOfProvider } from './portal-problems.ts';
import { acrOf, type StartedSignIn } from './portal-sessions.ts';
import { type Portal, sessionOf } from './portal-state.ts';
import { leastAcr, type Procedure, procedureNamed, requestParameters } from './procedures.ts';
import { seeOther } from './see-other.ts';
import { single } from './view.ts';

const opaque = () => randomBytes(32).toString('base64url');

/** Where a problem is told: an address with nothing but words of our own. */
function problemAddress(code: ProblemCode, procedure?: Procedure): string {
  const query = new URLSearchParams({ 'ly-do': code, ...(procedure && { 'thu-tuc': procedure.code }) });
  return `/khong-dang-nhap-duoc?${query}`;
}

/** The browser that begins is the browser that must come back; an existing mark is kept, for other tabs. */
function browserMark(portal: Portal, ctx: Context): string {
  const name = portal.cookies.browser;
  const mark = ctx.cookies.get(name);
  if (mark !== undefined && /^[A-Za-z0-9_-]{43}$/.test(mark)) return mark;
  const fresh = opaque();
  ctx.cookies.set(name, fresh, { httpOnly: true, sameSite: 'lax' });
  return fresh;
}

type Wish = { readonly procedure?: Procedure | undefined; readonly extra?: Readonly<Record<string, string>> };

async function begin(portal: Portal, ctx: Context, { procedure, extra }: Wish): Promise<void> {
  const silent = extra?.prompt === 'none';
  let started: { url: URL; attempt: Attempt };
  try {
    started = await portal.client.start({
      ...requestParameters(procedure),
      ui_locales: languageOf(ctx),
      ...extra,
    });
  } catch (error) {
    if (!(error instanceof ProviderUnreachable)) throw error;
    portal.log.warn({ event: 'provider_unreachable' }, 'the provider does not answer');
    return seeOther(ctx, problemAddress('provider_unreachable', procedure));
  }
  const { url, attempt } = started;
  portal.attempts.set(attempt.state, { attempt, procedure, silent, browser: browserMark(portal, ctx) });
  ctx.set('Cache-Control', 'no-store');
  seeOther(ctx, url.href);
}

/** The attempt this answer belongs to; taken out, so that a replay finds nothing. */
function takeAttempt(portal: Portal, ctx: Context): StartedSignIn | undefined {
  const state = single(ctx.query.state);
  if (state === undefined) return undefined;
  const started = portal.attempts.get(state);
  // An answer in a foreign browser must not use up the attempt of its owner.
  if (started === undefined || started.browser !== ctx.cookies.get(portal.cookies.browser)) return undefined;
  return portal.attempts.take(state);
}

function openSession(portal: Portal, ctx: Context, signedIn: SignedIn, started: StartedSignIn): void {
  portal.sessions.remove(ctx.cookies.get(portal.cookies.session) ?? '');
  const id = opaque();
  const { procedure, attempt } = started;
  portal.sessions.set(id, { signedIn, procedure, request: attempt.request });
  ctx.cookies.set(portal.cookies.session, id, { httpOnly: true, sameSite: 'lax' });
}

async function finish(portal: Portal, ctx: Context): Promise<void> {
  const tell = (code: ProblemCode, procedure?: Procedure) => {
    portal.log.info({ event: 'sign_in_refused', reason: code }, 'sign-in ended without a session');
    seeOther(ctx, problemAddress(code, procedure));
  };
  ctx.set('Cache-Control', 'no-store');
  const started = takeAttempt(portal, ctx);
  if (started === undefined) return tell('attempt_unknown');
  const { procedure, attempt, silent } = started;
  const callback = new URL(`${portal.origin}/callback`);
  callback.search = ctx.search;
  let result: Awaited<ReturnType<Portal['client']['finish']>>;
  try {
    result = await portal.client.finish(callback, attempt);
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    portal.log.warn({ event: 'answer_invalid', error: name }, 'the answer did not hold');
    return tell('answer_invalid', procedure);
  }
  if (result.kind === 'refused') return tell(problemOfProvider(result.error), procedure);
  if (acrOf(result) < leastAcr(procedure)) return tell('level_too_low', procedure);
  openSession(portal, ctx, result, started);
  portal.log.info({ event: 'signed_in', acr: result.claims.acr?.toString() ?? '' }, 'signed in');
  seeOther(ctx, silent ? '/ho-so?phien=con' : '/ho-so');
}

async function signOut(portal: Portal, ctx: Context): Promise<void> {
  const id = ctx.cookies.get(portal.cookies.session) ?? '';
  const session = portal.sessions.take(id);
  ctx.cookies.set(portal.cookies.session, null);
  if (session === undefined) return seeOther(ctx, '/da-dang-xuat');
  portal.log.info({ event: 'signed_out' }, 'signed out');
  try {
    const url = await portal.client.signOutUrl(
      session.signedIn.idToken,
      `${portal.origin}/da-dang-xuat`,
      languageOf(ctx),
    );
    seeOther(ctx, url.href);
  } catch (error) {
    // Our own session is over in any case.
    if (!(error instanceof ProviderUnreachable)) throw error;
    seeOther(ctx, '/da-dang-xuat');
  }
}

function checkSilently(portal: Portal, ctx: Context): Promise<void> {
  const session = sessionOf(portal, ctx);
  // The hint makes the provider refuse where somebody else has signed in meanwhile.
  const hint: Record<string, string> = session ? { id_token_hint: session.signedIn.idToken } : {};
  return begin(portal, ctx, { procedure: session?.procedure, extra: { prompt: 'none', ...hint } });
}

function startForThirdParty(portal: Portal, ctx: Context): Promise<void> | void {
  const issuer = single(ctx.query.iss);
  if (ctx.query.iss !== undefined && issuer !== portal.issuer)
    return seeOther(ctx, problemAddress('foreign_issuer'));
  const hint = single(ctx.query.login_hint)?.slice(0, 100);
  return begin(portal, ctx, { extra: hint ? { login_hint: hint } : {} });
}

function start(portal: Portal, ctx: Context): Promise<void> | void {
  const code = single(ctx.query['thu-tuc']);
  const procedure = procedureNamed(code);
  if (ctx.query['thu-tuc'] !== undefined && procedure === undefined)
    return seeOther(ctx, problemAddress('unknown_procedure'));
  return begin(portal, ctx, { procedure });
}

/** The steps of a sign-in, each an answer to one request. */
export const createSignIn = (portal: Portal) => ({
  start: (ctx: Context) => start(portal, ctx),
  startForThirdParty: (ctx: Context) => startForThirdParty(portal, ctx),
  checkSilently: (ctx: Context) => checkSilently(portal, ctx),
  finish: (ctx: Context) => finish(portal, ctx),
  signOut: (ctx: Context) => signOut(portal, ctx),
});
