import type { Sentences } from './language.ts';

export const tooLow = {
  title: { vi: 'Dịch vụ này cần mức độ 2', en: 'This service needs level 2' },
  titleExpired: { vi: 'Giấy tờ tùy thân đã hết hạn', en: 'Your identity paper has expired' },
  level_1_account: {
    vi: 'Dịch vụ này cần tài khoản định danh mức độ 2. Tài khoản của bạn đang ở mức độ 1.',
    en: 'This service needs an identity account of level 2. Yours is at level 1.',
  },
  'level_1_account.advice': {
    vi: 'Để lên mức độ 2, hãy mang giấy tờ tùy thân đến cơ quan công an và làm thủ tục cấp tài khoản định danh mức độ 2. Sau đó đăng nhập lại.',
    en: 'To reach level 2, take your identity papers to a police office and apply for a level 2 identity account. Then sign in again.',
  },
  no_second_factor: {
    vi: 'Tài khoản của bạn đủ mức độ 2, nhưng chưa có bước xác thực thứ hai để chứng minh chính là bạn.',
    en: 'Your account is at level 2, but it has no second step of authentication to prove that it is you.',
  },
  'no_second_factor.advice': {
    vi: 'Hãy đến bộ phận Một cửa để được hướng dẫn đăng ký ứng dụng xác thực, rồi đăng nhập lại.',
    en: 'Go to a one-stop counter for help with registering an authenticator app, then sign in again.',
  },
  identity_paper_expired: {
    vi: 'Giấy tờ tùy thân gắn với tài khoản của bạn đã hết hạn, nên tài khoản tạm thời chỉ có giá trị mức độ 1.',
    en: 'The identity paper behind your account has expired, so the account counts as level 1 for now.',
  },
  'identity_paper_expired.on': { vi: 'Hết hạn ngày {date}.', en: 'It expired on {date}.' },
  'identity_paper_expired.advice': {
    vi: 'Hãy làm thủ tục cấp đổi thẻ căn cước tại công an cấp xã hoặc cấp tỉnh. Khi thẻ mới được cập nhật, tài khoản tự trở lại mức độ 2, bạn không phải làm gì thêm.',
    en: 'Have your identity card renewed at a police office of the commune or the province. Once the new card is recorded, the account is back at level 2 by itself.',
  },
  'identity_paper_expired.adviceForeigner': {
    vi: 'Hãy gia hạn hộ chiếu hoặc thẻ cư trú tại cơ quan quản lý xuất nhập cảnh. Khi giấy tờ mới được cập nhật, tài khoản tự trở lại mức độ 2, bạn không phải làm gì thêm.',
    en: 'Have your passport or residence card renewed at the immigration authority. Once the new one is recorded, the account is back at level 2 by itself.',
  },
  'identity_paper_expired.meanwhile': {
    vi: 'Trong lúc chờ, bạn vẫn đăng nhập được vào các dịch vụ chỉ cần mức độ 1.',
    en: 'Until then you can still sign in to services that need level 1 only.',
  },
} as const satisfies Sentences;
