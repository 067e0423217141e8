import type { Sentences } from './language.ts';

/** The rules of passwords, and the page to change one. */
export const password = {
  title: { vi: 'Đổi mật khẩu', en: 'Change your password' },
  current: { vi: 'Mật khẩu hiện tại', en: 'Present password' },
  next: { vi: 'Mật khẩu mới', en: 'New password' },
  nextHint: {
    vi: 'Ít nhất {least} ký tự, loại nào cũng được, có dấu cách và dấu tiếng Việt cũng được. Vài từ không liên quan ghép lại vừa mạnh vừa dễ nhớ.',
    en: 'At least {least} characters of any kind, spaces and diacritics too. A few words that do not belong together are strong and easy to remember.',
  },
  submit: { vi: 'Đổi mật khẩu', en: 'Change password' },
  strength: { vi: 'Độ mạnh của mật khẩu', en: 'Strength of the password' },
  'strength.weak': { vi: 'Yếu', en: 'Weak' },
  'strength.fair': { vi: 'Vừa', en: 'Fair' },
  'strength.strong': { vi: 'Mạnh', en: 'Strong' },
  short: { vi: 'Còn ngắn', en: 'Too short yet' },
  missing: { vi: 'Nhập mật khẩu mới', en: 'Enter a new password' },
  tooShort: { vi: 'Mật khẩu mới quá ngắn', en: 'The new password is too short' },
  tooLong: { vi: 'Mật khẩu mới dài quá 128 ký tự', en: 'The new password has more than 128 characters' },
  common: {
    vi: 'Mật khẩu này hay gặp hoặc lặp lại, người khác dễ đoán. Chọn mật khẩu khác.',
    en: 'This password is common or repeats itself, so others guess it easily. Choose another one.',
  },
  personal: {
    vi: 'Mật khẩu này gồm tên, ngày sinh, số hoặc nơi ở của bạn. Chọn mật khẩu khác.',
    en: 'This password is made of your name, date of birth, numbers or address. Choose another one.',
  },
  same: { vi: 'Mật khẩu mới trùng với mật khẩu hiện tại', en: 'The new password is the present one' },
  changedTitle: { vi: 'Đã đổi mật khẩu', en: 'Your password was changed' },
  changedText: {
    vi: 'Từ lần sau, hãy đăng nhập bằng mật khẩu mới. Các thiết bị khác đã bị đăng xuất.',
    en: 'Sign in with the new password from now on. Your other devices have been signed out.',
  },
} as const satisfies Sentences;
