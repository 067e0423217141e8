import { formatDate, formatMoment } from '../../messages/format.ts';
import { type Translate, translator } from '../../messages/translate.ts';
import { acceptedNow, type Terms } from '../../subject/terms.ts';
import { textField } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import type { ShowPage } from '../show-page.ts';
import { termsShown } from '../terms-page.ts';
import type { TaskShown } from './page-models.ts';
import type { AccountSection } from './sections.ts';
import type { Visit } from './visit.ts';

export interface TermsParts {
  readonly terms: Terms;
  readonly show: ShowPage;
}

const PATH = '/account/terms';

/** The terms of use, what the person accepted of them, and the way to accept those of now. */
export const termsSection = (parts: TermsParts): AccountSection => ({
  settings: [{ href: PATH, label: 'terms.title', value: (visit) => standingOf(parts, visit) }],
  routes(pages) {
    pages.page('/terms', { level: 1 }, (visit) => showTerms(parts, visit));
    pages.form('/terms', { level: 'highest' }, (visit) => takeAcceptance(parts, visit));
  },
});

/** A word on the home page while the terms of now were not accepted. */
export async function termsTask({ terms }: Pick<TermsParts, 'terms'>, visit: Visit): Promise<TaskShown[]> {
  const t = translator(languageOf(visit.ctx));
  if (acceptedNow(await terms.acceptedBy(visit.person.id), terms.current)) return [];
  return [
    {
      title: t('terms.task'),
      text: t('terms.taskText', { day: dayOf(terms.current.version) }),
      state: 'plain',
      link: { href: PATH, label: t('terms.taskLink') },
    },
  ];
}

/** Terms that changed since the page was shown are shown first. */
async function takeAcceptance(parts: TermsParts, visit: Visit): Promise<void> {
  const { current } = parts.terms;
  if (textField(visit.ctx, 'version') !== current.version) return showTerms(parts, visit, 409);
  await parts.terms.accept(visit.person.id);
  goOn(visit.ctx, PATH);
}

const dayOf = (version: string): string => formatDate(version);

async function standingOf({ terms }: TermsParts, { ctx, person }: Visit): Promise<string> {
  const t = translator(languageOf(ctx));
  const latest = (await terms.acceptedBy(person.id)).at(-1);
  return latest === undefined ? t('terms.none') : acceptedWords(latest.version, t);
}

const acceptedWords = (version: string, t: Translate): string =>
  t('terms.acceptedOn', { version: dayOf(version) });

async function showTerms({ show, terms }: TermsParts, { ctx, person }: Visit, status = 200): Promise<void> {
  const language = languageOf(ctx);
  const t = translator(language);
  const accepted = await terms.acceptedBy(person.id);
  const { version } = terms.current;
  const page = {
    tab: 'profile',
    ...termsShown(terms.current, language),
    accepted: accepted.map(({ at, version }) => ({
      label: acceptedWords(version, t),
      value: formatMoment(at),
      figures: true,
    })),
    ...(acceptedNow(accepted, terms.current) ? {} : { accept: { action: PATH, version } }),
  } as const;
  show(ctx, 'account/terms', page, status);
}
