import { LANGUAGES, type Language } from '../messages/language.ts';
import { negotiateLanguage } from '../messages/negotiate-language.ts';
import type { Context, Step } from './context.ts';

const COOKIE = 'language';
const PARAMETER = 'language';

/** What the person chose on a page of ours, else what the portal asks for, else the browser's own wish. */
export const languageOf = (ctx: Context): Language => {
  const chosen = LANGUAGES.find((language) => language === ctx.cookies.get(COOKIE, { signed: false }));
  return (
    chosen ??
    negotiateLanguage({ uiLocales: ctx.state.uiLocales, acceptLanguage: ctx.get('Accept-Language') })
  );
};

/** The address of this page in the other language. Only a page that can be fetched again has one. */
export function languageSwitch(ctx: Context, language: Language): string | undefined {
  const other = LANGUAGES.find((candidate) => candidate !== language) ?? 'vi';
  const choice = `${PARAMETER}=${other}`;
  // A page that answers a form is fetched at the address of its sign-in.
  if (ctx.path.startsWith('/interaction/')) return `${ctx.path.split('/', 3).join('/')}?${choice}`;
  if (ctx.method === 'POST' && inCeremony(ctx.path)) return `${pageOfCeremony(ctx.path)}?${choice}`;
  return switchable(ctx) ? `${ctx.path}?${[...requestIn(ctx), choice].join('&')}` : undefined;
}

/** Takes the choice and shows the page again without it in the address. */
export const takeLanguage: Step = (ctx, next) => {
  const wanted = ctx.method === 'GET' ? LANGUAGES.find((one) => one === ctx.query[PARAMETER]) : undefined;
  if (wanted === undefined || !switchable(ctx)) return next();
  ctx.cookies.set(COOKIE, wanted, { signed: false, httpOnly: true, sameSite: 'lax', path: '/' });
  const request = requestIn(ctx).join('&');
  ctx.status = 303;
  ctx.redirect(request === '' ? ctx.path : `${ctx.path}?${request}`);
};

/** Pages of the protocol that are told by their parameters what they are about. */
const SIGN_OUT = ['/logout', '/logout/success', '/not-me'];

/** Addresses that show a page when they are fetched; all others keep every parameter to themselves. */
const switchable = ({ method, path }: Context): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (path === '/' ||
    path === '/terms' ||
    path.startsWith('/interaction/') ||
    inCeremony(path) ||
    keepsRequest(path));

/** Activation and recovery. */
const inCeremony = (path: string): boolean => /^\/(?:activate|recover)(?:\/|$)/.test(path);

/** Where the page is fetched that a form of a ceremony answers with. */
const pageOfCeremony = (path: string): string =>
  /^\/\w+\/[\w-]{22}(?=\/|$)/.exec(path)?.[0] ?? path.split('/', 2).join('/');

/** Addresses whose parameters say what is on the page. */
const keepsRequest = (path: string): boolean =>
  path === '/activate' || SIGN_OUT.includes(path) || /^\/account(?:\/|$)/.test(path);

/** The parameters that make up the request, letter by letter, without the choice. */
const requestIn = ({ path, querystring }: Context): string[] =>
  keepsRequest(path)
    ? querystring.split('&').filter((one) => one !== '' && !new URLSearchParams(one).has(PARAMETER))
    : [];
