import type { Language, Sentence } from '../messages/language.ts';

/** The portal's own words: another site than the provider, so another vocabulary file. */
export const portalSentences = {
  siteName: { vi: 'Cổng dịch vụ công Sở Mẫu', en: 'Sample Department public services' },
  siteOwner: { vi: 'Sở Mẫu tỉnh Mẫu', en: 'Department of Samples, Sample Province' },
  demoNotice: {
    vi: 'Trang mẫu để thử đăng nhập một lần. Không có hồ sơ nào được nộp thật.',
    en: 'A sample site to try single sign-on. No dossier is really filed.',
  },
  skip: { vi: 'Đến nội dung chính', en: 'Skip to main content' },
  otherLanguage: { vi: 'English', en: 'Tiếng Việt' },
  navigation: { vi: 'Điều hướng', en: 'Navigation' },
  home: { vi: 'Trang chủ', en: 'Home' },
  profile: { vi: 'Hồ sơ của tôi', en: 'My file' },
  signIn: { vi: 'Đăng nhập', en: 'Sign in' },
  signOut: { vi: 'Đăng xuất', en: 'Sign out' },
  checkSession: { vi: 'Kiểm tra phiên', en: 'Check session' },

  homeTitle: { vi: 'Nộp hồ sơ không cần bản chụp giấy tờ', en: 'File without photocopies' },
  homeLead: {
    vi: 'Đăng nhập bằng tài khoản định danh điện tử. Giấy tờ trong Ví giấy tờ được đưa thẳng vào hồ sơ khi bạn đồng ý.',
    en: 'Sign in with your electronic identity account. Papers in your wallet go straight into the dossier once you agree.',
  },
  noAccounts: {
    vi: 'Cổng này không có tài khoản riêng và không bao giờ hỏi mật khẩu của bạn.',
    en: 'This site has no accounts of its own and never asks for your password.',
  },
  signedInAs: { vi: 'Đang đăng nhập: {name}', en: 'Signed in: {name}' },
  procedures: { vi: 'Thủ tục đang tiếp nhận', en: 'Procedures open for filing' },
  papers: { vi: 'Dữ liệu xin dùng', en: 'Data asked for' },
  file: { vi: 'Nộp hồ sơ', en: 'File' },
  'demand.1': { vi: 'Mức độ 1 trở lên', en: 'Level 1 or higher' },
  'demand.wish': { vi: 'Nên đăng nhập mức độ 2', en: 'Level 2 preferred' },
  'demand.essential': { vi: 'Bắt buộc mức độ 2', en: 'Level 2 required' },
  'demand.papers': { vi: 'Mức độ 2 và giấy tờ', en: 'Level 2 and papers' },

  received: { vi: 'Cổng đã nhận dữ liệu của bạn', en: 'The portal has received your data' },
  levelWished: {
    vi: 'Bạn tiếp tục ở mức độ 1. Hồ sơ vẫn được nhận, cán bộ sẽ đối chiếu giấy tờ sau.',
    en: 'You went on at level 1. The dossier is accepted; an officer will check the papers later.',
  },
  sessionLives: {
    vi: 'Phiên ở Một Cửa ID vẫn còn. Dữ liệu dưới đây vừa được lấy lại mà không cần đăng nhập.',
    en: 'The session at Một Cửa ID is alive. The data below was fetched again without a sign-in.',
  },
  'level.1': { vi: 'Mức độ 1', en: 'Level 1' },
  'level.2': { vi: 'Mức độ 2', en: 'Level 2' },
  'levelMeaning.1': {
    vi: 'Chứng minh thông tin danh tính. Chưa dùng thay giấy tờ được.',
    en: 'Proves identity data. Does not yet stand in for papers.',
  },
  'levelMeaning.2': {
    vi: 'Có giá trị như thẻ căn cước (hoặc hộ chiếu với người nước ngoài) và các giấy tờ đã tích hợp.',
    en: 'Has the value of the identity card (or a passport) and of the papers integrated into the account.',
  },
  how: { vi: 'Đã xác thực bằng', en: 'Proved with' },
  at: { vi: 'Lúc', en: 'At' },
  'amr.pwd': { vi: 'mật khẩu', en: 'password' },
  'amr.otp': { vi: 'mã dùng một lần', en: 'one-time code' },
  'amr.pop': { vi: 'khóa trong thiết bị', en: 'a key in a device' },
  'amr.user': { vi: 'vân tay, khuôn mặt hoặc mã khóa máy', en: 'fingerprint, face or screen lock' },
  'amr.mfa': { vi: 'hai yếu tố', en: 'two factors' },
  identityData: { vi: 'Thông tin cá nhân', en: 'Personal data' },
  contactData: { vi: 'Liên hệ', en: 'Contact' },
  papersData: { vi: 'Giấy tờ', en: 'Papers' },
  noPapers: {
    vi: 'Thủ tục này không dùng giấy tờ nào, hoặc bạn đã không đưa.',
    en: 'This procedure uses no papers, or you chose not to hand any over.',
  },
  notGiven: { vi: 'Bạn đã không đưa: {labels}', en: 'You did not hand over: {labels}' },
  pairwiseSubject: { vi: 'Mã của bạn ở riêng cổng này', en: 'Your identifier for this site only' },
  verified: { vi: 'đã xác minh', en: 'verified' },
  unverified: { vi: 'chưa xác minh', en: 'not verified' },
  yes: { vi: 'Có', en: 'Yes' },
  no: { vi: 'Không', en: 'No' },
  none: { vi: 'Không có', en: 'None' },
  'word.male': { vi: 'Nam', en: 'Male' },
  'word.female': { vi: 'Nữ', en: 'Female' },
  'word.citizen': { vi: 'Công dân', en: 'Citizen' },
  'word.foreigner': { vi: 'Người nước ngoài', en: 'Foreign resident' },
  'word.organization': { vi: 'Tổ chức', en: 'Organisation' },
  'word.VNM': { vi: 'Việt Nam', en: 'Vietnam' },
  'state.valid': { vi: 'Còn hiệu lực', en: 'Valid' },
  'state.expired': { vi: 'Hết hạn', en: 'Expired' },
  'state.revoked': { vi: 'Bị thu hồi', en: 'Revoked' },
  'state.missing': { vi: 'Không có', en: 'Not available' },
  'unavailable.not_issued': {
    vi: 'Cơ quan quản lý cho biết không có giấy tờ hoặc dữ liệu này về bạn.',
    en: 'The registry says that it has no such paper or data about you.',
  },
  'unavailable.registry_unavailable': {
    vi: 'Hệ thống của cơ quan quản lý tạm thời không trả lời. Bạn có thể thử lại sau.',
    en: 'The registry does not answer at the moment. You can try again later.',
  },
  issuer: { vi: 'Nguồn', en: 'Source' },
  syncedAt: { vi: 'Cập nhật lúc', en: 'As of' },

  engineer: { vi: 'Dành cho kỹ sư', en: 'For engineers' },
  engineerLead: {
    vi: 'Đúng những gì cổng đã gửi và nhận. Mã thông báo thật chỉ được hiện trên trang mẫu như trang này.',
    en: 'Exactly what the portal sent and received. Only a sample site like this one shows real tokens.',
  },
  sentRequest: { vi: 'Yêu cầu đã gửi (authorize)', en: 'Request sent (authorize)' },
  idTokenHeader: { vi: 'ID token: header', en: 'ID token: header' },
  idTokenPayload: { vi: 'ID token: payload', en: 'ID token: payload' },
  idTokenRaw: { vi: 'ID token: nguyên bản', en: 'ID token: raw' },
  accessToken: { vi: 'Access token', en: 'Access token' },
  userInfo: { vi: 'UserInfo', en: 'UserInfo' },
  copy: { vi: 'Sao chép', en: 'Copy' },
  copyNamed: { vi: 'Sao chép {name}', en: 'Copy {name}' },
  copied: { vi: 'Đã chép', en: 'Copied' },

  signedOutTitle: { vi: 'Bạn đã đăng xuất khỏi cổng', en: 'You are signed out of this site' },
  signedOutLead: {
    vi: 'Cổng không còn giữ dữ liệu của bạn. Nếu dùng máy chung, hãy đóng cả trình duyệt.',
    en: 'The site keeps none of your data. On a shared computer, close the browser as well.',
  },
  signInAgain: { vi: 'Đăng nhập lại', en: 'Sign in again' },
  tryAgain: { vi: 'Thử lại', en: 'Try again' },
  backHome: { vi: 'Về trang chủ', en: 'Back to the home page' },
  problemCode: { vi: 'Mã để báo lại: {code}', en: 'Code to report: {code}' },
} as const satisfies Record<string, Sentence>;

export type PortalSentence = keyof typeof portalSentences;

/** `{name}` is put in as plain text; a missing value is a fault. */
export type PortalText = (key: PortalSentence, values?: Readonly<Record<string, string>>) => string;

/** Replaces every `{name}` of a sentence by its value. */
export function fillIn(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`no value for {${name}}`);
    return value;
  });
}

export const portalText =
  (language: Language): PortalText =>
  (key, values) =>
    fillIn(portalSentences[key][language], values);

/** True for a key that exists; for words that arrive in claims. */
export const isPortalSentence = (key: string): key is PortalSentence => Object.hasOwn(portalSentences, key);
