import type { CeremonyPageModels } from '../../../src/http/ceremony/page-models.ts';

interface CeremonySample<N extends keyof CeremonyPageModels = keyof CeremonyPageModels> {
  readonly name: string;
  readonly page: N;
  readonly model: CeremonyPageModels[N];
}

const sample = <N extends keyof CeremonyPageModels>(
  name: string,
  page: N,
  model: CeremonyPageModels[N],
): CeremonySample<N> => ({ name: `ceremony-${name}`, page, model });

const base = '/recover/sample';
const activation = { goal: 'activation', action: '/activate/sample/x', errors: [] } as const;
const recovery = { goal: 'recovery', action: `${base}/x`, errors: [] } as const;
const options = '{"challenge":"c2FtcGxl"}';
const qr = { path: 'M0 0h1v1h-1zM2 0h1v1h-1zM1 1h1v1h-1zM0 2h1v1h-1zM2 2h1v1h-1z', size: 3 };
const codes = ['abcd-efgh-jkmn', 'pqrs-tuvw-xyz2', '3456-789a-bcde', 'fghj-kmnp-qrst', 'uvwx-yz23-4567'];

/** Every state of the pages on which an account is activated or got back. */
export const ceremonySamples: readonly CeremonySample[] = [
  sample('start-activation', 'ceremony/start', { ...activation, personalNumber: '' }),
  sample('start-recovery-errors', 'ceremony/start', {
    ...recovery,
    personalNumber: '098 09',
    errors: [{ field: 'personal_number', text: 'Số định danh cá nhân phải có đúng 12 chữ số' }],
  }),
  sample('link', 'ceremony/link', { action: '/activate/link', token: 'sample' }),
  ...(['used', 'ended', 'unknown'] as const).map((cause) =>
    sample(`link-${cause}`, 'ceremony/link-over', { cause }),
  ),
  sample('code-activation', 'ceremony/code', {
    ...activation,
    againAction: '/activate/sample/again',
    until: '21/11/2026 07:45',
  }),
  sample('code-recovery-errors', 'ceremony/code', {
    ...recovery,
    againAction: `${base}/again`,
    until: '21/11/2026 07:45',
    errors: [{ field: 'code', text: 'Mã không đúng. Hãy nhập mã trong thư mới nhất.' }],
  }),
  sample('letter', 'ceremony/letter', activation),
  sample('letter-errors', 'ceremony/letter', {
    ...recovery,
    foundAction: `${base}/found`,
    errors: [{ field: 'letter_code', text: 'Mã không đúng. Kiểm tra từng nhóm bốn ký tự rồi thử lần nữa.' }],
  }),
  sample('counter', 'ceremony/counter', { goal: 'activation' }),
  sample('counter-recovery', 'ceremony/counter', { goal: 'recovery', foundAction: `${base}/found` }),
  sample('present-password', 'ceremony/present-password', { ...recovery, forgotAction: `${base}/forgot` }),
  sample('second-factor', 'ceremony/second-factor', {
    codeAction: `${base}/totp`,
    passkey: { action: `${base}/passkey`, options, seconds: 300 },
    recoveryAction: `${base}/recovery-code`,
    lostAction: `${base}/lost`,
    errors: [],
  }),
  sample('second-factor-passkey', 'ceremony/second-factor', {
    passkey: { action: `${base}/passkey`, options, seconds: 300 },
    lostAction: `${base}/lost`,
    errors: [{ field: 'passkey', text: 'Không đăng nhập được bằng vân tay hoặc khuôn mặt.' }],
  }),
  sample('password', 'ceremony/password', { ...activation, least: 8 }),
  sample('password-errors', 'ceremony/password', {
    ...recovery,
    least: 12,
    strength: 'weak',
    errors: [{ field: 'new_password', text: 'Mật khẩu mới quá ngắn' }],
  }),
  sample('enrol', 'ceremony/enrol', {
    totp: {
      action: `${base}/app`,
      address: 'otpauth://totp/sample',
      secret: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
      qr,
    },
    passkey: {
      action: `${base}/device`,
      challenge: 'c2FtcGxl',
      options,
      seconds: 300,
      name: 'Điện thoại Android',
    },
    errors: [],
  }),
  sample('enrol-passkey-errors', 'ceremony/enrol', {
    passkey: { action: `${base}/device`, challenge: 'c2FtcGxl', options, seconds: 300, name: '' },
    errors: [{ field: 'passkey', text: 'Chưa thêm được thiết bị này.' }],
  }),
  sample('codes', 'ceremony/codes', {
    action: `${base}/codes`,
    made: {
      codes: [...codes, ...codes.map((code) => code.replace(/.$/, '9'))],
      file: 'data:text/plain;charset=utf-8,abcd-efgh-jkmn',
      shown: 'sample',
      savedAction: `${base}/saved`,
    },
  }),
  sample('codes-anew', 'ceremony/codes', { action: `${base}/codes` }),
  sample('finish', 'ceremony/finish', activation),
  sample('finish-errors', 'ceremony/finish', {
    ...activation,
    errors: [{ field: 'terms', text: 'Đánh dấu đồng ý với điều khoản sử dụng để kích hoạt' }],
  }),
  sample('finish-recovery', 'ceremony/finish', recovery),
  ...(['activated', 'recovered', 'unlocked'] as const).map((outcome) =>
    sample(`done-${outcome}`, 'ceremony/done', { outcome }),
  ),
  ...(['activated', 'changed', 'unknown'] as const).map((cause) =>
    sample(`over-${cause}`, 'ceremony/over', { goal: 'recovery', cause }),
  ),
  sample('barred', 'ceremony/barred', {
    cause: 'by_administrator',
    since: '20/11/2026',
    reason: 'Cần đối chiếu lại hồ sơ cấp tài khoản theo đề nghị của công an cấp xã.',
  }),
  sample('barred-not-activated', 'ceremony/barred', { cause: 'not_activated', wayOut: '/activate' }),
  sample('wait', 'ceremony/wait', { retryAt: '21/11/2026 07:45', minutes: 14, back: '/recover' }),
];
