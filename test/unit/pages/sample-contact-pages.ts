import type { ContactClosedPage, ContactPageModels } from '../../../src/http/account/contact-page-models.ts';

interface ContactSample<N extends keyof ContactPageModels = keyof ContactPageModels> {
  readonly name: string;
  readonly page: N;
  readonly model: ContactPageModels[N];
}

const sample = <N extends keyof ContactPageModels>(
  name: string,
  page: N,
  model: ContactPageModels[N],
): ContactSample<N> => ({ name: `account-${name}`, page, model });

const tab = 'profile';
const long = `${'nguyen-thi-bich-ngoc-'.repeat(3).slice(0, 60)}@${'congdan.'.repeat(8)}example`;
const action = '/account/contact/email';
const form = { tab, what: 'email', action, typed: '', wait: '72 giờ', cancelled: false } as const;
const codes = {
  tab,
  what: 'email',
  action: `${action}/codes`,
  againAction: `${action}/again`,
  cancelAction: `${action}/cancel`,
  change: 'sample',
  to: 'ngoc.moi@congdan.example',
  wait: '72 giờ',
} as const;
const pending = { tab, what: 'email', cancelAction: `${action}/cancel`, due: '24/11/2026 07:30' } as const;
const causes: readonly ContactClosedPage['cause'][] = [
  'no_texts',
  'unconfirmed',
  'never_set',
  'no_second_factor',
  'identity_paper_expired',
];

/** Every state of the pages on which e-mail address and phone number change. */
export const contactSamples: readonly ContactSample[] = [
  sample('contact', 'account/contact', { ...form, current: long, errors: [] }),
  sample('contact-none-cancelled', 'account/contact', { ...form, cancelled: true, errors: [] }),
  sample('contact-phone-errors', 'account/contact', {
    ...form,
    what: 'phone',
    current: '0970 000 001',
    typed: '<b>012',
    errors: [{ field: 'phone', text: 'Số phải là số di động Việt Nam, 10 chữ số' }],
  }),
  sample('contact-codes', 'account/contact-codes', { ...codes, from: long, errors: [] }),
  sample('contact-codes-errors', 'account/contact-codes', {
    ...codes,
    from: 'bich.ngoc@congdan.example',
    errors: [
      { field: 'old_code', text: 'Nhập mã gửi đến địa chỉ hoặc số hiện tại' },
      { field: 'new_code', text: 'Nhập mã gửi đến địa chỉ hoặc số mới' },
    ],
  }),
  sample('contact-codes-new-alone', 'account/contact-codes', { ...codes, errors: [] }),
  sample('contact-pending', 'account/contact-pending', { ...pending, current: long, to: long }),
  sample('contact-pending-phone', 'account/contact-pending', {
    ...pending,
    what: 'phone',
    to: '0970 000 002',
  }),
  ...causes.map((cause) =>
    sample(`contact-closed-${cause}`, 'account/contact-closed', {
      tab,
      what: 'phone',
      current: '0970 000 001',
      cause,
    }),
  ),
  sample('contact-cancel', 'account/contact-cancel', {
    state: 'open',
    what: 'email',
    due: '24/11/2026 07:30',
    action: '/contact-change/cancel',
    token: 'sample',
  }),
  sample('contact-cancelled', 'account/contact-cancel', { state: 'cancelled' }),
  sample('contact-cancel-over', 'account/contact-cancel', { state: 'over' }),
];
