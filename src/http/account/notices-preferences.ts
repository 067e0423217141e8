import type { Config } from '../../config/schema.ts';
import type { Language } from '../../messages/language.ts';
import { translator } from '../../messages/translate.ts';
import { type NoticeChoice, noticeKinds, type Preferences } from '../../subject/preferences.ts';
import { textFields } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import { languageOf } from '../language.ts';
import type { ShowPage } from '../show-page.ts';
import type { NoticePreferencesPage } from './notice-page-models.ts';
import type { AccountPages, Visit } from './visit.ts';

export interface NoticePreferencesParts {
  readonly preferences: Preferences;
  readonly notices: Config['notices'];
  readonly show: ShowPage;
}

/** Where a person chooses which letters go out. */
export const NOTICE_PREFERENCES = '/account/notices/preferences';

const ALWAYS = ['factors', 'contact', 'devices', 'locks'] as const;

/** "30 và 7". */
const daysIn = (days: readonly number[], language: Language): string =>
  new Intl.ListFormat(language).format(days.toSorted((a, b) => b - a).map(String));

/** To look is for everybody who is signed in; to switch something off takes as much as the account can prove. */
export function noticePreferenceRoutes(parts: NoticePreferencesParts, pages: AccountPages): void {
  pages.page('/notices/preferences', { level: 1 }, (visit) => showPreferences(parts, visit));
  pages.page('/notices/preferences/change', { level: 'highest' }, ({ ctx }) => goOn(ctx, NOTICE_PREFERENCES));
  pages.form('/notices/preferences', { level: 'highest' }, (visit) => takePreferences(parts, visit));
}

async function showPreferences(parts: NoticePreferencesParts, visit: Visit): Promise<void> {
  const { ctx, level, person, reach } = visit;
  const t = translator(languageOf(ctx));
  const { email } = person.subject;
  const { notices } = await parts.preferences.get(person.id);
  const days = daysIn(parts.notices.expiry_days, languageOf(ctx));
  const page: NoticePreferencesPage = {
    tab: 'notices',
    action: NOTICE_PREFERENCES,
    ...(email?.verified ? { address: email.address } : {}),
    kinds: noticeKinds.map((name) => ({
      name,
      label: t(`noticePreferences.kind.${name}`),
      text: t(`noticePreferences.kind.${name}.text`, { days }),
      on: notices[name],
    })),
    always: ALWAYS.map((name) => t(`noticePreferences.always.${name}`)),
    saved: ctx.query.saved === '1',
    ...(level < reach.level
      ? { raise: { href: `${NOTICE_PREFERENCES}/change`, label: t('account.openWallet') } }
      : {}),
  };
  parts.show(ctx, 'account/notice-preferences', page);
}

async function takePreferences({ preferences }: NoticePreferencesParts, visit: Visit): Promise<void> {
  const wanted = textFields(visit.ctx, 'notice');
  const chosen: NoticeChoice = {
    papers: wanted.includes('papers'),
    sign_ins: wanted.includes('sign_ins'),
    consents: wanted.includes('consents'),
  };
  await preferences.choose(visit.person.id, chosen);
  goOn(visit.ctx, `${NOTICE_PREFERENCES}?saved=1`);
}
