import type { FactorPageModels, PasskeyShown } from '../../../src/http/account/factor-page-models.ts';

interface FactorSample<N extends keyof FactorPageModels = keyof FactorPageModels> {
  readonly name: string;
  readonly page: N;
  readonly model: FactorPageModels[N];
}

const sample = <N extends keyof FactorPageModels>(
  name: string,
  page: N,
  model: FactorPageModels[N],
): FactorSample<N> => ({ name: `account-${name}`, page, model });

const tab = 'profile';
const href = '/account/factors/passkeys/sample';
const passkey: PasskeyShown = {
  name: 'Điện thoại Android',
  added: '21/11/2026',
  used: '21/11/2026 07:30',
  synced: true,
  href,
};
const longNamed: PasskeyShown = {
  name: 'MáyTínhBảngCủaGiaĐìnhỞPhòngKháchTầngHaiNhàBàNgoạiHưngYênCũ'.slice(0, 60),
  added: '01/02/2025',
  synced: false,
  href,
};
const codes = ['abcd-efgh-jkmn', 'pqrs-tuvw-xyz2', '3456-789a-bcde'];
const password = { tab, action: '/account/password', least: 12, secondFactor: false } as const;
const totp = {
  tab,
  action: '/account/factors/totp',
  secret: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
  address: 'otpauth://totp/sample',
  qr: { path: 'M0 0h1v1h-1zM2 0h1v1h-1zM1 1h1v1h-1zM0 2h1v1h-1zM2 2h1v1h-1z', size: 3 },
  replaces: false,
} as const;

/** Every state of the pages about what a person signs in with. */
export const factorSamples: readonly FactorSample[] = [
  sample('factors', 'account/factors', {
    tab,
    passwordChanged: '01/11/2026',
    passkeys: [passkey, longNamed],
    totpSince: '02/11/2026',
    recoveryCodes: 9,
  }),
  sample('factors-none', 'account/factors', { tab, passwordChanged: '01/11/2026', passkeys: [] }),
  sample('factors-held', 'account/factors', { tab, passkeys: [passkey], closed: 'identity_paper_expired' }),
  sample('factors-closed', 'account/factors-closed', { tab, cause: 'no_second_factor' }),
  sample('passkey-add', 'account/passkey-add', {
    tab,
    action: '/account/factors/passkey',
    challenge: 'c2FtcGxl',
    options: '{"challenge":"c2FtcGxl"}',
    seconds: 300,
    name: 'Điện thoại Android',
    errors: [{ field: 'passkey', text: 'Thiết bị này đã được thêm từ trước.' }],
  }),
  sample('passkey', 'account/passkey', {
    tab,
    passkey: longNamed,
    renameAction: href,
    removeHref: `${href}/remove`,
    errors: [],
  }),
  sample('passkey-remove', 'account/factor-remove', {
    tab,
    factor: 'passkey',
    name: passkey.name,
    last: 'to_level_1',
    action: `${href}/remove`,
    errors: [],
  }),
  sample('totp-remove-refused', 'account/factor-remove', {
    tab,
    factor: 'totp',
    last: 'stays_level_1',
    action: '/account/factors/totp/remove',
    errors: [{ field: 'remove', text: 'Mật khẩu của bạn ngắn.' }],
  }),
  sample('totp-add', 'account/totp-add', { ...totp, errors: [] }),
  sample('totp-add-errors', 'account/totp-add', {
    ...totp,
    replaces: true,
    errors: [{ field: 'code', text: 'Mã xác thực phải có đúng 6 chữ số' }],
  }),
  sample('recovery-codes', 'account/recovery-codes', {
    tab,
    action: '/account/factors/recovery-codes',
    left: 3,
  }),
  sample('recovery-codes-new', 'account/recovery-codes-new', {
    tab,
    codes: [...codes, ...codes, ...codes, 'abcd-efgh-jkm2'],
    file: 'data:text/plain;charset=utf-8,abcd-efgh-jkmn',
  }),
  sample('password', 'account/password', { ...password, errors: [] }),
  sample('password-errors', 'account/password', {
    ...password,
    strength: 'weak',
    errors: [
      { field: 'password', text: 'Nhập mật khẩu của bạn' },
      { field: 'new_password', text: 'Mật khẩu mới quá ngắn' },
    ],
  }),
  sample('password-changed', 'account/password-changed', { tab, strength: 'strong' }),
  sample('wait', 'account/wait', {
    tab,
    retryAt: '21/11/2026 07:45',
    minutes: 14,
    back: '/account/password',
  }),
];
