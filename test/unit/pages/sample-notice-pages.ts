import type {
  AccountTermsPage,
  NoticePageModels,
  NoticePreferencesPage,
} from '../../../src/http/account/notice-page-models.ts';
import { termsShown } from '../../../src/http/terms-page.ts';
import { builtInTerms } from '../../../src/messages/terms-text.ts';
import { translator } from '../../../src/messages/translate.ts';

interface NoticeSample<N extends keyof NoticePageModels = keyof NoticePageModels> {
  readonly name: string;
  readonly page: N;
  readonly model: NoticePageModels[N];
}
const sample = <N extends keyof NoticePageModels>(
  name: string,
  page: N,
  model: NoticePageModels[N],
): NoticeSample => ({ name, page, model }) as NoticeSample;

const t = translator('vi');
const preferences: NoticePreferencesPage = {
  tab: 'notices',
  action: '/account/notices/preferences',
  address: 'bich.ngoc@congdan.example',
  kinds: (['papers', 'sign_ins', 'consents'] as const).map((name) => ({
    name,
    label: t(`noticePreferences.kind.${name}`),
    text: t(`noticePreferences.kind.${name}.text`, { days: '30 và 7' }),
    on: name !== 'sign_ins',
  })),
  always: (['factors', 'contact', 'devices', 'locks'] as const).map((name) =>
    t(`noticePreferences.always.${name}`),
  ),
  saved: false,
};
const { address: _, ...unaddressed } = preferences;
const terms = termsShown(builtInTerms, 'vi');
const accountTerms: AccountTermsPage = {
  tab: 'profile',
  ...terms,
  accepted: [{ label: 'Phiên bản 28/11/2026', value: '28/11/2026 08:15', figures: true }],
};

/** Notification settings and terms of use, in every state they have. */
export const noticeSamples: readonly NoticeSample[] = [
  sample('notice-preferences', 'account/notice-preferences', preferences),
  sample('notice-preferences-saved', 'account/notice-preferences', { ...preferences, saved: true }),
  sample('notice-preferences-below', 'account/notice-preferences', {
    ...unaddressed,
    raise: { href: '/account/notices/preferences/change', label: t('account.openWallet') },
  }),
  sample('account-terms', 'account/terms', accountTerms),
  sample('account-terms-new', 'account/terms', {
    ...accountTerms,
    accepted: [],
    accept: { action: '/account/terms', version: builtInTerms.version },
  }),
  sample('terms', 'terms', terms),
];
