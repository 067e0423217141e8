import type { Sentences } from './language.ts';

/** What pages of refusal say around their sentences. */
export const errorPage = {
  reference: { vi: 'Mã tham chiếu', en: 'Reference' },
  home: { vi: 'Về trang đầu Một Cửa ID', en: 'Go to the Một Cửa ID front page' },
  back: { vi: 'Quay lại {portal}', en: 'Back to {portal}' },
} as const satisfies Sentences;
