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

function factsOf({ email, name, personal_number, phone }: Subject, t: Translate): FactShown[] {
  const stated = (value: string | undefined, verified = true): string => {
    if (value === undefined) return t('accountProfile.none');
    return verified ? value : t('accountProfile.unconfirmed', { value });
  };
  return [
    { label: t('accountProfile.name'), value: name },
    { label: t('accountProfile.number'), value: maskPersonalNumber(personal_number), figures: true },
    { label: t('accountProfile.email'), value: stated(email?.address, email?.verified) },
    {
      label: t('accountProfile.phone'),
      value: stated(phone && domestic(phone.number), phone?.verified),
      figures: true,
    },
  ];
}

/** "+84970000002" as people read it: "0970 000 002". */
const domestic = (number: string): string => number.replace(/^\+84(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3');
