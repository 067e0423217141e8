import type { Sentences } from './language.ts';

/** The pages on which a person changes e-mail address and phone number. */
export const contact = {
  'email.row': { vi: 'Địa chỉ thư điện tử', en: 'E-mail address' },
  'phone.row': { vi: 'Số điện thoại', en: 'Phone number' },
  'email.title': { vi: 'Đổi địa chỉ thư điện tử', en: 'Change your e-mail address' },
  'phone.title': { vi: 'Đổi số điện thoại', en: 'Change your phone number' },
  'email.current': { vi: 'Địa chỉ hiện tại', en: 'Present address' },
  'phone.current': { vi: 'Số hiện tại', en: 'Present number' },
  'email.next': { vi: 'Địa chỉ mới', en: 'New address' },
  'phone.next': { vi: 'Số mới', en: 'New number' },
  'email.hint': { vi: 'Ví dụ: ten.ban@vidu.vn', en: 'For example: your.name@example.vn' },
  'phone.hint': {
    vi: 'Số di động Việt Nam, 10 chữ số, ví dụ 0970 000 000',
    en: 'A Vietnamese mobile number of 10 digits, for example 0970 000 000',
  },
  'email.how': {
    vi: 'Mã xác nhận được gửi đến cả địa chỉ hiện tại và địa chỉ mới.',
    en: 'A code is sent to both the present address and the new one.',
  },
  'phone.how': {
    vi: 'Mã xác nhận được nhắn đến cả số hiện tại và số mới.',
    en: 'A code is sent to both the present number and the new one.',
  },
  'email.howNew': { vi: 'Mã xác nhận được gửi đến địa chỉ mới.', en: 'A code is sent to the new address.' },
  'phone.howNew': { vi: 'Mã xác nhận được nhắn đến số mới.', en: 'A code is sent to the new number.' },
  waits: {
    vi: 'Sau khi bạn nhập đủ mã, thay đổi có hiệu lực sau {wait}. Trước lúc đó, bạn hủy được bất cứ lúc nào.',
    en: 'Once the codes are entered, the change takes effect after {wait}. Until then you can cancel it at any time.',
  },
  'email.lost': {
    vi: 'Không còn đọc được thư ở địa chỉ hiện tại? Hãy mang giấy tờ tùy thân đến bộ phận Một cửa để đổi.',
    en: 'You can no longer read letters at the present address? Take your identity papers to a one-stop counter to change it.',
  },
  'phone.lost': {
    vi: 'Không còn dùng số hiện tại? Hãy mang giấy tờ tùy thân đến bộ phận Một cửa để đổi.',
    en: 'You no longer use the present number? Take your identity papers to a one-stop counter to change it.',
  },
  send: { vi: 'Gửi mã', en: 'Send the codes' },
  back: { vi: 'Quay lại Cá nhân', en: 'Back to Profile' },
  cancelled: {
    vi: 'Đã hủy thay đổi. Thông tin hiện tại vẫn được dùng.',
    en: 'The change is cancelled. Your present details stay in use.',
  },
  'email.missing': { vi: 'Nhập địa chỉ mới', en: 'Enter the new address' },
  'phone.missing': { vi: 'Nhập số mới', en: 'Enter the new number' },
  'email.malformed': {
    vi: 'Địa chỉ thư điện tử không đúng dạng, ví dụ đúng: ten.ban@vidu.vn',
    en: 'This is not an e-mail address; one looks like your.name@example.vn',
  },
  'phone.malformed': {
    vi: 'Số phải là số di động Việt Nam, 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09',
    en: 'It must be a Vietnamese mobile number of 10 digits that begins with 03, 05, 07, 08 or 09',
  },
  'email.same': { vi: 'Đây là địa chỉ hiện tại của bạn', en: 'This is your present address' },
  'phone.same': { vi: 'Đây là số hiện tại của bạn', en: 'This is your present number' },
  codesTitle: { vi: 'Nhập mã xác nhận', en: 'Enter the codes' },
  'email.codesLead': {
    vi: 'Mỗi địa chỉ nhận một mã 6 chữ số, dùng được 10 phút. Nếu chưa thấy thư, hãy xem cả mục thư rác.',
    en: 'Each address has been sent a code of 6 digits, good for 10 minutes. If there is no letter, look among the junk mail too.',
  },
  'phone.codesLead': {
    vi: 'Mỗi số nhận một mã 6 chữ số, dùng được 10 phút.',
    en: 'Each number has been sent a code of 6 digits, good for 10 minutes.',
  },
  codeOf: { vi: 'Mã gửi đến {address}', en: 'Code sent to {address}' },
  codeOld: { vi: 'Hiện tại', en: 'The present one' },
  codeNew: { vi: 'Mới', en: 'The new one' },
  oldCodeMissing: {
    vi: 'Nhập mã gửi đến địa chỉ hoặc số hiện tại',
    en: 'Enter the code sent to the present address or number',
  },
  newCodeMissing: {
    vi: 'Nhập mã gửi đến địa chỉ hoặc số mới',
    en: 'Enter the code sent to the new address or number',
  },
  oldCodeWrong: {
    vi: 'Mã gửi đến địa chỉ hoặc số hiện tại không đúng hoặc đã hết hạn',
    en: 'The code sent to the present address or number is wrong or has expired',
  },
  newCodeWrong: {
    vi: 'Mã gửi đến địa chỉ hoặc số mới không đúng hoặc đã hết hạn',
    en: 'The code sent to the new address or number is wrong or has expired',
  },
  confirm: { vi: 'Xác nhận thay đổi', en: 'Confirm the change' },
  again: { vi: 'Gửi lại mã', en: 'Send new codes' },
  abandon: { vi: 'Không đổi nữa', en: 'Do not change it' },
  'email.pendingTitle': {
    vi: 'Địa chỉ thư điện tử sắp được đổi',
    en: 'Your e-mail address is about to change',
  },
  'phone.pendingTitle': { vi: 'Số điện thoại sắp được đổi', en: 'Your phone number is about to change' },
  due: { vi: 'Có hiệu lực lúc', en: 'Takes effect' },
  'email.meanwhile': {
    vi: 'Cho đến lúc đó, thư và mã vẫn chỉ được gửi đến địa chỉ hiện tại.',
    en: 'Until then letters and codes go to the present address only.',
  },
  'phone.meanwhile': {
    vi: 'Cho đến lúc đó, tin nhắn vẫn chỉ được gửi đến số hiện tại.',
    en: 'Until then text messages go to the present number only.',
  },
  ends: {
    vi: 'Thay đổi tự hủy nếu bạn đổi mật khẩu hay cách đăng nhập, hoặc nếu tài khoản bị khóa.',
    en: 'The change is cancelled by itself if you change your password or the ways to sign in, or if the account is locked.',
  },
  cancel: { vi: 'Hủy thay đổi', en: 'Cancel the change' },
  closedTitle: { vi: 'Chưa đổi được ở đây', en: 'This cannot be changed here' },
  'closed.no_texts': {
    vi: 'Tỉnh chưa có dịch vụ tin nhắn, nên số điện thoại chưa đổi được trên mạng.',
    en: 'The province has no service for text messages yet, so that phone numbers cannot be changed online.',
  },
  'closed.unconfirmed': {
    vi: 'Thông tin hiện tại chưa được xác nhận là của bạn.',
    en: 'What is on record was not confirmed to be yours.',
  },
  'closed.never_set': {
    vi: 'Tài khoản chưa có thông tin này. Ở mức độ 1, lần đầu tiên chỉ ghi được khi bạn có mặt.',
    en: 'Your account has none yet. At level 1 the first one is recorded only where you show up.',
  },
  'closed.no_second_factor': {
    vi: 'Tài khoản đủ mức độ 2 nhưng chưa có bước xác thực thứ hai, nên chưa đổi được trên mạng.',
    en: 'Your account is at level 2 but has no second step of authentication, so that this cannot be changed online.',
  },
  'closed.identity_paper_expired': {
    vi: 'Giấy tờ tùy thân gắn với tài khoản đã hết hạn. Đến khi giấy tờ mới được cập nhật, thông tin này chưa đổi được trên mạng.',
    en: 'The identity paper behind your account has expired. Until the new one is recorded, this cannot be changed online.',
  },
  closedAdvice: {
    vi: 'Hãy mang giấy tờ tùy thân đến bộ phận Một cửa.',
    en: 'Take your identity papers to a one-stop counter.',
  },
  hours: { vi: '{count} giờ', en: '{count} hours' },
  minutes: { vi: '{count} phút', en: '{count} minutes' },
  'task.email': { vi: 'Địa chỉ thư điện tử sắp được đổi', en: 'Your e-mail address is about to change' },
  'task.phone': { vi: 'Số điện thoại sắp được đổi', en: 'Your phone number is about to change' },
  'task.text': {
    vi: 'Thành {to}, lúc {due}. Nếu bạn không yêu cầu, hãy hủy ngay và đổi mật khẩu.',
    en: 'To {to}, at {due}. If you did not ask for it, cancel it now and change your password.',
  },
  'task.link': { vi: 'Xem hoặc hủy', en: 'Look or cancel' },
  linkTitle: { vi: 'Hủy thay đổi thông tin liên hệ?', en: 'Cancel the change of contact details?' },
  'link.email': {
    vi: 'Địa chỉ thư điện tử của tài khoản sắp được đổi.',
    en: 'The e-mail address of the account is about to change.',
  },
  'link.phone': {
    vi: 'Số điện thoại của tài khoản sắp được đổi.',
    en: 'The phone number of the account is about to change.',
  },
  linkText: {
    vi: 'Nếu bạn hủy, thông tin hiện tại vẫn được dùng.',
    en: 'If you cancel it, the present details stay in use.',
  },
  linkDoneTitle: { vi: 'Đã hủy thay đổi', en: 'The change is cancelled' },
  linkDone: {
    vi: 'Thông tin hiện tại vẫn được dùng. Nếu không phải bạn đã yêu cầu thay đổi, có người đang đăng nhập được vào tài khoản của bạn: hãy đổi mật khẩu ngay, hoặc khóa tài khoản.',
    en: 'The present details stay in use. If it was not you who asked for the change, somebody can sign in to your account: change your password now, or lock the account.',
  },
  linkPassword: { vi: 'Đổi mật khẩu', en: 'Change password' },
  linkLock: { vi: 'Khóa tài khoản', en: 'Lock the account' },
  linkOverTitle: { vi: 'Liên kết không còn hiệu lực', en: 'This link no longer works' },
  linkOver: {
    vi: 'Thay đổi đã được hủy, đã có hiệu lực, hoặc liên kết không đầy đủ. Hãy xem trong phần Cá nhân của tài khoản.',
    en: 'The change was cancelled, has taken effect, or the link is not complete. Look under Profile in your account.',
  },
  linkProfile: { vi: 'Mở phần Cá nhân', en: 'Open Profile' },
} as const satisfies Sentences;

/** Text messages: one language each, and short, because each of at most two parts holds 67 characters. */
export const sms = {
  'code.activation': {
    vi: '{code} là mã kích hoạt tài khoản, dùng được đến {until}. Không đưa mã cho ai.',
    en: '{code} is the code to activate your account, valid until {until}. Give it to nobody.',
  },
  'code.new_device': {
    vi: '{code} là mã xác nhận thiết bị mới, dùng được đến {until}. Không đưa mã cho ai.',
    en: '{code} is the code to confirm a new device, valid until {until}. Give it to nobody.',
  },
  'code.recovery': {
    vi: '{code} là mã lấy lại tài khoản, dùng được đến {until}. Không đưa mã cho ai.',
    en: '{code} is the code to recover your account, valid until {until}. Give it to nobody.',
  },
  'code.email_change': {
    vi: '{code} là mã đổi địa chỉ thư điện tử, dùng được đến {until}. Không đưa mã cho ai.',
    en: '{code} is the code to change your e-mail address, valid until {until}. Give it to nobody.',
  },
  'code.phone_change': {
    vi: '{code} là mã đổi số điện thoại, dùng được đến {until}. Không đưa mã cho ai.',
    en: '{code} is the code to change your phone number, valid until {until}. Give it to nobody.',
  },
  'contact_change.email': {
    vi: 'Thư điện tử của tài khoản sẽ đổi lúc {due}. Không phải bạn? Hãy hủy trong phần Cá nhân.',
    en: 'The e-mail of your account will change at {due}. Not you? Cancel it under Profile.',
  },
  'contact_change.phone': {
    vi: 'Số điện thoại của tài khoản sẽ đổi lúc {due}. Không phải bạn? Hãy hủy trong phần Cá nhân.',
    en: 'The phone number of your account will change at {due}. Not you? Cancel it under Profile.',
  },
  'address_changed.email': {
    vi: 'Thư điện tử của tài khoản đã được đổi. Không phải bạn? Hãy đến bộ phận Một cửa.',
    en: 'The e-mail of your account was changed. Not you? Go to a one-stop counter.',
  },
  'address_changed.phone': {
    vi: 'Số điện thoại của tài khoản đã được đổi. Không phải bạn? Hãy đến bộ phận Một cửa.',
    en: 'The phone number of your account was changed. Not you? Go to a one-stop counter.',
  },
} as const satisfies Sentences;
