import type { Sentence } from './language.ts';

/**
 * The terms of use where the province gives none of its own. A line that begins with "#" is a heading, one with "-" a
 * point of a list; an empty line ends a paragraph. Whoever changes a word here changes `version`, which is the day.
 */
export const builtInTerms: { readonly version: string; readonly text: Sentence } = {
  version: '2026-11-21',
  text: {
    vi: `# Tài khoản định danh của bạn

Một Cửa ID là cách đăng nhập chung vào các hệ thống dịch vụ công của tỉnh. Tài khoản định danh điện tử được cấp, quản lý và sử dụng theo Nghị định 69/2024/NĐ-CP và các văn bản sửa đổi; tài khoản gắn với một người và số định danh cá nhân của người đó. Ở mức độ 2, xuất trình tài khoản có giá trị như thẻ căn cước hoặc hộ chiếu và như các giấy tờ đã tích hợp trong ví.

# Bạn có trách nhiệm

- Giữ bí mật mật khẩu và mã xác nhận, giữ gìn thiết bị dùng để đăng nhập.
- Không cho người khác dùng tài khoản của mình, không dùng tài khoản của người khác.
- Không dùng tài khoản vào việc trái pháp luật hoặc gây cản trở hệ thống.
- Báo ngay khi mất thiết bị, khi số điện thoại không còn là của bạn, hoặc khi thấy hoạt động không phải của bạn. Bạn có thể tự khóa tài khoản bất cứ lúc nào.
- Bảo đảm thông tin liên hệ là đúng và cập nhật giấy tờ khi được cấp mới.

# Dữ liệu cá nhân

Dữ liệu của bạn được xử lý theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15. Hệ thống giữ thông tin định danh, giấy tờ do cơ quan quản lý cung cấp, thông tin liên hệ, cách đăng nhập và lịch sử sử dụng; dữ liệu cá nhân được mã hóa khi lưu trữ. Bạn xem được những dữ liệu đó trong tài khoản. Để sửa hoặc xóa, hãy đề nghị cơ quan đang quản lý dữ liệu hoặc bộ phận Một cửa.

# Sự đồng ý

Thông tin và giấy tờ chỉ được chuyển cho một cổng dịch vụ khi bạn đã đồng ý, cho đúng mục đích được nêu. Bạn từ chối được những gì không bắt buộc. Bạn rút lại sự đồng ý được bất cứ lúc nào ở mục Cổng đã kết nối: từ lần yêu cầu tiếp theo, cổng đó không nhận được nữa. Việc rút lại không thay đổi những gì đã chuyển trước đó.

# Khóa tài khoản

Tài khoản bị khóa khi bạn yêu cầu, khi có quá nhiều lần xác thực sai, khi có báo cáo rằng người khác đang dùng tài khoản, khi số điện thoại không còn là của bạn, khi cơ quan quản lý định danh quyết định, hoặc khi chủ tài khoản đã mất. Khi giấy tờ tùy thân hết hạn, tài khoản chỉ có giá trị mức độ 1 cho đến khi có giấy tờ mới. Sau khi bạn chứng minh được mình là ai, trang đăng nhập cho biết lý do và cách mở khóa.

# Nhật ký

Mọi lần đăng nhập, sự đồng ý và giấy tờ đã chuyển được ghi lại và giữ ít nhất 5 năm. Bạn xem và tải về được ở mục Hoạt động.

# Thông báo

Những thay đổi về mật khẩu, cách đăng nhập, thông tin liên hệ và thiết bị mới luôn được báo qua thư điện tử. Các thông báo khác do bạn chọn.

# Khi điều khoản thay đổi

Phiên bản mới được đăng ở trang này và bạn được mời xem, đồng ý ở Trang chủ. Những phiên bản bạn đã đồng ý được ghi lại cùng ngày giờ.

# Hỗ trợ

Hãy đến bộ phận Một cửa hoặc cơ quan công an nơi bạn cư trú. Cán bộ không bao giờ hỏi mật khẩu hay mã của bạn.`,
    en: `# Your identity account

Một Cửa ID is the one way to sign in to the public services of the province. Electronic identity accounts are issued, managed and used under Decree 69/2024/NĐ-CP and its amendments; an account belongs to one person and to that person's personal identification number. At level 2, showing the account counts as showing the identity card or passport, and the documents kept in its wallet.

# What is asked of you

- Keep your password and codes secret, and take care of the devices you sign in with.
- Let nobody else use your account, and use nobody else's.
- Do not use the account for anything unlawful, or to disturb the system.
- Report at once a lost device, a phone number that is no longer yours, or activity that was not you. You can lock your account yourself at any time.
- See to it that your contact details are right and that new papers are recorded.

# Personal data

Your data are processed under the Law on Personal Data Protection, 91/2025/QH15. The system keeps your identity data, the documents that registries hand over, your contact details, the ways you sign in and the history of use; personal data are encrypted where they are stored. You can see them in your account. To have them corrected or deleted, turn to the authority that manages them or to a one-stop counter.

# Consent

Information and documents go to a portal only once you have agreed, and only for the purpose that is named. You can refuse whatever is not required. You can take a consent back at any time under Connected portals: from its next request on, that portal receives nothing more. Taking it back does not change what was handed over before.

# Locks

The account is locked when you ask for it, after too many failed attempts to prove identity, when it is reported that somebody else uses it, when the phone number is no longer yours, when the identity authority decides so, or when its holder has died. While the identity paper has expired, the account counts as level 1, until there is a new one. Once you have proved who you are, the sign-in page names the cause and the way out.

# Records

Every sign-in, every consent and every document handed over is recorded and kept for at least 5 years. You can see and download them under Activity.

# Notices

Changes of password, of ways to sign in, of contact details, and new devices are always told by e-mail. All other notices are yours to choose.

# When the terms change

A new version is published on this page, and you are asked on the home page to read and accept it. The versions that you accepted are kept with day and time.

# Help

Turn to a one-stop counter or to the police office where you live. An officer never asks for your password or a code.`,
  },
};
