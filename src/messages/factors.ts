import type { Sentences } from './language.ts';

/** What a person signs in with, and the pages to change it. */
export const factors = {
  title: { vi: 'Cách đăng nhập', en: 'Ways to sign in' },
  intro: {
    vi: 'Đây là những gì bạn dùng để chứng minh chính là mình. Mỗi khi thay đổi, các thiết bị khác bị đăng xuất và bạn nhận được thư báo.',
    en: 'This is what you prove yourself with. After each change your other devices are signed out and you get a letter.',
  },
  password: { vi: 'Mật khẩu', en: 'Password' },
  passwordChanged: { vi: 'Đổi lần cuối ngày {date}', en: 'Last changed on {date}' },
  passwordChange: { vi: 'Đổi mật khẩu', en: 'Change password' },
  passkeys: { vi: 'Vân tay hoặc khuôn mặt', en: 'Fingerprint or face' },
  passkeysShort: { vi: 'vân tay hoặc khuôn mặt', en: 'fingerprint or face' },
  passkeysText: {
    vi: 'Đăng nhập bằng cách mở khóa điện thoại hay máy tính của bạn, không cần mật khẩu. Vân tay và khuôn mặt không rời khỏi thiết bị.',
    en: 'Sign in by unlocking your phone or computer, without a password. Your fingerprint and face never leave the device.',
  },
  passkeyAdd: { vi: 'Thêm thiết bị này', en: 'Add this device' },
  passkeyAdded: { vi: 'Thêm ngày', en: 'Added on' },
  passkeyUsed: { vi: 'Dùng lần cuối', en: 'Last used' },
  passkeyNeverUsed: { vi: 'Chưa dùng lần nào', en: 'Not used yet' },
  passkeySynced: { vi: 'Đồng bộ giữa các thiết bị của bạn', en: 'Synchronised between your devices' },
  passkeyChange: { vi: 'Đổi tên hoặc gỡ', en: 'Rename or remove' },
  none: { vi: 'Chưa có', en: 'None yet' },
  totp: { vi: 'ứng dụng xác thực', en: 'authenticator app' },
  totpTitle: { vi: 'Ứng dụng xác thực', en: 'Authenticator app' },
  totpText: {
    vi: 'Một ứng dụng trên điện thoại hiện mã 6 chữ số, đổi mới sau mỗi 30 giây.',
    en: 'An app on your phone shows a code of 6 digits, renewed every 30 seconds.',
  },
  totpSince: { vi: 'Đăng ký ngày', en: 'Registered on' },
  totpAdd: { vi: 'Đăng ký ứng dụng xác thực', en: 'Register an authenticator app' },
  totpReplace: { vi: 'Chuyển sang ứng dụng khác', en: 'Move to another app' },
  totpRemove: { vi: 'Gỡ ứng dụng xác thực', en: 'Remove the authenticator app' },
  recoveryTitle: { vi: 'Mã khôi phục', en: 'Recovery codes' },
  recoveryText: {
    vi: 'Dùng thay bước thứ hai khi bạn không có điện thoại bên mình. Mỗi mã dùng được một lần.',
    en: 'They stand in for the second step when your phone is not at hand. Each code works once.',
  },
  recoveryLeft: { vi: 'Còn {left} mã chưa dùng', en: '{left} codes left' },
  recoveryRenew: { vi: 'Tạo mã khôi phục mới', en: 'Make new recovery codes' },
  back: { vi: 'Quay lại Cách đăng nhập', en: 'Back to Ways to sign in' },
  closedTitle: { vi: 'Chưa thay đổi được ở đây', en: 'This cannot be changed here' },
  'closed.no_second_factor': {
    vi: 'Tài khoản của bạn đủ mức độ 2 nhưng chưa có bước xác thực thứ hai. Bước đầu tiên chỉ được đăng ký khi bạn có mặt, để người biết mật khẩu của bạn không thể làm thay.',
    en: 'Your account is at level 2 but has no second step of authentication. The first one is registered only where you show up, so that nobody who knows your password can do it for you.',
  },
  'closed.no_second_factor.advice': {
    vi: 'Hãy mang giấy tờ tùy thân đến bộ phận Một cửa.',
    en: 'Take your identity papers to a one-stop counter.',
  },
  'closed.identity_paper_expired': {
    vi: 'Giấy tờ tùy thân gắn với tài khoản đã hết hạn. Đến khi giấy tờ mới được cập nhật, cách đăng nhập chỉ đổi được sau khi đăng nhập bằng vân tay hoặc khuôn mặt.',
    en: 'The identity paper behind your account has expired. Until the new one is recorded, the ways to sign in can be changed only after a sign-in by fingerprint or face.',
  },
  'closed.identity_paper_expired.advice': {
    vi: 'Hãy đăng xuất rồi đăng nhập lại bằng vân tay hoặc khuôn mặt, hoặc chờ giấy tờ mới được cập nhật.',
    en: 'Sign out and in again by fingerprint or face, or wait until the new paper is recorded.',
  },
  passkeyAddTitle: {
    vi: 'Thêm đăng nhập bằng vân tay hoặc khuôn mặt',
    en: 'Add sign-in by fingerprint or face',
  },
  passkeyAddText: {
    vi: 'Trình duyệt sẽ hỏi vân tay, khuôn mặt hoặc mã khóa màn hình. Muốn thêm một điện thoại khác, hãy chọn điện thoại đó trong danh sách và quét mã QR.',
    en: 'Your browser will ask for your fingerprint, face or screen lock. To add another phone, choose it in the list and scan the QR code.',
  },
  passkeyName: { vi: 'Tên gọi', en: 'Name' },
  passkeyNameHint: {
    vi: 'Để bạn nhận ra thiết bị này, ví dụ “Điện thoại của tôi”',
    en: 'So that you recognise this device, for example “My phone”',
  },
  passkeyAlready: {
    vi: 'Thiết bị này đã được thêm từ trước.',
    en: 'This device was added before.',
  },
  passkeyNotAdded: {
    vi: 'Chưa thêm được thiết bị này. Hãy thử lại, hoặc dùng một thiết bị có khóa màn hình.',
    en: 'This device was not added. Try again, or use a device with a screen lock.',
  },
  nameMissing: { vi: 'Nhập tên gọi', en: 'Enter a name' },
  rename: { vi: 'Đổi tên', en: 'Rename' },
  passkeyTitle: {
    vi: 'Thiết bị đăng nhập bằng vân tay hoặc khuôn mặt',
    en: 'Device for fingerprint or face',
  },
  passkeyRemove: { vi: 'Gỡ thiết bị này', en: 'Remove this device' },
  passkeyRemoveText: {
    vi: 'Thiết bị này sẽ không còn đăng nhập được bằng vân tay hoặc khuôn mặt. Sau đó bạn có thể xóa khóa đăng nhập trong cài đặt của thiết bị.',
    en: 'This device will no longer sign you in by fingerprint or face. You can then delete its passkey in the settings of the device.',
  },
  totpRemoveText: {
    vi: 'Mã của ứng dụng sẽ không còn dùng được.',
    en: 'The codes of the app will no longer work.',
  },
  'last.to_level_1': {
    vi: 'Đây là bước xác thực thứ hai duy nhất của bạn. Nếu gỡ, mã khôi phục cũng hết hiệu lực, tài khoản chỉ còn giá trị mức độ 1, và muốn có lại mức độ 2 bạn phải đến bộ phận Một cửa.',
    en: 'This is your only second step. Without it your recovery codes are void, your account counts as level 1, and to have level 2 again you must go to a one-stop counter.',
  },
  'last.stays_level_1': {
    vi: 'Đây là bước xác thực thứ hai duy nhất của bạn. Nếu gỡ, mã khôi phục cũng hết hiệu lực.',
    en: 'This is your only second step. Without it your recovery codes are void.',
  },
  factorNeeded: {
    vi: 'Mật khẩu của bạn ngắn, chỉ đủ an toàn khi có bước thứ hai. Hãy đổi mật khẩu dài hơn trước khi gỡ.',
    en: 'Your password is short, which is safe only beside a second step. Change it to a longer one before you remove this.',
  },
  removeConfirm: { vi: 'Gỡ', en: 'Remove' },
  keep: { vi: 'Giữ lại', en: 'Keep it' },
  totpAddTitle: { vi: 'Đăng ký ứng dụng xác thực', en: 'Register an authenticator app' },
  totpReplaces: {
    vi: 'Khi xong, ứng dụng đã đăng ký trước đây không còn dùng được.',
    en: 'When this is done, the app registered before no longer works.',
  },
  totpScan: {
    vi: 'Mở ứng dụng xác thực trên điện thoại và quét mã QR này.',
    en: 'Open the authenticator app on your phone and scan this QR code.',
  },
  totpQr: { vi: 'Mã QR cho ứng dụng xác thực', en: 'QR code for the authenticator app' },
  totpOpen: { vi: 'Mở ứng dụng xác thực trên máy này', en: 'Open the authenticator app on this device' },
  totpType: { vi: 'Không quét được? Nhập khóa này', en: 'Cannot scan? Type this key' },
  totpTypeHint: {
    vi: 'Chọn “theo thời gian”, 6 chữ số, 30 giây nếu ứng dụng hỏi. Không đưa khóa này cho ai.',
    en: 'Choose “time-based”, 6 digits, 30 seconds if the app asks. Give this key to nobody.',
  },
  totpConfirm: {
    vi: 'Nhập mã mà ứng dụng đang hiện để hoàn tất',
    en: 'Enter the code that the app shows to finish',
  },
  recoveryRenewText: {
    vi: 'Bạn nhận được 10 mã mới. Mọi mã cũ, dù chưa dùng, đều hết hiệu lực.',
    en: 'You get 10 new codes. All old ones are void, used or not.',
  },
  codesTitle: { vi: 'Lưu mã khôi phục của bạn', en: 'Save your recovery codes' },
  codesText: {
    vi: 'In hoặc chép ra giấy rồi cất ở nơi an toàn. Các mã này chỉ hiện một lần, sau khi rời trang bạn không xem lại được.',
    en: 'Print them or write them down, and keep them in a safe place. They are shown this once; you cannot see them again after you leave.',
  },
  codesOnce: { vi: 'Mỗi mã chỉ dùng được một lần.', en: 'Each code works once.' },
  codesFile: { vi: 'Tải về tệp văn bản', en: 'Download as a text file' },
  codesFileName: { vi: 'ma-khoi-phuc.txt', en: 'recovery-codes.txt' },
  codesPrint: { vi: 'In trang này', en: 'Print this page' },
  codesDone: { vi: 'Tôi đã lưu mã', en: 'I have saved the codes' },
  fileTitle: {
    vi: 'Mã khôi phục Một Cửa ID, tạo lúc {moment}',
    en: 'Một Cửa ID recovery codes, made {moment}',
  },
  'device.android': { vi: 'Điện thoại Android', en: 'Android phone' },
  'device.windows': { vi: 'Máy tính Windows', en: 'Windows computer' },
  'device.mac': { vi: 'Máy Mac', en: 'Mac' },
  'device.other': { vi: 'Thiết bị của tôi', en: 'My device' },
} as const satisfies Sentences;
