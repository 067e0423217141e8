import { LANGUAGES, type Language } from './language.ts';

/** What a request says about language, as received: none of it is trusted. */
export interface LanguageHints {
  /** `ui_locales`: space-separated BCP 47 tags in order of preference (OpenID Connect Core 3.1.2.1). */
  readonly uiLocales?: string | undefined;
  /** The person's own choice with the language switch. */
  readonly cookie?: string | undefined;
  /** RFC 9110 section 12.5.4. */
  readonly acceptLanguage?: string | undefined;
}

/** Longer hints than any browser sends are cut, so that reading them costs next to nothing. */
const LONGEST_HINT = 500;

const languageOf = (tag: string): Language | undefined => {
  const primary = tag.trim().toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary);
};

const firstKnown = (tags: readonly string[]): Language | undefined =>
  tags.map(languageOf).find((language) => language !== undefined);

/** Tags of an Accept-Language field, most wanted first; malformed and refused (`q=0`) ones are left out. */
function acceptedTags(field: string): string[] {
  return field
    .split(',')
    .flatMap((element) => {
      const [tag = '', weight] = element.trim().split(/\s*;\s*q=/i);
      const quality =
        weight === undefined ? 1 : /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0;
      return quality > 0 ? [{ tag, quality }] : [];
    })
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/** The language of a page: `ui_locales`, then the cookie, then `Accept-Language`, then Vietnamese. */
export function negotiateLanguage({ uiLocales, cookie, acceptLanguage }: LanguageHints): Language {
  return (
    firstKnown((uiLocales ?? '').slice(0, LONGEST_HINT).split(' ')) ??
    LANGUAGES.find((language) => language === cookie) ??
    firstKnown(acceptedTags((acceptLanguage ?? '').slice(0, LONGEST_HINT))) ??
    'vi'
  );
}
