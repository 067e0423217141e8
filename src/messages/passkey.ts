import type { Sentences } from './language.ts';

/** Passkeys, which are called by what a person does with them. */
export const passkey = {
  signIn: { vi: 'Đăng nhập bằng vân tay hoặc khuôn mặt', en: 'Sign in by fingerprint or face' },
  confirm: { vi: 'Xác nhận bằng vân tay hoặc khuôn mặt', en: 'Confirm by fingerprint or face' },
  intro: {
    vi: 'Dùng vân tay, khuôn mặt hoặc mã khóa màn hình của thiết bị đã đăng ký. Nếu thiết bị đó là điện thoại, bạn có thể quét mã QR mà trình duyệt hiện ra.',
    en: 'Use the fingerprint, face or screen lock of the device you registered. If that is a phone, you can scan the QR code your browser shows.',
  },
  needsScript: {
    vi: 'Cách này cần JavaScript. Hãy bật JavaScript trong trình duyệt rồi tải lại trang.',
    en: 'This needs JavaScript. Switch it on in your browser and load the page again.',
  },
  waiting: { vi: 'Đang chờ thiết bị của bạn…', en: 'Waiting for your device…' },
  cancelled: {
    vi: 'Thiết bị chưa xác nhận. Bạn có thể thử lại hoặc chọn cách khác.',
    en: 'Your device did not confirm. You can try again or choose another way.',
  },
  failed: {
    vi: 'Trình duyệt hoặc thiết bị này không dùng được vân tay hay khuôn mặt ở đây. Hãy chọn cách khác.',
    en: 'This browser or device cannot use a fingerprint or face here. Choose another way.',
  },
  refused: {
    vi: 'Không đăng nhập được bằng vân tay hoặc khuôn mặt. Hãy thử lại hoặc chọn cách khác.',
    en: 'The fingerprint or face did not sign you in. Try again or choose another way.',
  },
} as const satisfies Sentences;
