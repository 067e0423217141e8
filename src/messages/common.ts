import type { Sentences } from './language.ts';

/** What every page carries: the band, the portal's line, the form's words, the foot. */
export const common = {
  siteName: { vi: 'Một Cửa ID', en: 'Một Cửa ID' },
  skip: { vi: 'Đến nội dung chính', en: 'Skip to main content' },
  languageSwitch: { vi: 'English', en: 'Tiếng Việt' },
  signingInTo: { vi: 'Bạn đang đăng nhập vào', en: 'You are signing in to' },
  comingFrom: { vi: 'Bạn đến từ', en: 'You come from' },
  account: { vi: 'Tài khoản', en: 'Account' },
  backToPortal: { vi: 'Quay lại cổng dịch vụ', en: 'Back to the portal' },
  cancel: { vi: 'Hủy và quay lại cổng dịch vụ', en: 'Cancel and go back to the portal' },
  otherAccount: { vi: 'Đăng nhập tài khoản khác', en: 'Sign in with another account' },
  step: { vi: 'Bước {step} trên 2', en: 'Step {step} of 2' },
  errorPrefix: { vi: 'Lỗi', en: 'Error' },
  summaryTitle: { vi: 'Hãy kiểm tra lại', en: 'Please check the following' },
  busy: { vi: 'Đang xử lý…', en: 'Working…' },
  slow: {
    vi: 'Mạng đang chậm. Yêu cầu đã gửi đi, bạn chờ thêm một chút.',
    en: 'The network is slow. Your request has been sent; please wait a little longer.',
  },
  offline: {
    vi: 'Thiết bị đang mất kết nối mạng. Kết nối lại rồi thử tiếp, những gì bạn nhập vẫn còn.',
    en: 'Your device is offline. Reconnect and try again; what you typed is still here.',
  },
  phishing: {
    vi: 'Cán bộ không bao giờ hỏi mật khẩu của bạn.',
    en: 'An officer never asks for your password.',
  },
  checkAddress: {
    vi: 'Trước khi nhập mật khẩu, hãy xem địa chỉ trang trên trình duyệt.',
    en: 'Before you type your password, check the address in your browser.',
  },
  runBy: { vi: 'Đơn vị vận hành: {province}', en: 'Operated by {province}' },
} as const satisfies Sentences;
