import type { Sentences } from './language.ts';

/** A sign-in in a browser that the person has not used before. */
export const newDevice = {
  title: { vi: 'Thiết bị mới', en: 'A new device' },
  intro: {
    vi: 'Bạn chưa đăng nhập trên thiết bị này lần nào. Hãy xác nhận thiết bị là của bạn; các lần sau không phải làm lại.',
    en: 'You have not signed in on this device before. Confirm that it is yours; you will not be asked again next time.',
  },
  device: { vi: 'Thiết bị', en: 'Device' },
  codeTitle: { vi: 'Xác nhận bằng mã', en: 'Confirm with a code' },
  codeSent: {
    vi: 'Chúng tôi đã gửi mã 6 chữ số đến {address}. Mã dùng được trong {minutes} phút.',
    en: 'We sent a code of 6 digits to {address}. It works for {minutes} minutes.',
  },
  codeHeld: {
    vi: 'Đã gửi quá nhiều mã đến {address}. Bạn có thể nhận mã mới sau {moment}, hoặc dùng mã đã nhận gần đây nhất nếu còn hạn.',
    en: 'Too many codes were sent to {address}. You can have a new one after {moment}, or use the last one while it is valid.',
  },
  code: { vi: 'Mã trong thư', en: 'Code from the letter' },
  codeHint: { vi: '6 chữ số', en: '6 digits' },
  submit: { vi: 'Xác nhận thiết bị', en: 'Confirm this device' },
  resend: { vi: 'Gửi mã mới', en: 'Send a new code' },
  codeMissing: { vi: 'Nhập mã trong thư', en: 'Enter the code from the letter' },
  codeWrong: {
    vi: 'Mã không đúng. Xem lại thư mới nhất và nhập đủ 6 chữ số.',
    en: 'The code is wrong. Look at the latest letter and enter all 6 digits.',
  },
  codeOver: {
    vi: 'Mã đã hết hạn hoặc đã dùng. Hãy bấm “Gửi mã mới”.',
    en: 'The code has ended or was used. Choose “Send a new code”.',
  },
  knownTitle: { vi: 'Xác nhận trên thiết bị đã dùng', en: 'Confirm on a device you have used' },
  knownText: {
    vi: 'Nếu bạn đang đăng nhập trên một thiết bị khác, hãy mở tài khoản của bạn trên thiết bị đó, vào “Trang chủ”.',
    en: 'If you are signed in on another device, open your account on that device and go to “Home”.',
  },
  ask: { vi: 'Hỏi thiết bị đã dùng', en: 'Ask a device I have used' },
  numberTitle: { vi: 'Số của thiết bị này', en: 'The number of this device' },
  numberText: {
    vi: 'Trên thiết bị đã dùng, mở tài khoản của bạn, vào “Trang chủ”, chọn “Xác nhận thiết bị mới”, rồi chọn đúng số này. Chờ đến {until}.',
    en: 'On the device you have used, open your account, go to “Home”, choose “Confirm a new device”, then choose this number. We wait until {until}.',
  },
  waiting: { vi: 'Đang chờ bạn xác nhận…', en: 'Waiting for you to confirm…' },
  confirmed: { vi: 'Tôi đã xác nhận', en: 'I have confirmed' },
  refused: {
    vi: 'Thiết bị đã dùng không xác nhận lần đăng nhập này. Nếu bạn chọn nhầm số, hãy dùng mã trong thư hoặc bắt đầu lại từ cổng dịch vụ.',
    en: 'The device you have used did not confirm this sign-in. If you chose the wrong number, use the code from the letter or start again at the portal.',
  },
  lost: {
    vi: 'Không còn thiết bị đã dùng? Hãy mang giấy tờ tùy thân đến bộ phận Một cửa.',
    en: 'You no longer have that device? Take your identity papers to a one-stop counter.',
  },
  stuckTitle: { vi: 'Chưa xác nhận được thiết bị này', en: 'This device cannot be confirmed yet' },
  stuck: {
    vi: 'Tài khoản chưa có địa chỉ thư điện tử đã xác nhận và không còn thiết bị nào đã dùng, nên chúng tôi không biết đây có phải thiết bị của bạn.',
    en: 'There is no confirmed e-mail address on record and no device that you have used, so we cannot tell whether this device is yours.',
  },
  stuckAdvice: {
    vi: 'Hãy mang giấy tờ tùy thân đến bộ phận Một cửa để cập nhật địa chỉ thư điện tử, rồi đăng nhập lại.',
    en: 'Take your identity papers to a one-stop counter to record an e-mail address, then sign in again.',
  },
} as const satisfies Sentences;

/** The devices of a person, in the account. */
export const devices = {
  title: { vi: 'Thiết bị đã dùng', en: 'Devices you have used' },
  intro: {
    vi: 'Những trình duyệt mà bạn đã đăng nhập. Thiết bị lâu không dùng sẽ phải xác nhận lại.',
    en: 'The browsers in which you have signed in. One that was not used for long has to be confirmed again.',
  },
  count: { vi: '{count} thiết bị', en: '{count} in all' },
  none: {
    vi: 'Chưa có thiết bị nào được ghi nhớ. Lần đăng nhập tới, thiết bị bạn dùng sẽ được ghi lại ở đây.',
    en: 'No device is remembered. The one you use for your next sign-in will be listed here.',
  },
  browserOn: { vi: '{browser} trên {system}', en: '{browser} on {system}' },
  unknown: { vi: 'Trình duyệt không rõ', en: 'An unknown browser' },
  thisOne: { vi: 'Thiết bị này', en: 'This device' },
  last: { vi: 'Đăng nhập lần cuối', en: 'Last sign-in' },
  first: { vi: 'Dùng từ', en: 'Used since' },
  place: { vi: 'Nơi (ước đoán)', en: 'Place (a guess)' },
  by: { vi: 'Xác nhận bằng', en: 'Confirmed by' },
  'by.first': { vi: 'Thiết bị đầu tiên', en: 'The first device' },
  'by.activation': { vi: 'Kích hoạt tài khoản', en: 'Activation of the account' },
  'by.recovery': { vi: 'Lấy lại tài khoản', en: 'Recovery of the account' },
  'by.code': { vi: 'Mã gửi qua thư điện tử', en: 'A code sent by e-mail' },
  'by.device': { vi: 'Một thiết bị khác của bạn', en: 'Another device of yours' },
  'by.passkey': { vi: 'Vân tay hoặc khuôn mặt', en: 'Fingerprint or face' },
  'by.second_factor': { vi: 'Bước xác thực thứ hai', en: 'The second step' },
  signOut: { vi: 'Đăng xuất thiết bị', en: 'Sign this device out' },
  signOutTitle: { vi: 'Đăng xuất một thiết bị', en: 'Sign a device out' },
  signOutText: {
    vi: 'Phiên đăng nhập trên thiết bị đó kết thúc ngay. Muốn dùng lại, thiết bị phải được xác nhận như thiết bị mới.',
    en: 'Its session ends at once. To be used again it has to be confirmed like a new one.',
  },
  signOutOthers: { vi: 'Đăng xuất mọi thiết bị khác', en: 'Sign all other devices out' },
  signOutOthersText: {
    vi: 'Mọi phiên đăng nhập khác kết thúc ngay và chỉ còn thiết bị này được ghi nhớ.',
    en: 'All other sessions end at once, and only this device stays remembered.',
  },
  keep: { vi: 'Không, quay lại', en: 'No, go back' },
  back: { vi: 'Quay lại Thiết bị đã dùng', en: 'Back to Devices you have used' },
  waiting: { vi: 'Chờ bạn xác nhận', en: 'Waiting for you' },
  asks: { vi: 'Xác nhận thiết bị mới', en: 'Confirm a new device' },
  asksText: {
    vi: '{device} muốn đăng nhập vào {portal}, lúc {moment}.',
    en: '{device} wants to sign in to {portal}, at {moment}.',
  },
  look: { vi: 'Xem và trả lời', en: 'Look and answer' },
  requestIntro: {
    vi: 'Có người đã nhập đúng mật khẩu của bạn trên một thiết bị mới. Nếu là bạn, hãy chọn số đang hiện trên thiết bị đó.',
    en: 'Somebody has entered your password on a new device. If it is you, choose the number that it shows.',
  },
  at: { vi: 'Lúc', en: 'Time' },
  portal: { vi: 'Cổng dịch vụ', en: 'Portal' },
  device: { vi: 'Thiết bị', en: 'Device' },
  number: { vi: 'Số trên thiết bị mới', en: 'Number on the new device' },
  numberHint: {
    vi: 'Chọn sai thì yêu cầu bị từ chối ngay.',
    en: 'A wrong choice refuses the request at once.',
  },
  numberMissing: {
    vi: 'Chọn số đang hiện trên thiết bị mới',
    en: 'Choose the number that the new device shows',
  },
  confirm: { vi: 'Xác nhận thiết bị', en: 'Confirm the device' },
  'answered.confirmed': { vi: 'Đã xác nhận thiết bị', en: 'The device is confirmed' },
  'answered.confirmed.text': {
    vi: 'Thiết bị mới đi tiếp được ngay. Một thư báo được gửi đến bạn nếu có địa chỉ thư điện tử đã xác nhận.',
    en: 'The new device can go on at once. A letter tells you of it where an e-mail address is confirmed.',
  },
  'answered.refused': { vi: 'Đã từ chối thiết bị', en: 'The device was refused' },
  'answered.refused.text': {
    vi: 'Số bạn chọn không phải số của thiết bị đó, nên lần đăng nhập này không được xác nhận ở đây. Nếu không phải bạn đang đăng nhập, hãy báo ngay.',
    en: 'You did not choose its number, so this sign-in is not confirmed here. If it is not you who signs in, say so now.',
  },
  'answered.over': { vi: 'Yêu cầu không còn', en: 'The request has ended' },
  'answered.over.text': {
    vi: 'Yêu cầu đã được trả lời, hoặc đã quá 10 phút. Trên thiết bị mới có thể hỏi lại.',
    en: 'It was answered, or is older than 10 minutes. The new device can ask again.',
  },
  notMe: { vi: 'Không phải tôi', en: 'It was not me' },
  notMeText: {
    vi: 'Người đang đăng nhập biết mật khẩu của bạn. Mọi phiên đăng nhập kết thúc, kể cả phiên này, và tài khoản bị khóa cho đến khi bạn lấy lại.',
    en: 'Whoever signs in knows your password. All sessions end, this one too, and the account is locked until you recover it.',
  },
  notMeConfirm: { vi: 'Khóa tài khoản', en: 'Lock the account' },
} as const satisfies Sentences;

/** "It was not me", from a letter. */
export const disown = {
  title: { vi: 'Không phải bạn?', en: 'Was it not you?' },
  new_sign_in: {
    vi: 'Tài khoản của bạn đã được đăng nhập trên một thiết bị mới:',
    en: 'Your account was signed in to on a new device:',
  },
  password_changed: {
    vi: 'Mật khẩu tài khoản của bạn đã được đổi:',
    en: 'The password of your account was changed:',
  },
  factor_changed: {
    vi: 'Cách đăng nhập vào tài khoản của bạn đã thay đổi:',
    en: 'The ways to sign in to your account were changed:',
  },
  means: {
    vi: 'Nếu không phải bạn, hãy bấm nút dưới đây: mọi phiên đăng nhập kết thúc và tài khoản bị khóa cho đến khi bạn lấy lại. Nếu chính là bạn thì đóng trang này.',
    en: 'If it was not you, press the button: all sessions end and the account is locked until you recover it. If it was you, close this page.',
  },
  confirm: { vi: 'Không phải tôi, khóa tài khoản', en: 'It was not me, lock the account' },
  doneTitle: { vi: 'Tài khoản đã được khóa', en: 'The account is locked' },
  done: {
    vi: 'Mọi phiên đăng nhập đã kết thúc. Không ai đăng nhập được nữa cho đến khi bạn lấy lại tài khoản và đặt mật khẩu mới.',
    en: 'All sessions have ended. Nobody can sign in any more until you recover the account and set a new password.',
  },
  recover: { vi: 'Lấy lại tài khoản', en: 'Recover the account' },
  usedTitle: { vi: 'Liên kết đã được dùng', en: 'The link was used' },
  used: {
    vi: 'Liên kết này đã khóa tài khoản một lần. Nếu bạn chưa vào lại được, hãy lấy lại tài khoản.',
    en: 'This link has locked the account once. If you have not got back in, recover the account.',
  },
  overTitle: { vi: 'Liên kết không còn dùng được', en: 'The link no longer works' },
  over: {
    vi: 'Liên kết đã quá 7 ngày hoặc bị chép thiếu. Nếu bạn nghi có người khác dùng tài khoản, hãy đổi mật khẩu trong tài khoản hoặc lấy lại tài khoản.',
    en: 'It is older than 7 days or was not copied whole. If you think somebody else uses your account, change your password in your account, or recover the account.',
  },
} as const satisfies Sentences;
