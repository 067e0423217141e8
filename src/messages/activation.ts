import type { Sentences } from './language.ts';

/** How an issued account is taken up for the first time. */
export const activation = {
  toRecovery: {
    vi: 'Đã kích hoạt nhưng quên mật khẩu? Lấy lại tài khoản',
    en: 'Activated, but the password is forgotten? Recover the account',
  },
  linkText: {
    vi: 'Bạn mở trang này từ thư mời kích hoạt. Bấm nút dưới đây để bắt đầu; sau đó liên kết trong thư không dùng lại được.',
    en: 'You opened this page from your invitation. Press the button to begin; after that the link in the letter cannot be used again.',
  },
  linkTime: {
    vi: 'Việc này mất vài phút. Tài khoản mức độ 2 cần thêm thư định danh mà cán bộ đã đưa cho bạn.',
    en: 'It takes a few minutes. An account at level 2 also needs the identification letter that an officer gave you.',
  },
  begin: { vi: 'Bắt đầu kích hoạt', en: 'Begin' },
  'link.used': { vi: 'Liên kết này đã được dùng', en: 'This link was used' },
  'link.used.text': {
    vi: 'Mỗi liên kết chỉ dùng được một lần. Nếu bạn chưa kích hoạt xong, hãy nhận mã mới; nếu đã xong, hãy đăng nhập như bình thường.',
    en: 'Each link works once. If you did not finish, get a new code; if you did, sign in as usual.',
  },
  'link.ended': { vi: 'Liên kết này đã hết hạn', en: 'This link has expired' },
  'link.ended.text': {
    vi: 'Thời hạn ghi trong thư đã qua. Hãy nhận mã mới để kích hoạt.',
    en: 'The time given in the letter has passed. Get a new code to activate the account.',
  },
  'link.unknown': { vi: 'Liên kết này không dùng được', en: 'This link does not work' },
  'link.unknown.text': {
    vi: 'Có thể địa chỉ bị thiếu chữ, hoặc đã có thư mới hơn thay thế. Hãy mở thư mới nhất, hoặc nhận mã mới.',
    en: 'Letters of it may be missing, or a newer letter has taken its place. Open the latest one, or get a new code.',
  },
  linkAgain: { vi: 'Nhận mã mới', en: 'Get a new code' },
  termsRead: { vi: 'Đọc điều khoản sử dụng', en: 'Read the terms of use' },
  termsAccept: {
    vi: 'Tôi đã đọc và đồng ý với điều khoản sử dụng',
    en: 'I have read the terms of use and accept them',
  },
  termsMissing: {
    vi: 'Đánh dấu đồng ý với điều khoản sử dụng để kích hoạt',
    en: 'Accept the terms of use to activate the account',
  },
  already: { vi: 'Tài khoản đã được kích hoạt', en: 'The account was activated before' },
  alreadyText: {
    vi: 'Bạn không cần làm gì thêm. Hãy đăng nhập; nếu quên mật khẩu, hãy lấy lại tài khoản.',
    en: 'There is nothing left to do. Sign in; if you forgot the password, recover the account.',
  },
} as const satisfies Sentences;
