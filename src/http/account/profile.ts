import { LANGUAGES } from '../../messages/language.ts';
import { type Translate, translator } from '../../messages/translate.ts';
import { maskPersonalNumber } from '../../subject/personal-number.ts';
import type { Subject } from '../../subject/subject.ts';
import { languageOf } from '../language.ts';
import type { ShowPage } from '../show-page.ts';
import type { FactShown, LinkShown } from './page-models.ts';
import type { AccountSection, SettingRow } from './sections.ts';
import type { Visit } from './visit.ts';

export interface ProfileParts {
  readonly show: ShowPage;
  /** The rows of all parts of the account, in their order. */
  readonly settings: readonly SettingRow[];
}

const NAMES = { vi: 'Tiếng Việt', en: 'English' } as const;

/** Who the account belongs to, and the way to everything that can be set. */
export const profileSection = (parts: ProfileParts): AccountSection => ({
  routes: (pages) => pages.page('/profile', { level: 1 }, (visit) => showProfile(parts, visit)),
});

async function showProfile({ settings, show }: ProfileParts, visit: Visit): Promise<void> {
  const { ctx, person } = visit;
  const language = languageOf(ctx);
  const t = translator(language);
  show(ctx, 'account/profile', {
    tab: 'profile',
    facts: factsOf(person.subject, t),
    languages: LANGUAGES.map((code) => ({
      href: `/account/profile?language=${code}`,
      label: NAMES[code],
      code,
      chosen: code === language,
    })),
    settings: await Promise.all(settings.map((row) => linkOf(row, visit, t))),
  });
}

async function linkOf({ href, label, value }: SettingRow, visit: Visit, t: Translate): Promise<LinkShown> {
  return { href, label: t(label), ...(value ? { value: await value(visit) } : {}) };
}

function factsOf({ name, personal_number }: Subject, t: Translate): FactShown[] {
  return [
    { label: t('accountProfile.name'), value: name },
    { label: t('accountProfile.number'), value: maskPersonalNumber(personal_number), figures: true },
  ];
}
