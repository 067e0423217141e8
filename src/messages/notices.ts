import type { Sentences } from './language.ts';

/** Which letters a person wants. */
export const noticePreferences = {
  title: { vi: 'Cài đặt thông báo', en: 'Notification settings' },
  intro: {
    vi: 'Chọn những việc được báo qua thư điện tử. Mục Thông báo và Hoạt động vẫn có đủ, dù bạn chọn thế nào.',
    en: 'Choose what you are told of by e-mail. Notices and Activity show everything, whatever you choose.',
  },
  sentTo: { vi: 'Gửi đến', en: 'Sent to' },
  noAddress: {
    vi: 'Tài khoản chưa có địa chỉ thư điện tử đã xác nhận, nên chưa có thư nào được gửi.',
    en: 'Your account has no confirmed e-mail address, so no letter is sent.',
  },
  choose: { vi: 'Bạn chọn', en: 'Yours to choose' },
  'kind.papers': { vi: 'Giấy tờ sắp hết hạn', en: 'Documents about to expire' },
  'kind.papers.text': {
    vi: '{days} ngày trước ngày hết hạn của thẻ căn cước, hộ chiếu, giấy phép và giấy tờ khác trong ví.',
    en: '{days} days before the last day of your identity card, passport, licences and other documents.',
  },
  'kind.sign_ins': {
    vi: 'Mọi lần đăng nhập, cả trên thiết bị đã biết',
    en: 'Every sign-in, also on known devices',
  },
  'kind.sign_ins.text': {
    vi: 'Mỗi khi mật khẩu, mã hoặc vân tay được dùng để đăng nhập.',
    en: 'Whenever a password, a code or a fingerprint is used to sign in.',
  },
  'kind.consents': { vi: 'Sự đồng ý được cho hoặc rút lại', en: 'Consents given or taken back' },
  'kind.consents.text': {
    vi: 'Cổng dịch vụ nào, thông tin và giấy tờ nào.',
    en: 'Which portal, which information and documents.',
  },
  always: { vi: 'Luôn được gửi', en: 'Always sent' },
  alwaysText: {
    vi: 'Những thư này bảo vệ tài khoản của bạn nên không tắt được.',
    en: 'These letters protect your account and cannot be switched off.',
  },
  'always.factors': {
    vi: 'Mật khẩu và cách đăng nhập thay đổi',
    en: 'Changes of password and of ways to sign in',
  },
  'always.contact': {
    vi: 'Thư điện tử hoặc số điện thoại thay đổi',
    en: 'Changes of e-mail address or phone number',
  },
  'always.devices': { vi: 'Đăng nhập trên thiết bị mới', en: 'Sign-ins on new devices' },
  'always.locks': { vi: 'Tài khoản bị khóa', en: 'Locks of your account' },
  on: { vi: 'Đang bật', en: 'On' },
  off: { vi: 'Đang tắt', en: 'Off' },
  save: { vi: 'Lưu lựa chọn', en: 'Save' },
  saved: { vi: 'Lựa chọn của bạn đã được lưu.', en: 'Your choice has been saved.' },
  locked: {
    vi: 'Để thay đổi, bạn cần đăng nhập mức độ 2.',
    en: 'To change them, sign in at level 2.',
  },
  back: { vi: 'Quay lại Thông báo', en: 'Back to notices' },
} as const satisfies Sentences;
