import type { Sentences } from './language.ts';

export const accountWallet = {
  title: { vi: 'Ví giấy tờ', en: 'Wallet' },
  intro: {
    vi: 'Giấy tờ do cơ quan quản lý cung cấp. Cổng dịch vụ chỉ nhận giấy tờ mà bạn đồng ý.',
    en: 'Your documents, as the registries provide them. A portal receives only those you agree to.',
  },
  closes: {
    vi: 'Ví tự đóng sau {minutes} phút bạn không dùng.',
    en: 'The wallet closes after {minutes} minutes without use.',
  },
  empty: { vi: 'Ví của bạn chưa có giấy tờ nào.', en: 'There are no documents in your wallet.' },
  details: { vi: 'Xem chi tiết', en: 'See details' },
  closedTitle: { vi: 'Ví giấy tờ đang đóng', en: 'Your wallet is closed' },
  closedText: {
    vi: 'Giấy tờ của bạn được ẩn đến khi bạn đăng nhập mức độ 2. Ví mở trong {minutes} phút và đóng lại nếu bạn không dùng.',
    en: 'Your documents are hidden until you sign in at level 2. The wallet stays open for {minutes} minutes and closes when you do not use it.',
  },
  open: { vi: 'Mở ví giấy tờ', en: 'Open your wallet' },
  unreachable: {
    vi: 'Ví giấy tờ cần tài khoản đạt mức độ 2.',
    en: 'The wallet needs an account that reaches level 2.',
  },
  issuer: { vi: 'Nơi quản lý', en: 'Registry' },
  syncedAt: { vi: 'Dữ liệu lúc', en: 'Data as of' },
  neverSynced: { vi: 'Chưa lấy được từ nơi quản lý', en: 'Not yet received from the registry' },
  sensitive: { vi: 'Dữ liệu nhạy cảm', en: 'Sensitive data' },
  back: { vi: 'Về ví giấy tờ', en: 'Back to the wallet' },
  missing: {
    vi: 'Nếu bạn có giấy tờ này trên thực tế, hãy liên hệ nơi quản lý để cập nhật.',
    en: 'If you do hold this document, ask the registry to record it.',
  },
} as const satisfies Sentences;
