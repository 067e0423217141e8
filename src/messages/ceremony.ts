import type { Sentences } from './language.ts';

/** What activation and recovery have in common. */
export const ceremony = {
  'title.activation': { vi: 'Kích hoạt tài khoản', en: 'Activate your account' },
  'title.recovery': { vi: 'Lấy lại tài khoản', en: 'Recover your account' },
  'codeText.activation': {
    vi: 'Nếu có tài khoản đang chờ kích hoạt với số này, một mã đã được gửi đến địa chỉ thư điện tử đã đăng ký.',
    en: 'If an account with this number waits to be activated, a code was sent to the e-mail address on record.',
  },
  'codeText.recovery': {
    vi: 'Nếu có tài khoản với số này và một địa chỉ thư điện tử đã xác nhận, một mã đã được gửi đến đó.',
    en: 'If there is an account with this number and a confirmed e-mail address, a code was sent there.',
  },
  'counter.activation': {
    vi: 'Tài khoản mức độ 2 được kích hoạt bằng mã trong thư định danh. Bạn chưa có thư còn hiệu lực.',
    en: 'An account at level 2 is activated with the code of an identification letter. You have none that is valid.',
  },
  'counter.recovery': {
    vi: 'Không thể lấy lại tài khoản này chỉ bằng thư điện tử. Bạn cần mã trong thư định danh, và hiện chưa có thư còn hiệu lực.',
    en: 'This account cannot be recovered by e-mail alone. It takes the code of an identification letter, and you have none that is valid.',
  },
  'done.activated': { vi: 'Tài khoản đã kích hoạt', en: 'The account is active' },
  'done.activated.text': {
    vi: 'Bây giờ bạn đăng nhập được bằng số định danh và mật khẩu vừa đặt. Trình duyệt này được ghi nhớ là thiết bị của bạn.',
    en: 'You can now sign in with your number and the new password. This browser is remembered as your device.',
  },
  'done.recovered': { vi: 'Đã lấy lại tài khoản', en: 'The account is yours again' },
  'done.recovered.text': {
    vi: 'Hãy đăng nhập bằng mật khẩu mới. Mọi thiết bị và cổng dịch vụ đã bị đăng xuất.',
    en: 'Sign in with the new password. All devices and portals have been signed out.',
  },
  'done.unlocked': { vi: 'Đã mở khóa tài khoản', en: 'The account is unlocked' },
  'done.unlocked.text': {
    vi: 'Mật khẩu và bước xác thực thứ hai vẫn như cũ. Những nơi đã bị đăng xuất khi khóa phải đăng nhập lại.',
    en: 'Password and second step are as before. What was signed out by the lock has to sign in again.',
  },
  'finish.activation': { vi: 'Kích hoạt tài khoản', en: 'Activate the account' },
  'finish.recovery': { vi: 'Hoàn tất', en: 'Finish' },
  'finishText.activation': {
    vi: 'Chỉ còn một bước. Tài khoản dùng được ngay sau khi bạn đồng ý với điều khoản sử dụng.',
    en: 'One step is left. The account can be used as soon as you accept the terms of use.',
  },
  'finishText.recovery': {
    vi: 'Mọi thứ đã đủ. Bấm nút để hoàn tất; các thiết bị khác sẽ bị đăng xuất.',
    en: 'Everything is there. Press the button to finish; all other devices will be signed out.',
  },
  'intro.activation': {
    vi: 'Dành cho người đã được cấp tài khoản định danh và chưa dùng lần nào. Nhập số định danh, chúng tôi gửi mã đến địa chỉ thư điện tử đã đăng ký.',
    en: 'For people who were issued an identity account and have never used it. Enter your number and we send a code to the e-mail address on record.',
  },
  'intro.recovery': {
    vi: 'Dùng khi bạn quên mật khẩu, mất thiết bị xác thực, hoặc muốn mở khóa tài khoản. Nhập số định danh, chúng tôi gửi mã đến địa chỉ thư điện tử đã xác nhận.',
    en: 'For a forgotten password, a lost second step, or to unlock the account. Enter your number and we send a code to the confirmed e-mail address.',
  },
  'submit.activation': { vi: 'Gửi mã cho tôi', en: 'Send me a code' },
  'submit.recovery': { vi: 'Gửi mã cho tôi', en: 'Send me a code' },
  codeTitle: { vi: 'Nhập mã trong thư điện tử', en: 'Enter the code from the e-mail' },
  codeUntil: {
    vi: 'Mã có hiệu lực đến {moment}. Thư có thể đến chậm vài phút; hãy xem cả mục thư rác.',
    en: 'The code works until {moment}. The letter may take a few minutes; look among junk mail too.',
  },
  code: { vi: 'Mã', en: 'Code' },
  codeHint: { vi: '6 chữ số', en: '6 digits' },
  codeMissing: { vi: 'Nhập mã trong thư', en: 'Enter the code from the letter' },
  codeWrong: {
    vi: 'Mã không đúng. Hãy nhập mã trong thư mới nhất.',
    en: 'The code is wrong. Enter the one in the latest letter.',
  },
  codeEnded: {
    vi: 'Mã đã hết hạn. Hãy bấm gửi mã khác.',
    en: 'The code has expired. Have another one sent.',
  },
  goOn: { vi: 'Tiếp tục', en: 'Continue' },
  again: { vi: 'Gửi mã khác', en: 'Send another code' },
  noMail: {
    vi: 'Không nhận được thư? Kiểm tra lại số đã nhập. Nếu địa chỉ thư của bạn đã thay đổi hoặc chưa từng đăng ký, hãy mang giấy tờ tùy thân đến bộ phận Một cửa.',
    en: 'No letter? Check the number you entered. If your address has changed or was never recorded, take your identity papers to a one-stop counter.',
  },
  otherNumber: { vi: 'Nhập lại số định danh', en: 'Enter another number' },
  letterTitle: { vi: 'Nhập mã trong thư định danh', en: 'Enter the code of your identification letter' },
  letterText: {
    vi: 'Thư được in và đưa tận tay bạn khi cán bộ xác minh danh tính.',
    en: 'It was printed and handed to you when an officer verified who you are.',
  },
  letterCode: { vi: 'Mã trong thư', en: 'Code of the letter' },
  letterHint: {
    vi: '12 chữ và số, dạng ABCD-EFGH-JKMN',
    en: '12 letters and digits, like ABCD-EFGH-JKMN',
  },
  letterMissing: { vi: 'Nhập mã trong thư định danh', en: 'Enter the code of the identification letter' },
  letterWrong: {
    vi: 'Mã không đúng. Kiểm tra từng nhóm bốn ký tự rồi thử lần nữa.',
    en: 'The code is wrong. Check each group of four and try again.',
  },
  counterTitle: { vi: 'Hãy đến bộ phận Một cửa', en: 'Please go to a one-stop counter' },
  counterText: {
    vi: 'Mang giấy tờ tùy thân đến bộ phận Một cửa. Cán bộ xác minh danh tính rồi in thư định danh cho bạn; sau đó quay lại trang này.',
    en: 'Take your identity papers to a one-stop counter. An officer verifies who you are and prints the letter for you; then come back to this page.',
  },
  passwordTitle: { vi: 'Đặt mật khẩu mới', en: 'Choose a new password' },
  passwordSubmit: { vi: 'Đặt mật khẩu', en: 'Set the password' },
  passwordSame: {
    vi: 'Mật khẩu mới trùng với mật khẩu trước đây. Chọn mật khẩu khác.',
    en: 'The new password is the one of before. Choose another one.',
  },
  enrolTitle: { vi: 'Đăng ký bước xác thực thứ hai', en: 'Register a second step' },
  enrolText: {
    vi: 'Tài khoản mức độ 2 cần một bước nữa ngoài mật khẩu. Mở ứng dụng xác thực trên điện thoại và quét mã QR này.',
    en: 'An account at level 2 needs one more step beside the password. Open the authenticator app on your phone and scan this QR code.',
  },
  enrolPasskey: { vi: 'Hoặc dùng vân tay, khuôn mặt', en: 'Or use your fingerprint or face' },
  finishTitle: { vi: 'Bước cuối cùng', en: 'The last step' },
  toAccount: { vi: 'Đăng nhập vào tài khoản', en: 'Sign in to your account' },
  backToPortal: {
    vi: 'Nếu bạn đang đăng nhập vào một cổng dịch vụ, hãy quay lại cổng đó và đăng nhập.',
    en: 'If you were signing in to a portal, go back there and sign in.',
  },
  overTitle: { vi: 'Lần này đã kết thúc', en: 'This has ended' },
  'over.changed': {
    vi: 'Tài khoản vừa thay đổi ở nơi khác trong lúc bạn làm. Không có gì bạn nhập ở đây được lưu lại.',
    en: 'The account was changed elsewhere meanwhile. Nothing you entered here was kept.',
  },
  'over.unknown': {
    vi: 'Đã quá 30 phút, hoặc bạn bắt đầu ở một trình duyệt khác. Không có gì được thay đổi.',
    en: 'More than 30 minutes have passed, or you began in another browser. Nothing was changed.',
  },
  startAgain: { vi: 'Bắt đầu lại', en: 'Start again' },
} as const satisfies Sentences;
