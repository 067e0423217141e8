import type { Language, Sentence } from '../messages/language.ts';
import { fillIn, portalSentences } from './portal-sentences.ts';

/** The words of `/dev/`, beside those it shares with the portal's layout. */
export const devSentences = {
  ...portalSentences,
  devTitle: { vi: 'Người dùng mẫu để thử', en: 'People to try with' },
  devOwner: { vi: 'Trang cho người phát triển', en: 'Development page' },
  devLead: {
    vi: 'Mở cổng mẫu, chọn một thủ tục rồi đăng nhập bằng một trong những người dưới đây. Tất cả đều được đặt ra.',
    en: 'Open the sample portal, choose a procedure and sign in as one of the people below. All of them are invented.',
  },
  devOpenPortal: { vi: 'Mở cổng mẫu', en: 'Open the sample portal' },
  devPeople: { vi: 'Danh sách', en: 'The people' },
  devSeconds: { vi: 'Mã dùng một lần đổi sau (giây):', en: 'One-time codes change in (seconds):' },
  devReload: { vi: 'Lấy mã mới', en: 'Get new codes' },
  devNumber: { vi: 'Số định danh cá nhân', en: 'Personal number' },
  devPassword: { vi: 'Mật khẩu', en: 'Password' },
  devNoPassword: { vi: 'Chưa đặt', en: 'None yet' },
  devCode: { vi: 'Mã dùng một lần', en: 'One-time code' },
  devNoCode: { vi: 'Không có ứng dụng mã', en: 'No code generator' },
  devNoLevel: { vi: 'Không phân mức', en: 'No level' },
  devLetter: { vi: 'In thư định danh', en: 'Print the identification letter' },
  'status.not_activated': { vi: 'Chưa kích hoạt', en: 'Not activated' },
  'status.locked': { vi: 'Đang khóa', en: 'Locked' },
  'status.closed': { vi: 'Đã đóng', en: 'Closed' },
  devMail: { vi: 'Hộp thư của mọi người', en: 'Everybody’s mailbox' },
  mailTitle: { vi: 'Hộp thư', en: 'Mailbox' },
  mailLead: {
    vi: 'Ở chế độ phát triển, thư không được gửi đi mà nằm ở đây một tuần.',
    en: 'In the development profile letters are not sent: they stay here for a week.',
  },
  mailServer: {
    vi: 'Thư đang được gửi qua máy chủ thư đã cấu hình (MOTCUA_MAIL_URL), không giữ lại ở đây.',
    en: 'Letters are sent through the configured mail server (MOTCUA_MAIL_URL) and not kept here.',
  },
  mailEmpty: {
    vi: 'Chưa có thư nào. Thư xuất hiện sau khi có người đăng nhập trên thiết bị mới hoặc thay đổi tài khoản.',
    en: 'No letters yet. They appear once somebody signs in on a new device or changes something in an account.',
  },
  textTitle: { vi: 'Tin nhắn', en: 'Text messages' },
  mailReload: { vi: 'Tải lại', en: 'Reload' },
  mailBack: { vi: 'Tất cả thư', en: 'All letters' },
  mailTo: { vi: 'Gửi đến', en: 'To' },
  mailAt: { vi: 'Lúc', en: 'At' },
  mailHtml: { vi: 'Xem như trong ứng dụng thư', en: 'See it as a mail program shows it' },
  mailText: { vi: 'Dạng văn bản', en: 'As plain text' },
  mailFoot: {
    vi: 'Trang này chỉ có ở chế độ phát triển.',
    en: 'This page exists in the development profile only.',
  },
  devFoot: {
    vi: 'Trang này chỉ có ở chế độ phát triển. Mỗi mã chỉ dùng được một lần.',
    en: 'This page exists in the development profile only. Each code works once.',
  },
} as const satisfies Record<string, Sentence>;

export type DevSentence = keyof typeof devSentences;

export const devText =
  (language: Language) =>
  (key: DevSentence, values?: Readonly<Record<string, string>>): string =>
    fillIn(devSentences[key][language], values);
