import type { Sentences } from './language.ts';

export const lock = {
  title: { vi: 'Khóa tài khoản', en: 'Lock the account' },
  lead: {
    vi: 'Hãy khóa khi bạn mất điện thoại hoặc nghi có người khác dùng tài khoản của bạn.',
    en: 'Lock it when you have lost your phone or think that somebody else uses your account.',
  },
  what: { vi: 'Khi bạn khóa', en: 'When you lock it' },
  ends: {
    vi: 'Mọi thiết bị bị đăng xuất ngay, kể cả thiết bị này.',
    en: 'Every device is signed out at once, this one too.',
  },
  portals: {
    vi: 'Các cổng đã kết nối không đọc được thông tin của bạn nữa.',
    en: 'Connected portals can no longer read your data.',
  },
  nobody: {
    vi: 'Không ai đăng nhập được bằng tài khoản này, kể cả bạn, cho đến khi bạn mở khóa.',
    en: 'Nobody can sign in with this account, not even you, until you unlock it.',
  },
  back: {
    vi: 'Để mở khóa, bạn cần đọc được thư ở địa chỉ thư điện tử đã xác nhận và có đủ cách đăng nhập của mình.',
    en: 'To unlock it you need your confirmed e-mail address and all that you sign in with.',
  },
  confirm: { vi: 'Khóa tài khoản ngay', en: 'Lock the account now' },
  keep: { vi: 'Không khóa', en: 'Do not lock it' },
  doneTitle: { vi: 'Đã khóa tài khoản', en: 'The account is locked' },
  doneLead: {
    vi: 'Mọi thiết bị đã bị đăng xuất và không ai đăng nhập được bằng tài khoản này.',
    en: 'Every device has been signed out, and nobody can sign in with this account.',
  },
  doneAdvice: {
    vi: 'Khi muốn dùng lại, hãy mở khóa. Những gì đã bị đăng xuất hoặc thu hồi thì không trở lại: bạn và các cổng phải đăng nhập lại.',
    en: 'Unlock it when you want to use it again. What was signed out or withdrawn does not come back: you and the portals have to sign in again.',
  },
  unlock: { vi: 'Mở khóa tài khoản', en: 'Unlock the account' },
} as const satisfies Sentences;
