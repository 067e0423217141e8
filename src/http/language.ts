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
  if (!pages(ctx.path)) return undefined;
  const path = ctx.path.startsWith('/interaction/') ? ctx.path.split('/', 3).join('/') : ctx.path;
  const other = LANGUAGES.find((candidate) => candidate !== language) ?? 'vi';
  return `${path}?${PARAMETER}=${other}`;
}

/** Takes the choice and shows the page again without it in the address. */
export const takeLanguage: Step = (ctx, next) => {
  const wanted = ctx.method === 'GET' ? LANGUAGES.find((one) => one === ctx.query[PARAMETER]) : undefined;
  if (wanted === undefined || !pages(ctx.path)) return next();
  ctx.cookies.set(COOKIE, wanted, { signed: false, httpOnly: true, sameSite: 'lax', path: '/' });
  ctx.status = 303;
  ctx.redirect(ctx.path);
};

/** Pages of ours; the protocol's own addresses keep every parameter to themselves. */
const pages = (path: string): boolean => path === '/' || path.startsWith('/interaction/');
