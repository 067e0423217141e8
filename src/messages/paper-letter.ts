import type { Sentences } from './language.ts';

/** The letter with a code that is printed after somebody was identified face to face. */
export const paperLetter = {
  'title.activation': {
    vi: 'Thư kích hoạt tài khoản định danh',
    en: 'Letter to activate your identity account',
  },
  'title.recovery': { vi: 'Thư lấy lại tài khoản định danh', en: 'Letter to recover your identity account' },
  greeting: { vi: 'Chào {name},', en: 'Dear {name},' },
  'lead.activation': {
    vi: 'Bạn đã xuất trình giấy tờ và được xác minh trực tiếp. Mã dưới đây dùng để kích hoạt tài khoản định danh mức độ 2 của bạn.',
    en: 'You have shown your papers and were identified in person. The code above activates your identity account at level 2.',
  },
  'lead.recovery': {
    vi: 'Bạn đã xuất trình giấy tờ và được xác minh trực tiếp. Mã dưới đây dùng để lấy lại tài khoản định danh của bạn.',
    en: 'You have shown your papers and were identified in person. The code above lets you recover your identity account.',
  },
  name: { vi: 'Họ và tên', en: 'Name' },
  number: { vi: 'Số định danh cá nhân', en: 'Personal number' },
  code: { vi: 'Mã của bạn', en: 'Your code' },
  until: { vi: 'Có hiệu lực đến', en: 'Valid until' },
  moment: { vi: '{moment} (giờ Việt Nam)', en: '{moment} (time in Vietnam)' },
  steps: { vi: 'Việc cần làm', en: 'What to do' },
  'open.activation': {
    vi: 'Bấm liên kết trong thư điện tử đã gửi cho bạn. Nếu không có thư đó, mở {address}, nhập số định danh cá nhân, rồi nhập mã được gửi đến thư điện tử của bạn.',
    en: 'Follow the link in the e-mail that was sent to you. Without that e-mail, open {address}, enter your personal number, then the code that is sent to your e-mail address.',
  },
  'open.recovery': {
    vi: 'Mở {address}, nhập số định danh cá nhân, rồi nhập mã được gửi đến thư điện tử của bạn.',
    en: 'Open {address}, enter your personal number, then the code that is sent to your e-mail address.',
  },
  enter: {
    vi: 'Khi được hỏi, nhập mã trong thư này.',
    en: 'Enter the code of this letter when it is asked for.',
  },
  'set.activation': {
    vi: 'Đặt mật khẩu và thêm một cách xác thực thứ hai.',
    en: 'Set a password and add a second factor.',
  },
  'set.recovery': {
    vi: 'Đặt mật khẩu mới và thêm một cách xác thực thứ hai. Những cách cũ không còn dùng được.',
    en: 'Set a new password and add a second factor. The former ones no longer work.',
  },
  keep: { vi: 'Giữ kín mã này', en: 'Keep this code to yourself' },
  nobodyAsks: {
    vi: 'Không ai được hỏi mã này, kể cả cán bộ. Đừng đọc mã qua điện thoại, đừng chụp ảnh hay gửi cho người khác.',
    en: 'Nobody may ask you for this code, officers included. Do not read it out on the telephone, photograph it or send it to anybody.',
  },
  once: {
    vi: 'Mã dùng được một lần. Thư in trước thư này, nếu có, không còn hiệu lực.',
    en: 'The code works once. A letter that was printed before this one is void.',
  },
  lost: {
    vi: 'Nếu mất thư, hãy báo ngay cho bộ phận Một cửa để được cấp thư mới; mã cũ khi đó không còn dùng được.',
    en: 'If you lose this letter, tell a one-stop counter at once and have a new one printed; the old code is then void.',
  },
} as const satisfies Sentences;
