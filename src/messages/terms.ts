import type { Sentences } from './language.ts';

/** The page of the terms of use, and their acceptance. */
export const terms = {
  title: { vi: 'Điều khoản sử dụng', en: 'Terms of use' },
  version: { vi: 'Phiên bản ngày {day}', en: 'Version of {day}' },
  accepted: { vi: 'Bạn đã đồng ý', en: 'Accepted by you' },
  acceptedOn: { vi: 'Phiên bản {version}', en: 'Version {version}' },
  none: { vi: 'Bạn chưa đồng ý với phiên bản nào.', en: 'You have not accepted any version yet.' },
  changed: {
    vi: 'Điều khoản sử dụng có phiên bản mới. Hãy đọc và đồng ý để tiếp tục dùng tài khoản theo phiên bản này.',
    en: 'There is a new version of the terms of use. Read and accept it to go on using your account under it.',
  },
  accept: { vi: 'Tôi đồng ý', en: 'I accept' },
  back: { vi: 'Quay lại Cá nhân', en: 'Back to profile' },
  task: { vi: 'Điều khoản sử dụng mới', en: 'New terms of use' },
  taskText: {
    vi: 'Phiên bản ngày {day} đang chờ bạn đọc và đồng ý.',
    en: 'The version of {day} waits for you to read and accept it.',
  },
  taskLink: { vi: 'Đọc điều khoản', en: 'Read the terms' },
} as const satisfies Sentences;
