import type { Sentences } from './language.ts';

export const throttled = {
  title: { vi: 'Bạn đã thử quá nhiều lần', en: 'Too many attempts' },
  why: {
    vi: 'Để bảo vệ tài khoản, việc đăng nhập tạm dừng. Mật khẩu và giấy tờ của bạn không thay đổi.',
    en: 'Signing in is paused to protect the account. Your password and documents have not changed.',
  },
  retryAt: { vi: 'Thử lại từ', en: 'Try again from' },
  wait: { vi: 'Còn khoảng {minutes} phút.', en: 'About {minutes} min from now.' },
  retry: { vi: 'Thử lại', en: 'Try again' },
  notYou: {
    vi: 'Nếu không phải bạn đang thử đăng nhập, có người có thể biết số định danh của bạn. Hãy đổi mật khẩu sau khi đăng nhập được.',
    en: 'If it was not you who tried to sign in, somebody may know your number. Change your password once you can sign in.',
  },
} as const satisfies Sentences;
