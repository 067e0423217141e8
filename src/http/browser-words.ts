import { type Translate, translator } from '../messages/translate.ts';
import type { Context } from './context.ts';
import { languageOf } from './language.ts';

/** The first that is named counts: browsers also name those that they resemble. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/coc_coc/i, 'Cốc Cốc'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** What a browser calls itself, in words of ours alone: "Chrome trên Android". */
export function browserWords(userAgent: string, t: Translate): string {
  const named = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)];
  if (browser === undefined) return system ?? t('devices.unknown');
  return system === undefined ? browser : t('devices.browserOn', { browser, system });
}

/** The browser of a request. */
export const browserOf = (ctx: Context, language = languageOf(ctx)): string =>
  browserWords(ctx.get('User-Agent'), translator(language));
