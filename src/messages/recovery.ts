import type { Sentences } from './language.ts';

/** How somebody gets an account back, or unlocks it. */
export const recovery = {
  toActivation: {
    vi: 'Chưa dùng tài khoản lần nào? Kích hoạt tài khoản',
    en: 'Never used the account? Activate it',
  },
  forgotPassword: { vi: 'Quên mật khẩu?', en: 'Forgot your password?' },
  lostFactor: { vi: 'Mất thiết bị xác thực?', en: 'Lost your second step?' },
  presentTitle: { vi: 'Mở khóa tài khoản', en: 'Unlock your account' },
  presentText: {
    vi: 'Bạn đã tự khóa tài khoản. Nhập mật khẩu để mở khóa.',
    en: 'You locked this account yourself. Enter the password to unlock it.',
  },
  unlock: { vi: 'Tiếp tục', en: 'Continue' },
  forgot: { vi: 'Tôi quên mật khẩu, đặt mật khẩu mới', en: 'I forgot it and want a new one' },
  secondText: {
    vi: 'Tài khoản có bước xác thực thứ hai. Hãy xác nhận bước đó để tiếp tục.',
    en: 'The account has a second step. Confirm it to go on.',
  },
  lost: { vi: 'Tôi không còn cách nào trong số này', en: 'I have none of these any more' },
  found: { vi: 'Tôi vẫn còn bước xác thực thứ hai', en: 'I do have my second step' },
} as const satisfies Sentences;
