import { expect, test } from 'vitest';
import { type LanguageHints, negotiateLanguage } from '../../../src/messages/negotiate-language.ts';

test.each<[string, LanguageHints]>([
  ['nothing at all', {}],
  ['empty hints', { uiLocales: '', cookie: '', acceptLanguage: '' }],
  ['languages we do not speak', { uiLocales: 'fr km', cookie: 'fr', acceptLanguage: 'fr, lo;q=0.5' }],
  ['a refused language', { acceptLanguage: 'en;q=0' }],
  ['a weight out of range', { acceptLanguage: 'en;q=7' }],
  ['a weight that is no number', { acceptLanguage: 'en;q=x' }],
  ['markup', { uiLocales: '"><script>en', cookie: '<en>', acceptLanguage: '<en>' }],
  ['a name of every object', { uiLocales: '__proto__', cookie: 'constructor', acceptLanguage: 'toString' }],
  ['any language', { acceptLanguage: '*' }],
])('%s gives Vietnamese', (_name, hints) => {
  expect(negotiateLanguage(hints)).toBe('vi');
});

test.each<[string, LanguageHints]>([
  ['ui_locales before the cookie', { uiLocales: 'en', cookie: 'vi', acceptLanguage: 'vi' }],
  ['the first known tag of ui_locales', { uiLocales: 'fr en-GB vi', acceptLanguage: 'vi' }],
  ['a tag in capitals', { uiLocales: 'EN-us' }],
  ['the cookie before Accept-Language', { cookie: 'en', acceptLanguage: 'vi' }],
  ['a cookie after useless ui_locales', { uiLocales: 'fr', cookie: 'en' }],
  ['the most wanted language of the browser', { acceptLanguage: 'fr, vi;q=0.3, en-GB;q=0.8' }],
  ['the first of two equally wanted ones', { acceptLanguage: 'en, vi' }],
  ['a weight without space or in capitals', { acceptLanguage: 'vi;Q=0.1,en ; q=0.2' }],
])('%s decides', (_name, hints) => {
  expect(negotiateLanguage(hints)).toBe('en');
});

test('a hint of a megabyte costs next to nothing', () => {
  const long = `${'x,'.repeat(500_000)}en`;
  const started = performance.now();
  expect(negotiateLanguage({ uiLocales: long, acceptLanguage: long })).toBe('vi');
  expect(performance.now() - started).toBeLessThan(500);
});
