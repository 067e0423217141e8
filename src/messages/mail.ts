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
  items: { vi: 'Thông tin và giấy tờ', en: 'Information and documents' },
  consents: { vi: 'Xem Cổng đã kết nối', en: 'See your connected portals' },
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
  'code.keepNewDevice': {
    vi: 'Không đưa mã cho ai. Nếu không phải bạn đang đăng nhập, có người đã biết mật khẩu của bạn: hãy đổi mật khẩu ngay.',
    en: 'Give the code to nobody. If it is not you who signs in, somebody knows your password: change it at once.',
  },
  'activation_link.subject': { vi: 'Kích hoạt tài khoản định danh', en: 'Activate your identity account' },
  'activation_link.lead': {
    vi: 'Tài khoản định danh của bạn đã được cấp. Hãy kích hoạt để đặt mật khẩu và bắt đầu dùng.',
    en: 'Your identity account has been issued. Activate it to set a password and begin to use it.',
  },
  'activation_link.action': { vi: 'Kích hoạt tài khoản', en: 'Activate the account' },
  'activation_link.once': { vi: 'Liên kết chỉ dùng được một lần.', en: 'The link works once.' },
  'account_activated.subject': {
    vi: 'Tài khoản định danh đã kích hoạt',
    en: 'Your identity account is active',
  },
  'account_activated.lead': {
    vi: 'Tài khoản định danh của bạn vừa được kích hoạt. Từ nay bạn dùng nó để đăng nhập các cổng dịch vụ công.',
    en: 'Your identity account has just been activated. From now on it signs you in to public-service portals.',
  },
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
  'factor.factors_replaced': {
    vi: 'Mọi cách xác thực cũ đã bị gỡ, thay bằng cách mới đăng ký khi lấy lại tài khoản',
    en: 'All ways of before were removed and replaced by those registered when the account was recovered',
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
  'account_locked.advice': {
    vi: 'Đăng nhập từ một cổng dịch vụ để xem cách mở khóa.',
    en: 'Sign in from a portal to see how it can be unlocked.',
  },
  'contact_change.subject': {
    vi: 'Thông tin liên hệ sắp được đổi',
    en: 'Your contact details are about to change',
  },
  'contact_change.email': {
    vi: 'Có yêu cầu đổi địa chỉ thư điện tử của tài khoản. Cho đến lúc đó, thư vẫn được gửi đến địa chỉ cũ. Thư này gửi đến cả địa chỉ cũ và địa chỉ mới.',
    en: 'Somebody asked to change the e-mail address of your account. Until then letters still go to the old address. This letter goes to the old address and the new one.',
  },
  'contact_change.phone': {
    vi: 'Có yêu cầu đổi số điện thoại của tài khoản. Cho đến lúc đó, số cũ vẫn được dùng.',
    en: 'Somebody asked to change the phone number of your account. Until then the old number is used.',
  },
  'contact_change.due': { vi: 'Được đổi lúc', en: 'Takes effect' },
  'contact_change.cancel': { vi: 'Hủy thay đổi', en: 'Cancel the change' },
  'contact_change.linked': {
    vi: 'Nếu không phải bạn, hãy bấm “Hủy thay đổi” trước lúc đó, rồi đổi mật khẩu.',
    en: 'If it was not you, choose “Cancel the change” before that time, and then change your password.',
  },
  'contact_change.unlinked': {
    vi: 'Nếu không phải bạn, hãy đăng nhập và hủy trong phần Cá nhân trước lúc đó, rồi đổi mật khẩu.',
    en: 'If it was not you, sign in and cancel it under Profile before that time, and then change your password.',
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
  'sign_in.subject': { vi: 'Đăng nhập vào tài khoản của bạn', en: 'Sign-in to your account' },
  'sign_in.lead': {
    vi: 'Tài khoản của bạn vừa được đăng nhập. Bạn đã chọn được báo về mọi lần đăng nhập.',
    en: 'Somebody has just signed in to your account. You chose to be told of every sign-in.',
  },
  'sign_in.advice': {
    vi: 'Nếu không phải bạn, hãy đổi mật khẩu và đăng xuất các thiết bị khác trong phần Cá nhân.',
    en: 'If it was not you, change your password and sign out all other devices under Profile.',
  },
  'consent_given.subject': { vi: 'Bạn đã đồng ý chia sẻ thông tin', en: 'You agreed to share information' },
  'consent_given.lead': {
    vi: 'Bạn vừa đồng ý cho một cổng dịch vụ nhận thông tin từ tài khoản của bạn.',
    en: 'You have just agreed that a portal receives information from your account.',
  },
  'consent_given.advice': {
    vi: 'Bạn xem lại và rút lại được bất cứ lúc nào. Nếu không phải bạn, hãy rút lại rồi đổi mật khẩu.',
    en: 'You can look at it and take it back at any time. If it was not you, take it back and change your password.',
  },
  'consent_withdrawn.subject': { vi: 'Bạn đã rút lại sự đồng ý', en: 'You took back a consent' },
  'consent_withdrawn.lead': {
    vi: 'Sự đồng ý chia sẻ thông tin với một cổng dịch vụ vừa được rút lại.',
    en: 'A consent to share information with a portal has just been taken back.',
  },
  'consent_withdrawn.everything': { vi: 'Tất cả', en: 'Everything' },
  'consent_withdrawn.advice': {
    vi: 'Từ lần yêu cầu tiếp theo, cổng không nhận được nữa. Những gì đã chuyển trước đó không thay đổi.',
    en: 'From its next request on, the portal receives it no more. What was handed over before does not change.',
  },
  'document_expiring.subject': {
    vi: 'Giấy tờ của bạn sắp hết hạn',
    en: 'A document of yours is about to expire',
  },
  'document_expiring.identity': { vi: 'Giấy tờ tùy thân', en: 'Identity paper' },
  'document_expiring.lead': {
    vi: 'Một giấy tờ trong Ví giấy tờ của bạn sắp hết hạn. Hãy làm thủ tục cấp đổi trước ngày đó.',
    en: 'A document in your wallet is about to expire. Have it renewed before that day.',
  },
} as const satisfies Sentences;

/** The letters, by the kind of letter. */
export const mail = { ...frame, ...occasions } as const satisfies Sentences;
