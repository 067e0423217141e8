import type { Sentences } from './language.ts';

export const locked = {
  title: { vi: 'Tài khoản đang bị khóa', en: 'The account is locked' },
  titleInactive: { vi: 'Tài khoản chưa kích hoạt', en: 'The account is not activated' },
  titleClosed: { vi: 'Tài khoản đã đóng', en: 'The account is closed' },
  reason: { vi: 'Lý do', en: 'Reason' },
  since: { vi: 'Từ ngày {date}.', en: 'Since {date}.' },
  not_activated: {
    vi: 'Tài khoản định danh đã được cấp nhưng bạn chưa kích hoạt.',
    en: 'The identity account has been issued, but you have not activated it.',
  },
  'not_activated.advice': {
    vi: 'Hãy kích hoạt bằng thư mời đã gửi đến địa chỉ thư điện tử của bạn, rồi quay lại đăng nhập.',
    en: 'Activate it with the invitation sent to your e-mail address, then come back and sign in.',
  },
  'not_activated.way': { vi: 'Kích hoạt tài khoản', en: 'Activate the account' },
  by_owner: {
    vi: 'Tài khoản bị khóa theo yêu cầu của chính bạn.',
    en: 'The account was locked at your own request.',
  },
  'by_owner.advice': {
    vi: 'Bạn có thể tự mở khóa sau khi chứng minh lại chính là bạn. Những thiết bị và cổng đã bị đăng xuất sẽ phải đăng nhập lại.',
    en: 'You can unlock it yourself once you have proved again that it is you. Devices and portals that were signed out have to sign in again.',
  },
  'by_owner.way': { vi: 'Mở khóa tài khoản', en: 'Unlock the account' },
  by_administrator: {
    vi: 'Tài khoản bị khóa bởi cơ quan quản lý định danh điện tử.',
    en: 'The account was locked by the electronic identity authority.',
  },
  'by_administrator.advice': {
    vi: 'Hãy mang giấy tờ tùy thân đến bộ phận Một cửa hoặc cơ quan công an nơi bạn cư trú để biết cách mở khóa.',
    en: 'Take your identity papers to a one-stop counter or the police office where you live to learn how to unlock it.',
  },
  sim_changed: {
    vi: 'Số điện thoại gắn với tài khoản không còn là của bạn.',
    en: 'The phone number tied to the account is no longer yours.',
  },
  'sim_changed.advice': {
    vi: 'Hãy mang giấy tờ tùy thân đến cơ quan công an để cập nhật số điện thoại mới. Tài khoản mở lại sau khi cập nhật.',
    en: 'Take your identity papers to a police office to record your new number. The account opens again after that.',
  },
  too_many_failures: {
    vi: 'Tài khoản bị khóa vì có quá nhiều lần nhập sai mã xác thực sau khi mật khẩu đã đúng.',
    en: 'The account was locked after too many wrong codes that followed the right password.',
  },
  'too_many_failures.advice': {
    vi: 'Có thể người khác đang biết mật khẩu của bạn. Hãy lấy lại tài khoản và đặt mật khẩu mới.',
    en: 'Somebody else may know your password. Recover the account and set a new one.',
  },
  'too_many_failures.way': { vi: 'Lấy lại tài khoản', en: 'Recover the account' },
  reported: {
    vi: 'Tài khoản bị khóa sau một báo cáo có dấu hiệu bị chiếm dụng.',
    en: 'The account was locked after a report that somebody else may be using it.',
  },
  'reported.advice': {
    vi: 'Nếu tài khoản là của bạn, hãy lấy lại tài khoản và đặt mật khẩu mới.',
    en: 'If the account is yours, recover it and set a new password.',
  },
  'reported.way': { vi: 'Lấy lại tài khoản', en: 'Recover the account' },
  deceased: {
    vi: 'Theo cơ sở dữ liệu dân cư, chủ tài khoản đã qua đời.',
    en: 'According to the population database, the holder of this account has died.',
  },
  'deceased.advice': {
    vi: 'Nếu thông tin này sai, hãy báo cho cơ quan công an nơi cư trú để đính chính.',
    en: 'If that is wrong, report it to the police office of your place of residence to have it corrected.',
  },
  dissolved: {
    vi: 'Tổ chức đã giải thể hoặc chấm dứt hoạt động.',
    en: 'The organisation has been dissolved or has ceased to operate.',
  },
  'dissolved.advice': {
    vi: 'Nếu thông tin này sai, hãy liên hệ cơ quan đăng ký của tổ chức để đính chính.',
    en: 'If that is wrong, ask the registration authority of the organisation to have it corrected.',
  },
} as const satisfies Sentences;
