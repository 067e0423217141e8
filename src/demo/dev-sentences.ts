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
  devCode: { vi: 'Mã dùng một lần', en: 'One-time code' },
  devNoCode: { vi: 'Không có ứng dụng mã', en: 'No code generator' },
  devNoLevel: { vi: 'Không phân mức', en: 'No level' },
  'status.not_activated': { vi: 'Chưa kích hoạt', en: 'Not activated' },
  'status.locked': { vi: 'Đang khóa', en: 'Locked' },
  'status.closed': { vi: 'Đã đóng', en: 'Closed' },
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
