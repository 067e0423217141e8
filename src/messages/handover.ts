import type { Sentences } from './language.ts';

export const handover = {
  to_portal: { vi: 'Đang chuyển bạn về cổng dịch vụ', en: 'Taking you back to the portal' },
  sign_out: { vi: 'Đang hoàn tất việc đăng xuất', en: 'Finishing your sign-out' },
  sign_in: { vi: 'Đang chuyển sang tài khoản của bạn', en: 'Changing to your account' },
  text: {
    vi: 'Nếu trang không tự chuyển, hãy bấm nút dưới đây.',
    en: 'If this page stays, press the button below.',
  },
  submit: { vi: 'Tiếp tục', en: 'Continue' },
} as const satisfies Sentences;
