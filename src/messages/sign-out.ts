import type { Sentences } from './language.ts';

export const signOut = {
  title: { vi: 'Đăng xuất?', en: 'Sign out?' },
  text: {
    vi: 'Bạn sẽ đăng xuất khỏi Một Cửa ID trên trình duyệt này. Lần sau vào một cổng dịch vụ, bạn cần đăng nhập lại.',
    en: 'You will be signed out of Một Cửa ID in this browser. You will have to sign in again the next time you use a portal.',
  },
  submit: { vi: 'Đăng xuất', en: 'Sign out' },
  stay: { vi: 'Không, tôi ở lại', en: 'No, stay signed in' },
} as const satisfies Sentences;

export const signedOut = {
  title: { vi: 'Bạn đã đăng xuất', en: 'You are signed out' },
  text: {
    vi: 'Phiên đăng nhập Một Cửa ID trên trình duyệt này đã kết thúc.',
    en: 'Your Một Cửa ID session in this browser has ended.',
  },
  shared: {
    vi: 'Nếu dùng máy chung, hãy đóng tất cả cửa sổ trình duyệt trước khi rời đi.',
    en: 'On a shared computer, close every browser window before you leave.',
  },
} as const satisfies Sentences;
