import type { Sentences } from './language.ts';

/** What the error page says around the sentences of the table in errors.ts. */
export const errorPage = {
  reference: { vi: 'Mã tham chiếu', en: 'Reference' },
  back: { vi: 'Quay lại {portal}', en: 'Back to {portal}' },
} as const satisfies Sentences;
