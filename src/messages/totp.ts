import type { Sentences } from './language.ts';

export const totp = {
  title: { vi: 'Nhập mã xác thực', en: 'Enter your authentication code' },
  intro: {
    vi: 'Mở ứng dụng xác thực trên điện thoại của bạn và nhập mã đang hiện ở đó.',
    en: 'Open the authenticator app on your phone and enter the code it shows.',
  },
  code: { vi: 'Mã xác thực', en: 'Authentication code' },
  codeHint: { vi: '6 chữ số, đổi mới sau mỗi 30 giây', en: '6 digits, renewed every 30 seconds' },
  submit: { vi: 'Xác nhận', en: 'Confirm' },
  level1Title: { vi: 'Chưa có mã?', en: 'No code at hand?' },
  level1Text: {
    vi: 'Bạn có thể tiếp tục ở mức độ 1. Cổng có thể yêu cầu mức độ 2 sau đó để xem giấy tờ hoặc nộp hồ sơ.',
    en: 'You can go on at level 1. The portal may ask for level 2 later, to see documents or to file an application.',
  },
  level1Submit: { vi: 'Tiếp tục ở mức độ 1', en: 'Continue at level 1' },
  codeMissing: { vi: 'Nhập mã xác thực', en: 'Enter the authentication code' },
  codeMalformed: { vi: 'Mã xác thực phải có đúng 6 chữ số', en: 'The code must have exactly 6 digits' },
  wrong: {
    vi: 'Mã không đúng hoặc đã hết hạn. Chờ mã mới hiện trong ứng dụng rồi nhập mã đó.',
    en: 'The code is wrong or has expired. Wait for the next one in the app and enter that.',
  },
} as const satisfies Sentences;
