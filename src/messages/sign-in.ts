import type { Sentences } from './language.ts';

export const signIn = {
  title: { vi: 'Đăng nhập', en: 'Sign in' },
  titleKnown: { vi: 'Xác nhận lại mật khẩu', en: 'Confirm your password' },
  introKnown: {
    vi: 'Cổng cần biết chắc vẫn là bạn. Hãy nhập lại mật khẩu để tiếp tục.',
    en: 'The portal needs to be sure it is still you. Enter your password again to go on.',
  },
  personalNumber: { vi: 'Số định danh cá nhân', en: 'Personal identification number' },
  personalNumberHint: {
    vi: '12 chữ số, ghi trên thẻ căn cước của bạn',
    en: '12 digits, as printed on your identity card',
  },
  password: { vi: 'Mật khẩu', en: 'Password' },
  show: { vi: 'Hiện', en: 'Show' },
  showPassword: { vi: 'Hiện mật khẩu', en: 'Show password' },
  submit: { vi: 'Đăng nhập', en: 'Sign in' },
  submitStep: { vi: 'Tiếp tục', en: 'Continue' },
  toActivation: { vi: 'Chưa kích hoạt tài khoản?', en: 'Account not activated yet?' },
  notYou: { vi: 'Không phải bạn? Đăng nhập tài khoản khác', en: 'Not you? Sign in with another account' },
  personalNumberMissing: {
    vi: 'Nhập số định danh cá nhân của bạn',
    en: 'Enter your personal identification number',
  },
  personalNumberMalformed: {
    vi: 'Số định danh cá nhân phải có đúng 12 chữ số',
    en: 'The personal identification number must have exactly 12 digits',
  },
  passwordMissing: { vi: 'Nhập mật khẩu của bạn', en: 'Enter your password' },
  wrong: {
    vi: 'Số định danh cá nhân hoặc mật khẩu không đúng. Kiểm tra lại rồi thử lần nữa.',
    en: 'The personal identification number or the password is not right. Check both and try again.',
  },
  wrongPassword: {
    vi: 'Mật khẩu không đúng. Kiểm tra lại rồi thử lần nữa.',
    en: 'The password is not right. Check it and try again.',
  },
} as const satisfies Sentences;
