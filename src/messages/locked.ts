import type { Sentences } from './language.ts';

export const locked = {
  title: { vi: 'Tài khoản đang bị khóa', en: 'The account is locked' },
  titleInactive: { vi: 'Tài khoản chưa kích hoạt', en: 'The account is not activated' },
  titleClosed: { vi: 'Tài khoản đã đóng', en: 'The account is closed' },
  since: { vi: 'Từ ngày {date}.', en: 'Since {date}.' },
  not_activated: {
    vi: 'Tài khoản định danh đã được cấp nhưng bạn chưa kích hoạt.',
    en: 'The identity account has been issued, but you have not activated it.',
  },
  'not_activated.advice': {
    vi: 'Hãy kích hoạt tài khoản trong ứng dụng VNeID, rồi quay lại đăng nhập.',
    en: 'Activate it in the VNeID app, then come back and sign in.',
  },
  by_owner: {
    vi: 'Tài khoản bị khóa theo yêu cầu của chính bạn.',
    en: 'The account was locked at your own request.',
  },
  'by_owner.advice': {
    vi: 'Để mở khóa, hãy yêu cầu tại cơ quan công an hoặc qua tổng đài hỗ trợ định danh điện tử.',
    en: 'To unlock it, ask at a police office or call the electronic identity helpline.',
  },
  by_administrator: {
    vi: 'Tài khoản bị khóa bởi cơ quan quản lý định danh điện tử.',
    en: 'The account was locked by the electronic identity authority.',
  },
  'by_administrator.advice': {
    vi: 'Hãy liên hệ cơ quan công an nơi bạn cư trú để biết lý do và cách mở khóa.',
    en: 'Ask the police office where you live for the reason and how to unlock it.',
  },
  sim_changed: {
    vi: 'Số điện thoại gắn với tài khoản không còn là của bạn.',
    en: 'The phone number tied to the account is no longer yours.',
  },
  'sim_changed.advice': {
    vi: 'Hãy mang giấy tờ tùy thân đến cơ quan công an để cập nhật số điện thoại mới. Tài khoản mở lại sau khi cập nhật.',
    en: 'Take your identity papers to a police office to record your new number. The account opens again after that.',
  },
  reported: {
    vi: 'Tài khoản bị khóa sau một báo cáo có dấu hiệu bị chiếm dụng.',
    en: 'The account was locked after a report that somebody else may be using it.',
  },
  'reported.advice': {
    vi: 'Hãy mang giấy tờ tùy thân đến cơ quan công an để xác minh. Tài khoản mở lại sau khi xác minh.',
    en: 'Take your identity papers to a police office to prove who you are. The account opens again after that.',
  },
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
