import type { Sentences } from './language.ts';

export const accountPortals = {
  title: { vi: 'Cổng đã kết nối', en: 'Connected portals' },
  intro: {
    vi: 'Những cổng dịch vụ mà bạn đã đồng ý chia sẻ thông tin. Bạn có quyền rút lại bất cứ lúc nào.',
    en: 'The portals that you agreed to share information with. You can take that back at any time.',
  },
  empty: {
    vi: 'Bạn chưa đồng ý chia sẻ thông tin với cổng nào.',
    en: 'You have not agreed to share information with any portal.',
  },
  since: { vi: 'Đồng ý từ', en: 'Agreed on' },
  until: { vi: 'Ghi nhớ đến hết ngày', en: 'Remembered until' },
  organization: { vi: 'Đơn vị quản lý', en: 'Operated by' },
  sees: { vi: 'Được xem', en: 'May see' },
  seesNothing: { vi: 'Chỉ biết bạn đã đăng nhập', en: 'Knows only that you signed in' },
  former: { vi: '{name} (đã ngừng kết nối)', en: '{name} (no longer connected)' },
  unknown: { vi: 'Cổng đã ngừng kết nối ({id})', en: 'A portal that is no longer connected ({id})' },
  manage: { vi: 'Xem và rút lại', en: 'See and take back' },
  items: { vi: 'Cổng này được xem', en: 'This portal may see' },
  fields: { vi: 'Gồm có', en: 'Includes' },
  purpose: { vi: 'Mục đích', en: 'Purpose' },
  required: { vi: 'Bắt buộc', en: 'Required' },
  withdraw: { vi: 'Rút lại', en: 'Take back' },
  withdrawItem: { vi: 'Rút lại: {item}', en: 'Take back: {item}' },
  withdrawAll: { vi: 'Rút lại tất cả', en: 'Take everything back' },
  withdrawAllText: {
    vi: 'Cổng không còn xem được gì của bạn, và lần sau sẽ phải hỏi lại từ đầu.',
    en: 'The portal will see nothing of yours, and has to ask for everything again next time.',
  },
  confirmTitle: { vi: 'Rút lại sự đồng ý?', en: 'Take back your consent?' },
  confirmItem: {
    vi: 'Từ yêu cầu kế tiếp, cổng không còn nhận được {item} của bạn. Những gì khác giữ nguyên.',
    en: 'From its next request on, the portal no longer receives this: {item}. All else stays as it is.',
  },
  confirmAll: {
    vi: 'Từ yêu cầu kế tiếp, cổng không còn nhận được bất cứ thông tin nào của bạn.',
    en: 'From its next request on, the portal no longer receives anything of yours.',
  },
  confirmRequired: {
    vi: 'Cổng coi đây là thông tin bắt buộc. Lần đăng nhập sau cổng sẽ hỏi lại, và không phục vụ được bạn nếu thiếu.',
    en: 'The portal needs this. It will ask again at your next sign-in, and cannot serve you without it.',
  },
  confirmPast: {
    vi: 'Những gì cổng đã nhận trước đây không lấy lại được bằng cách này. Hãy liên hệ đơn vị quản lý cổng nếu bạn muốn xóa.',
    en: 'This does not bring back what the portal received before. Ask whoever runs it to have that erased.',
  },
  portal: { vi: 'Cổng dịch vụ', en: 'Portal' },
  keep: { vi: 'Không, giữ nguyên', en: 'No, keep it' },
  back: { vi: 'Về danh sách cổng', en: 'Back to the portals' },
} as const satisfies Sentences;
