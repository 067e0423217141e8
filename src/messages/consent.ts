import type { Sentences } from './language.ts';

export const consent = {
  title: { vi: 'Đồng ý chia sẻ thông tin', en: 'Agree to share information' },
  intro: {
    vi: 'Cổng dịch vụ xin những thông tin dưới đây của bạn. Chỉ những gì bạn đồng ý mới được chuyển đi.',
    en: 'The portal asks for the information below. Only what you agree to is handed over.',
  },
  account: { vi: 'Thông tin của', en: 'Information of' },
  reasonTitle: { vi: 'Vì sao hỏi bạn', en: 'Why you are asked' },
  'reason.new_relying_party': {
    vi: 'Đây là lần đầu bạn đăng nhập vào cổng này.',
    en: 'This is the first time you sign in to this portal.',
  },
  'reason.more_asked': {
    vi: 'Lần này cổng xin nhiều thông tin hơn những gì bạn đã đồng ý.',
    en: 'This time the portal asks for more than you agreed to before.',
  },
  'reason.purpose_changed': {
    vi: 'Cổng đã đổi mục đích sử dụng thông tin của bạn.',
    en: 'The portal has changed what it uses your information for.',
  },
  'reason.evidence_changed': {
    vi: 'Thông tin hoặc giấy tờ của bạn đã thay đổi kể từ lần bạn đồng ý trước.',
    en: 'Your information or documents have changed since you last agreed.',
  },
  'reason.expired': {
    vi: 'Sự đồng ý trước của bạn đã hết thời hạn.',
    en: 'Your earlier consent has expired.',
  },
  'reason.withdrawn': {
    vi: 'Bạn đã rút lại sự đồng ý trước đây với cổng này.',
    en: 'You withdrew your earlier consent to this portal.',
  },
  'reason.asked_again': {
    vi: 'Cổng đề nghị bạn xác nhận lại sự đồng ý.',
    en: 'The portal asks you to confirm your consent again.',
  },
  required: { vi: 'Bắt buộc', en: 'Required' },
  requiredTitle: { vi: 'Thông tin bắt buộc', en: 'Required information' },
  requiredText: {
    vi: 'Thiếu những thông tin này, cổng không thể phục vụ bạn. Nếu không muốn chia sẻ, hãy chọn “Từ chối tất cả”.',
    en: 'Without it the portal cannot serve you. If you do not want to share it, choose “Refuse all”.',
  },
  optional: { vi: 'Tùy chọn', en: 'Optional' },
  optionalTitle: { vi: 'Thông tin tùy chọn', en: 'Optional information' },
  optionalText: {
    vi: 'Đánh dấu những gì bạn muốn chia sẻ. Không chọn gì, bạn vẫn tiếp tục được.',
    en: 'Tick what you want to share. You can go on without ticking anything.',
  },
  fields: { vi: 'Gồm có', en: 'Includes' },
  purpose: { vi: 'Mục đích', en: 'Purpose' },
  legalBasis: { vi: 'Căn cứ', en: 'Legal basis' },
  issuer: { vi: 'Nơi quản lý', en: 'Registry' },
  syncedAt: { vi: 'Dữ liệu lúc', en: 'Data as of' },
  neverSynced: { vi: 'Chưa lấy được từ nơi quản lý', en: 'Not yet received from the registry' },
  records: { vi: 'Giấy tờ', en: 'Documents' },
  moreRecords: { vi: 'Xem thêm {count} giấy tờ', en: 'Show {count} more' },
  agreedBefore: { vi: 'Lần trước bạn đã đồng ý chia sẻ', en: 'You agreed to share this last time' },
  sensitive: {
    vi: 'Đây là dữ liệu cá nhân nhạy cảm. Chỉ đồng ý khi bạn hiểu rõ mục đích sử dụng.',
    en: 'This is sensitive personal data. Agree only if you understand what it is used for.',
  },
  offlineTitle: { vi: 'Xem lại khi bạn không có mặt', en: 'Reading again while you are away' },
  offlineText: {
    vi: 'Cổng được đọc lại những thông tin bạn đồng ý khi bạn không đăng nhập, ví dụ trong lúc giải quyết hồ sơ.',
    en: 'The portal may read what you agreed to again while you are not signed in, for example while it handles your application.',
  },
  remembered: {
    vi: 'Sự đồng ý được ghi nhớ đến hết ngày {date}. Bạn có quyền rút lại bất cứ lúc nào.',
    en: 'Your consent is remembered until {date}. You have the right to withdraw it at any time.',
  },
  agree: { vi: 'Đồng ý và tiếp tục', en: 'Agree and continue' },
  refuse: { vi: 'Từ chối tất cả', en: 'Refuse all' },
  changed: {
    vi: 'Yêu cầu của cổng đã thay đổi trong lúc bạn xem. Hãy đọc lại trước khi quyết định.',
    en: 'The portal’s request changed while you were reading. Please read it again before you decide.',
  },
} as const satisfies Sentences;
