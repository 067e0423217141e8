import type { Sentences } from './language.ts';

/** What every letter carries. */
const frame = {
  greeting: { vi: 'Chào {name},', en: 'Dear {name},' },
  below: { vi: 'Tiếng Việt ở bên dưới.', en: 'English below.' },
  sentBy: {
    vi: 'Thư tự động của Một Cửa ID, {province}. Bạn không cần trả lời thư này.',
    en: 'An automatic letter from Một Cửa ID, {province}. There is no need to answer it.',
  },
  neverAsked: {
    vi: 'Cán bộ không bao giờ hỏi mật khẩu hay mã của bạn, qua thư cũng như qua điện thoại.',
    en: 'An officer never asks for your password or a code, neither by letter nor by telephone.',
  },
  linkHint: {
    vi: 'Hoặc chép địa chỉ này vào trình duyệt:',
    en: 'Or copy this address into your browser:',
  },
  until: { vi: 'Có hiệu lực đến {moment} (giờ Việt Nam).', en: 'Valid until {moment} (time in Vietnam).' },
  at: { vi: 'Lúc', en: 'Time' },
  moment: { vi: '{moment} (giờ Việt Nam)', en: '{moment} (time in Vietnam)' },
  portal: { vi: 'Cổng dịch vụ', en: 'Portal' },
  device: { vi: 'Thiết bị', en: 'Device' },
  place: { vi: 'Nơi (ước đoán)', en: 'Place (a guess)' },
  change: { vi: 'Thay đổi', en: 'Change' },
  document: { vi: 'Giấy tờ', en: 'Document' },
  expires: { vi: 'Hết hạn ngày', en: 'Expires on' },
  wasYou: { vi: 'Nếu chính là bạn thì không cần làm gì.', en: 'If it was you, there is nothing to do.' },
  notMe: { vi: 'Không phải tôi', en: 'It was not me' },
  notMeMeans: {
    vi: 'Nếu không phải bạn, hãy bấm “Không phải tôi”: phiên đăng nhập đó bị kết thúc và tài khoản bị khóa cho đến khi bạn lấy lại.',
    en: 'If it was not you, choose “It was not me”: that session ends and the account is locked until you recover it.',
  },
  seekHelp: {
    vi: 'Nếu không phải bạn, hãy liên hệ bộ phận Một cửa hoặc cơ quan công an nơi bạn cư trú.',
    en: 'If it was not you, turn to a one-stop counter or to the police office where you live.',
  },
} as const satisfies Sentences;

const occasions = {
  'new_sign_in.subject': { vi: 'Đăng nhập trên thiết bị mới', en: 'Sign-in on a new device' },
  'new_sign_in.lead': {
    vi: 'Tài khoản của bạn vừa được đăng nhập trên một thiết bị chưa từng dùng.',
    en: 'Somebody has just signed in to your account on a device that was not used before.',
  },
  'code.subject': { vi: 'Mã xác nhận của bạn', en: 'Your confirmation code' },
  'code.activation': {
    vi: 'Nhập mã này để kích hoạt tài khoản định danh.',
    en: 'Enter this code to activate your identity account.',
  },
  'code.new_device': {
    vi: 'Nhập mã này để xác nhận thiết bị bạn đang đăng nhập.',
    en: 'Enter this code to confirm the device you are signing in on.',
  },
  'code.recovery': {
    vi: 'Nhập mã này để lấy lại tài khoản của bạn.',
    en: 'Enter this code to recover your account.',
  },
  'code.email_change': {
    vi: 'Nhập mã này để xác nhận việc đổi địa chỉ thư điện tử.',
    en: 'Enter this code to confirm the change of your e-mail address.',
  },
  'code.phone_change': {
    vi: 'Nhập mã này để xác nhận việc đổi số điện thoại.',
    en: 'Enter this code to confirm the change of your phone number.',
  },
  'code.keep': {
    vi: 'Không đưa mã cho ai. Nếu bạn không yêu cầu mã này, hãy bỏ qua thư.',
    en: 'Give the code to nobody. If you did not ask for it, ignore this letter.',
  },
  'activation_link.subject': { vi: 'Kích hoạt tài khoản định danh', en: 'Activate your identity account' },
  'activation_link.lead': {
    vi: 'Tài khoản định danh của bạn đã được cấp. Hãy kích hoạt để đặt mật khẩu và bắt đầu dùng.',
    en: 'Your identity account has been issued. Activate it to set a password and begin to use it.',
  },
  'activation_link.action': { vi: 'Kích hoạt tài khoản', en: 'Activate the account' },
  'activation_link.once': { vi: 'Liên kết chỉ dùng được một lần.', en: 'The link works once.' },
  'password_changed.subject': { vi: 'Mật khẩu đã được đổi', en: 'Your password was changed' },
  'password_changed.lead': {
    vi: 'Mật khẩu tài khoản của bạn vừa được đổi. Các phiên đăng nhập khác đã kết thúc.',
    en: 'The password of your account has just been changed. All other sessions have ended.',
  },
  'factor_changed.subject': {
    vi: 'Cách đăng nhập đã thay đổi',
    en: 'The ways to sign in have changed',
  },
  'factor_changed.lead': {
    vi: 'Cách đăng nhập vào tài khoản của bạn vừa thay đổi.',
    en: 'The ways to sign in to your account have just changed.',
  },
  'factor.passkey_added': {
    vi: 'Thêm đăng nhập bằng vân tay hoặc khuôn mặt',
    en: 'Sign-in by fingerprint or face was added',
  },
  'factor.passkey_removed': {
    vi: 'Gỡ đăng nhập bằng vân tay hoặc khuôn mặt',
    en: 'Sign-in by fingerprint or face was removed',
  },
  'factor.totp_added': { vi: 'Thêm ứng dụng xác thực', en: 'An authenticator app was added' },
  'factor.totp_removed': { vi: 'Gỡ ứng dụng xác thực', en: 'The authenticator app was removed' },
  'factor.recovery_codes_renewed': {
    vi: 'Tạo mã khôi phục mới, các mã cũ hết hiệu lực',
    en: 'New recovery codes were made; the old ones no longer work',
  },
  'factor.recovery_code_used': { vi: 'Một mã khôi phục đã được dùng', en: 'A recovery code was used' },
  'account_locked.subject': { vi: 'Tài khoản đã bị khóa', en: 'Your account was locked' },
  'account_locked.lead': { vi: 'Tài khoản của bạn vừa bị khóa.', en: 'Your account has just been locked.' },
  'lock.by_owner': { vi: 'Theo yêu cầu của chính bạn.', en: 'It was locked at your own request.' },
  'lock.by_administrator': {
    vi: 'Cơ quan quản lý định danh điện tử đã khóa tài khoản.',
    en: 'It was locked by the electronic identity authority.',
  },
  'lock.too_many_failures': {
    vi: 'Có quá nhiều lần đăng nhập không thành công.',
    en: 'There were too many attempts to sign in that failed.',
  },
  'lock.reported': {
    vi: 'Có báo cáo rằng người khác có thể đang dùng tài khoản.',
    en: 'It was reported that somebody else may be using it.',
  },
  'lock.sim_changed': {
    vi: 'Số điện thoại gắn với tài khoản không còn là của bạn.',
    en: 'The phone number tied to it is no longer yours.',
  },
  'lock.identity_paper_expired': {
    vi: 'Giấy tờ tùy thân gắn với tài khoản đã hết hạn.',
    en: 'The identity paper behind it has expired.',
  },
  'account_locked.advice': {
    vi: 'Đăng nhập từ một cổng dịch vụ để xem cách mở khóa.',
    en: 'Sign in from a portal to see how it can be unlocked.',
  },
  'address_changed.subject': { vi: 'Thông tin liên hệ đã được đổi', en: 'Your contact details were changed' },
  'address_changed.email': {
    vi: 'Địa chỉ thư điện tử của tài khoản vừa được đổi. Thư này gửi đến cả địa chỉ cũ và địa chỉ mới.',
    en: 'The e-mail address of your account has just been changed. This letter goes to the old address and the new one.',
  },
  'address_changed.phone': {
    vi: 'Số điện thoại của tài khoản vừa được đổi.',
    en: 'The phone number of your account has just been changed.',
  },
  'document_expiring.subject': {
    vi: 'Giấy tờ của bạn sắp hết hạn',
    en: 'A document of yours is about to expire',
  },
  'document_expiring.lead': {
    vi: 'Một giấy tờ trong Ví giấy tờ của bạn sắp hết hạn. Hãy làm thủ tục cấp đổi trước ngày đó.',
    en: 'A document in your wallet is about to expire. Have it renewed before that day.',
  },
} as const satisfies Sentences;

/** The letters, by the kind of letter. */
export const mail = { ...frame, ...occasions } as const satisfies Sentences;
