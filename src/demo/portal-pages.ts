import type { Context } from 'koa';
import type { Language } from '../messages/language.ts';
import { negotiateLanguage } from '../messages/negotiate-language.ts';
import { portalText } from './portal-sentences.ts';
import { compileView, single, switchAddress } from './view.ts';

const views = {
  home: compileView('home'),
  profile: compileView('profile'),
  problem: compileView('problem'),
  'signed-out': compileView('signed-out'),
};

const LANGUAGE_COOKIE = 'cong_mau_lang';
const A_YEAR = 365 * 24 * 60 * 60 * 1000;

/** `?lang=` decides and is remembered; then the cookie, the browser's wish, Vietnamese. */
export function languageOf(ctx: Context): Language {
  const wished = single(ctx.query.lang);
  const language = negotiateLanguage({
    uiLocales: wished,
    cookie: ctx.cookies.get(LANGUAGE_COOKIE),
    acceptLanguage: ctx.get('Accept-Language'),
  });
  if (wished === language)
    ctx.cookies.set(LANGUAGE_COOKIE, language, { sameSite: 'lax', httpOnly: true, maxAge: A_YEAR });
  return language;
}

/** Renders one page; the model's names are fixed by the caller, never spread from a request. */
export function showPage(
  ctx: Context,
  name: keyof typeof views,
  model: Readonly<Record<string, unknown>>,
  language: Language,
): void {
  ctx.type = 'html';
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Content-Language', language);
  ctx.body = views[name]({
    ...model,
    language,
    languageSwitch: switchAddress(ctx, language),
    assets: '/assets',
    t: portalText(language),
  });
}
