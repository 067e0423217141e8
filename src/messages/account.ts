import type { Sentences } from './language.ts';

/** What every page of the account carries. */
export const account = {
  title: { vi: 'Tài khoản của bạn', en: 'Your account' },
  tabs: { vi: 'Các phần của tài khoản', en: 'Parts of your account' },
  'tab.home': { vi: 'Trang chủ', en: 'Home' },
  'tab.wallet': { vi: 'Ví giấy tờ', en: 'Wallet' },
  'tab.notices': { vi: 'Thông báo', en: 'Notices' },
  'tab.profile': { vi: 'Cá nhân', en: 'Profile' },
  signOut: { vi: 'Đăng xuất', en: 'Sign out' },
  openWallet: { vi: 'Đăng nhập mức độ 2', en: 'Sign in at level 2' },
} as const satisfies Sentences;

export const accountHome = {
  title: { vi: 'Trang chủ', en: 'Home' },
  greeting: { vi: 'Xin chào', en: 'Hello' },
  level: { vi: 'Mức độ tài khoản', en: 'Level of your account' },
  'level.1': { vi: 'Mức độ 1', en: 'Level 1' },
  'level.1.text': {
    vi: 'Bạn dùng được các dịch vụ chỉ cần thông tin cá nhân cơ bản. Giấy tờ điện tử cần mức độ 2.',
    en: 'You can use services that need basic personal details only. Electronic documents need level 2.',
  },
  'level.2': { vi: 'Mức độ 2', en: 'Level 2' },
  'level.2.text': {
    vi: 'Tài khoản có giá trị như thẻ căn cước hoặc hộ chiếu và như các giấy tờ đã tích hợp trong ví. Xuất trình trên tài khoản là đủ.',
    en: 'Your account counts as your identity card or passport, and as every document in your wallet. Showing it there is enough.',
  },
  below: {
    vi: 'Lần này bạn mới đăng nhập ở mức độ 1.',
    en: 'This time you are signed in at level 1 only.',
  },
  lastSignIn: { vi: 'Lần đăng nhập trước', en: 'Your last sign-in' },
  lastSignInAt: { vi: '{moment}, {portal}', en: '{moment}, {portal}' },
  noSignIn: { vi: 'Chưa ghi nhận lần nào', en: 'None on record' },
  tasks: { vi: 'Việc nên làm', en: 'Things to do' },
  noTasks: { vi: 'Bạn không có việc nào cần làm.', en: 'There is nothing for you to do.' },
  more: { vi: 'Xem thêm', en: 'More' },
  'task.level_1_account': { vi: 'Nâng tài khoản lên mức độ 2', en: 'Raise your account to level 2' },
  'task.level_1_account.text': {
    vi: 'Mang giấy tờ tùy thân đến cơ quan công an và làm thủ tục cấp tài khoản định danh mức độ 2.',
    en: 'Take your identity papers to a police office and apply for a level 2 identity account.',
  },
  'task.no_second_factor': { vi: 'Thêm bước xác thực thứ hai', en: 'Add a second step of authentication' },
  'task.no_second_factor.text': {
    vi: 'Tài khoản đủ mức độ 2 nhưng chưa có bước thứ hai, nên bạn chưa mở được ví giấy tờ.',
    en: 'Your account is at level 2 but has no second step yet, so your wallet cannot be opened.',
  },
  'task.identity_paper_expired': { vi: 'Cấp lại giấy tờ tùy thân', en: 'Renew your identity paper' },
  'task.identity_paper_expired.text': {
    vi: 'Giấy tờ hết hạn ngày {date}. Đến khi giấy tờ mới được cập nhật, tài khoản chỉ có giá trị mức độ 1.',
    en: 'It expired on {date}. Until the new one is recorded, your account counts as level 1.',
  },
  'task.identity_paper_expiring': {
    vi: 'Giấy tờ tùy thân sắp hết hạn',
    en: 'Your identity paper is about to expire',
  },
  'task.identity_paper_expiring.text': {
    vi: 'Giấy tờ có giá trị đến hết ngày {date}. Sau ngày đó, tài khoản chỉ còn giá trị mức độ 1.',
    en: 'It is valid until {date}. After that day your account counts as level 1.',
  },
  'task.document_expiring': { vi: '{document} sắp hết hạn', en: '{document}: about to expire' },
  'task.document_expiring.text': { vi: 'Có giá trị đến hết ngày {date}.', en: 'Valid until {date}.' },
  'task.document_expired': { vi: '{document} đã hết hạn', en: '{document}: expired' },
  'task.document_expired.text': { vi: 'Hết hạn ngày {date}.', en: 'It expired on {date}.' },
} as const satisfies Sentences;

export const accountNotices = {
  title: { vi: 'Thông báo', en: 'Notices' },
  empty: { vi: 'Bạn chưa có thông báo nào.', en: 'You have no notices.' },
  recent: { vi: 'Trong {days} ngày qua', en: 'In the last {days} days' },
  papers: { vi: 'Giấy tờ', en: 'Documents' },
  hidden: {
    vi: 'Thông báo về giấy tờ trong ví hiện ra sau khi bạn đăng nhập mức độ 2.',
    en: 'Notices about the documents in your wallet show once you have signed in at level 2.',
  },
  all: { vi: 'Xem mọi hoạt động', en: 'See all activity' },
} as const satisfies Sentences;

export const accountProfile = {
  title: { vi: 'Cá nhân', en: 'Profile' },
  name: { vi: 'Họ và tên', en: 'Full name' },
  number: { vi: 'Số định danh cá nhân', en: 'Personal identification number' },
  unconfirmed: { vi: '{value} (chưa xác nhận)', en: '{value} (not confirmed)' },
  none: { vi: 'Chưa có', en: 'None' },
  language: { vi: 'Ngôn ngữ', en: 'Language' },
  languageText: {
    vi: 'Áp dụng trên trình duyệt này, đến khi bạn đóng trình duyệt.',
    en: 'For this browser, until you close it.',
  },
  settings: { vi: 'Cài đặt và lịch sử', en: 'Settings and history' },
} as const satisfies Sentences;
