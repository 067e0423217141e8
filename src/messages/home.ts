import type { Sentences } from './language.ts';

export const home = {
  title: { vi: 'Đăng nhập một lần cho dịch vụ công', en: 'One sign-in for public services' },
  lead: {
    vi: 'Một Cửa ID là nơi đăng nhập chung của các cổng dịch vụ công thuộc {province}.',
    en: 'Một Cửa ID is the common sign-in of the public-service portals of {province}.',
  },
  startTitle: { vi: 'Bắt đầu từ cổng dịch vụ', en: 'Start at the portal' },
  startText: {
    vi: 'Để nộp hồ sơ, hãy mở cổng dịch vụ công bạn cần và chọn “Đăng nhập”; cổng sẽ đưa bạn đến trang này.',
    en: 'To file an application, open the portal you need and choose “Sign in”; it will bring you to this site.',
  },
  accountTitle: { vi: 'Tài khoản của bạn', en: 'Your account' },
  accountText: {
    vi: 'Xem giấy tờ trong ví, các lần đăng nhập, và rút lại những gì bạn đã đồng ý chia sẻ.',
    en: 'See the documents in your wallet and every sign-in, and take back what you agreed to share.',
  },
  account: { vi: 'Mở tài khoản', en: 'Open your account' },
  shareTitle: { vi: 'Bạn quyết định chia sẻ gì', en: 'You decide what is shared' },
  shareText: {
    vi: 'Mỗi cổng chỉ nhận những thông tin và giấy tờ mà bạn đồng ý, cho đúng mục đích đã nêu.',
    en: 'A portal receives only the information and documents you agree to, for the purpose it states.',
  },
  safeTitle: { vi: 'Giữ tài khoản an toàn', en: 'Keep your account safe' },
  safeText: {
    vi: 'Chỉ nhập mật khẩu khi trình duyệt hiện đúng địa chỉ {address}.',
    en: 'Enter your password only where your browser shows the address {address}.',
  },
} as const satisfies Sentences;
