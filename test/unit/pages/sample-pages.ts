import type {
  ConsentPage,
  ConsentRow,
  PageModels,
  PageName,
  PasskeyOffer,
  PortalLine,
} from '../../../src/http/pages/page-models.ts';
import { person } from '../../support/citizen.ts';
import { accountSamples } from './sample-account-pages.ts';
import { ceremonySamples } from './sample-ceremony-pages.ts';
import { contactSamples } from './sample-contact-pages.ts';
import { deviceSamples } from './sample-device-pages.ts';
import { factorSamples } from './sample-factor-pages.ts';
import { noticeSamples } from './sample-notice-pages.ts';

/** One state of one page, with a name that says which. */
export interface Sample<N extends PageName = PageName> {
  readonly name: string;
  readonly page: N;
  readonly model: PageModels[N];
}

const sample = <N extends PageName>(name: string, page: N, model: PageModels[N]): Sample =>
  ({ name, page, model }) as Sample;

const portal: PortalLine = { name: 'Cổng dịch vụ công Sở Mẫu', organization: 'Sở Mẫu tỉnh Mẫu' };
const longPortal: PortalLine = {
  name: 'Hệ thống thông tin giải quyết thủ tục hành chính và dịch vụ công trực tuyến tỉnh Mẫu',
  organization: 'Trung tâm Phục vụ hành chính công, Ủy ban nhân dân tỉnh Mẫu',
};
const name = person('all-documents').subject.name;
const longName = person('renumbered').subject.name;
const unbrokenName = longName.replaceAll(' ', '');

const passkey: PasskeyOffer = {
  action: '/interaction/sample/passkey',
  options: JSON.stringify({ challenge: 'c2FtcGxl', rpId: 'localhost', userVerification: 'required' }),
  seconds: 300,
};
const signIn: PageModels['sign-in'] = {
  portal,
  action: '/interaction/sample/sign-in',
  cancelAction: '/interaction/sample/cancel',
  passkey,
  personalNumber: '',
  secondStep: false,
  errors: [],
};
const totpAlone: PageModels['totp'] = {
  portal,
  cancelAction: '/interaction/sample/cancel',
  name,
  secondStep: true,
  errors: [],
};
const totp = { ...totpAlone, codeAction: '/interaction/sample/totp' };

const profile: ConsentRow = {
  scope: 'profile',
  label: 'Thông tin cơ bản',
  fields: ['Họ, chữ đệm và tên', 'Ngày sinh', 'Giới tính', 'Quốc tịch', 'Mức độ tài khoản'],
  required: true,
  purpose: 'Điền sẵn tờ khai và xác định người nộp hồ sơ',
  legalBasis: 'Nghị định 118/2025/NĐ-CP',
  sensitive: false,
  agreedBefore: false,
};
const card: ConsentRow = {
  scope: 'doc:id_card',
  label: 'Thẻ căn cước',
  fields: ['Số thẻ', 'Ngày cấp', 'Ngày hết hạn', 'Nơi cấp'],
  required: true,
  purpose: 'Đối chiếu giấy tờ tùy thân thay cho bản giấy',
  legalBasis: 'Nghị định 69/2024/NĐ-CP',
  sensitive: false,
  agreedBefore: false,
  document: {
    issuer: 'Cơ sở dữ liệu căn cước, Bộ Công an',
    syncedAt: '21/11/2026 07:30',
    records: [{ text: 'Số 098 091 000 001, còn hiệu lực đến 15/03/2034', state: 'valid' }],
  },
};
const vehicles: ConsentRow = {
  scope: 'doc:vehicle_registration',
  label: 'Đăng ký xe',
  fields: ['Biển số', 'Nhãn hiệu', 'Ngày đăng ký'],
  required: false,
  purpose: 'Xác định phương tiện trong hồ sơ',
  sensitive: false,
  agreedBefore: true,
  document: {
    issuer: 'Cơ sở dữ liệu đăng ký xe, Bộ Công an',
    syncedAt: '21/11/2026 07:31',
    records: Array.from({ length: 20 }, (_, index) => ({
      text: `Biển số 99A-000.${String(index + 10)}, ${index % 4 === 1 ? 'hết hạn ngày 01/02/2025' : index % 7 === 2 ? 'đã thu hồi' : 'còn hiệu lực'}`,
      state: index % 4 === 1 ? 'expired' : index % 7 === 2 ? 'revoked' : 'valid',
    })),
  },
};
const health: ConsentRow = {
  scope: 'doc:health_record',
  label: 'Hồ sơ sức khỏe',
  fields: ['Lần khám', 'Cơ sở khám chữa bệnh', 'Chẩn đoán'],
  required: false,
  purpose: 'Xét trợ cấp khuyết tật',
  legalBasis: 'Quyết định 15/2026/QĐ-UBND',
  sensitive: true,
  agreedBefore: false,
  document: {
    issuer: 'Bộ Y tế',
    records: [{ text: 'Nơi quản lý tạm thời không trả lời', state: 'missing' }],
  },
};
const consent: ConsentPage = {
  portal,
  action: '/interaction/sample/consent',
  shown: 'sample',
  refuseAction: '/interaction/sample/refuse',
  name,
  reason: 'new_relying_party',
  rows: [profile, card, vehicles, health],
  offlineAccess: false,
  rememberedUntil: '21/11/2027',
  errors: [],
};
const reasons = [
  'more_asked',
  'purpose_changed',
  'evidence_changed',
  'expired',
  'withdrawn',
  'asked_again',
] as const;
const reference = 'R7KQ-2M9D';
const lockCauses = [
  'not_activated',
  'by_owner',
  'by_administrator',
  'sim_changed',
  'too_many_failures',
  'reported',
  'deceased',
  'dissolved',
] as const;
const tooLow = {
  portal,
  name,
  backAction: '/interaction/sample/back',
  otherAccountAction: '/interaction/sample/other',
  foreigner: false,
  reference,
};
const lock = { portal, since: '20/11/2026', backAction: '/interaction/sample/back', reference };
const throttled = {
  retryAction: '/interaction/sample/retry',
  backAction: '/interaction/sample/back',
  reference,
};
const handover = [
  { name: 'code', value: 'abc' },
  { name: 'state', value: 'xyz' },
];
const form =
  '<form id="op.logoutForm" method="post" action="/logout/confirm"><input type="hidden" name="xsrf" value="sample"/></form>';

/** Every page in every state it has, with the longest names. */
export const samples: readonly Sample[] = [
  sample('sign-in', 'sign-in', signIn),
  sample('sign-in-two-steps', 'sign-in', { ...signIn, portal: longPortal, secondStep: true }),
  sample('sign-in-errors', 'sign-in', {
    ...signIn,
    personalNumber: '098 091 00',
    errors: [
      { field: 'personal_number', text: 'Số định danh cá nhân phải có đúng 12 chữ số' },
      { field: 'password', text: 'Nhập mật khẩu của bạn' },
    ],
  }),
  sample('sign-in-known', 'sign-in', {
    ...signIn,
    known: { name: longName, number: '098 ••• ••• 001', otherAccountAction: '/interaction/sample/other' },
    errors: [{ field: 'password', text: 'Mật khẩu không đúng. Kiểm tra lại rồi thử lần nữa.' }],
  }),
  sample('totp', 'totp', totp),
  sample('totp-errors', 'totp', {
    ...totp,
    name: unbrokenName,
    continueAtLevel1Action: '/interaction/sample/level-1',
    errors: [
      {
        field: 'code',
        text: 'Mã không đúng hoặc đã hết hạn. Chờ mã mới hiện trong ứng dụng rồi nhập mã đó.',
      },
    ],
  }),
  sample('totp-every-way', 'totp', { ...totp, passkey, recoveryAction: '/interaction/sample/recovery-code' }),
  sample('totp-passkey-alone', 'totp', { ...totpAlone, passkey }),
  sample('totp-recovery-errors', 'totp', {
    ...totp,
    recoveryAction: '/interaction/sample/recovery-code',
    errors: [{ field: 'recovery_code', text: 'Mã khôi phục không đúng hoặc đã được dùng. Thử một mã khác.' }],
  }),
  sample('totp-step-up', 'totp', {
    ...totp,
    secondStep: false,
    otherAccountAction: '/interaction/sample/other',
  }),
  sample('consent', 'consent', consent),
  sample('consent-required-only', 'consent', { ...consent, rows: [profile], reason: 'asked_again' }),
  sample('consent-optional-only', 'consent', { ...consent, rows: [vehicles] }),
  sample('consent-long', 'consent', {
    ...consent,
    portal: longPortal,
    name: longName,
    offlineAccess: true,
    rows: [
      { ...profile, purpose: unbrokenName, agreedBefore: true },
      card,
      vehicles,
      health,
      ...Array.from({ length: 16 }, (_, index) => ({
        ...card,
        scope: `doc:sample_${String(index)}`,
        required: false,
      })),
    ],
    errors: [
      {
        field: 'asked',
        text: 'Yêu cầu của cổng đã thay đổi trong lúc bạn xem. Hãy đọc lại trước khi quyết định.',
      },
    ],
  }),
  ...reasons.map((reason) => sample(`consent-${reason}`, 'consent', { ...consent, reason })),
  sample('too-low-level-1', 'too-low', { ...tooLow, cause: 'level_1_account' }),
  sample('too-low-no-second-factor', 'too-low', { ...tooLow, cause: 'no_second_factor' }),
  sample('too-low-expired', 'too-low', {
    ...tooLow,
    portal: longPortal,
    name: longName,
    cause: 'identity_paper_expired',
    expiredOn: '01/02/2025',
  }),
  sample('too-low-expired-foreigner', 'too-low', {
    ...tooLow,
    cause: 'identity_paper_expired',
    expiredOn: '01/02/2025',
    foreigner: true,
  }),
  ...lockCauses.map((cause) => sample(`locked-${cause}`, 'locked', { ...lock, cause })),
  ...(['not_activated', 'by_owner', 'too_many_failures', 'reported'] as const).map((cause) =>
    sample(`locked-${cause}-way-out`, 'locked', { ...lock, cause, wayOut: '/recover' }),
  ),
  sample('locked-reason', 'locked', {
    ...lock,
    portal: longPortal,
    cause: 'by_administrator',
    reason: `Theo văn bản số 12/TB của công an xã <b>${unbrokenName}</b>`,
  }),
  sample('lock-done', 'lock-done', { wayOut: '/recover' }),
  sample('throttled', 'throttled', { ...throttled, portal, retryAt: '14:35, 21/11/2026', minutes: 12 }),
  sample('sign-out', 'sign-out', { portal, name, form }),
  sample('sign-out-bare', 'sign-out', { form }),
  sample('signed-out', 'signed-out', { portal }),
  sample('signed-out-bare', 'signed-out', {}),
  sample('handover-to-portal', 'handover', {
    portal,
    onward: 'to_portal',
    action: 'http://127.0.0.1:3001/cb',
    fields: handover,
  }),
  sample('handover-sign-out', 'handover', {
    onward: 'sign_out',
    action: '/logout/confirm',
    fields: handover,
  }),
  sample('handover-sign-in', 'handover', {
    portal: longPortal,
    onward: 'sign_in',
    action: '/logout/confirm',
    fields: handover,
  }),
  sample('error', 'error', {
    code: 'interaction_expired',
    reference,
    back: { name: portal.name, href: 'http://127.0.0.1:3001/bat-dau' },
  }),
  sample('error-bare', 'error', { code: 'server_error', reference }),
  sample('home', 'home', {}),
  ...accountSamples,
  ...noticeSamples,
  ...factorSamples,
  ...deviceSamples,
  ...ceremonySamples,
  ...contactSamples,
];
