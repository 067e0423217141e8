import { formatDate } from '../messages/format.ts';
import type { Language } from '../messages/language.ts';
import type { Terms, TermsOfUse } from '../subject/terms.ts';
import type { TermsPage } from './account/notice-page-models.ts';
import type { Step } from './context.ts';
import { languageOf } from './language.ts';
import { blocksOf } from './pages/plain-text.ts';
import type { ShowPage } from './show-page.ts';

/** Where everybody reads the terms of use, signed in or not. */
const TERMS = '/terms';

/** The terms of use as a page shows them. */
export const termsShown = ({ text, version }: TermsOfUse, language: Language): TermsPage => ({
  day: formatDate(version),
  blocks: blocksOf(text[language]),
});

/** The public page of the terms of use. */
export const termsPage =
  (show: ShowPage, terms: Pick<Terms, 'current'>): Step =>
  (ctx, next) => {
    if (ctx.path !== TERMS || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    show(ctx, 'terms', termsShown(terms.current, languageOf(ctx)));
  };
