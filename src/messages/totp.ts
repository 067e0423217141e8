import type { Sentences } from './language.ts';

export const totp = {
  title: { vi: 'Nhập mã xác thực', en: 'Enter your authentication code' },
  titlePasskey: { vi: 'Xác nhận chính là bạn', en: 'Confirm that it is you' },
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
  recoveryTitle: { vi: 'Không có điện thoại bên mình?', en: 'Your phone is not at hand?' },
  recoveryCode: { vi: 'Mã khôi phục', en: 'Recovery code' },
  recoveryHint: {
    vi: 'Một trong 10 mã bạn đã lưu, dạng abcd-efgh-jkmn. Mỗi mã chỉ dùng được một lần.',
    en: 'One of the 10 codes you saved, like abcd-efgh-jkmn. Each works once.',
  },
  recoverySubmit: { vi: 'Dùng mã khôi phục', en: 'Use the recovery code' },
  recoveryMissing: { vi: 'Nhập mã khôi phục', en: 'Enter a recovery code' },
  recoveryMalformed: {
    vi: 'Mã khôi phục có 12 chữ và số, không có chữ i, l, o và số 0, 1',
    en: 'A recovery code has 12 letters and digits, none of them i, l, o, 0 or 1',
  },
  recoveryWrong: {
    vi: 'Mã khôi phục không đúng hoặc đã được dùng. Thử một mã khác.',
    en: 'The recovery code is wrong or was used before. Try another one.',
  },
} as const satisfies Sentences;
