import type { Sentence } from './language.ts';

/** One row of the table of refusals (design: errors and languages). */
export interface Refusal {
  readonly status: number;
  /** As a relying party reads it (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6). */
  readonly oauthError?: string;
  readonly logLevel: 'info' | 'warn' | 'error';
  /** What happened, in the person's words. */
  readonly title: Sentence;
  /** What to do now. */
  readonly advice: Sentence;
}

/** Every refusal a person can meet as a page. */
export const refusals = {
  invalid_request: {
    status: 400,
    oauthError: 'invalid_request',
    logLevel: 'info',
    title: { vi: 'Yêu cầu của cổng dịch vụ không đúng', en: 'The portal sent a request that is not valid' },
    advice: {
      vi: 'Hãy quay lại cổng và đăng nhập lại. Nếu vẫn gặp lỗi, gửi mã tham chiếu dưới đây cho đơn vị quản lý cổng.',
      en: 'Go back to the portal and sign in again. If it happens again, give the reference below to whoever runs the portal.',
    },
  },
  unknown_portal: {
    status: 400,
    oauthError: 'invalid_client',
    logLevel: 'warn',
    title: { vi: 'Cổng dịch vụ này chưa được đăng ký', en: 'This portal is not registered' },
    advice: {
      vi: 'Không nhập mật khẩu ở trang đã đưa bạn đến đây. Hãy vào cổng dịch vụ công từ địa chỉ chính thức.',
      en: 'Do not enter your password on the site that sent you here. Open the public-service portal at its official address.',
    },
  },
  invalid_redirect_uri: {
    status: 400,
    oauthError: 'invalid_redirect_uri',
    logLevel: 'warn',
    title: {
      vi: 'Địa chỉ quay về của cổng không đúng như đã đăng ký',
      en: 'The portal’s return address is not the registered one',
    },
    advice: {
      vi: 'Để bảo vệ bạn, chúng tôi không chuyển bạn đến địa chỉ đó. Hãy vào cổng dịch vụ công từ địa chỉ chính thức và thử lại.',
      en: 'To protect you, we do not send you there. Open the portal at its official address and try again.',
    },
  },
  interaction_expired: {
    status: 400,
    logLevel: 'info',
    title: { vi: 'Lần đăng nhập này đã kết thúc', en: 'This sign-in has ended' },
    advice: {
      vi: 'Có thể đã quá thời gian, hoặc bạn vừa bấm nút quay lại. Hãy trở về cổng dịch vụ và chọn “Đăng nhập” lần nữa.',
      en: 'It may have taken too long, or you used the back button. Return to the portal and choose “Sign in” again.',
    },
  },
  not_found: {
    status: 404,
    logLevel: 'info',
    title: { vi: 'Không có trang này', en: 'There is no such page' },
    advice: {
      vi: 'Hãy kiểm tra địa chỉ, hoặc bắt đầu lại từ cổng dịch vụ bạn cần.',
      en: 'Check the address, or start again from the portal you need.',
    },
  },
  forbidden_form: {
    status: 403,
    logLevel: 'warn',
    title: { vi: 'Biểu mẫu không được chấp nhận', en: 'The form was not accepted' },
    advice: {
      vi: 'Biểu mẫu không được gửi từ trang này, hoặc trang đã mở quá lâu. Bạn chưa thay đổi điều gì. Hãy quay lại cổng dịch vụ và thử lại.',
      en: 'It did not come from this site, or the page was open for too long. Nothing has been changed. Go back to the portal and try again.',
    },
  },
  wrong_host: {
    status: 421,
    logLevel: 'warn',
    title: { vi: 'Địa chỉ trang không đúng', en: 'This is not the right address' },
    advice: {
      vi: 'Không nhập mật khẩu ở đây. Hãy bắt đầu lại từ cổng dịch vụ bạn cần.',
      en: 'Do not enter your password here. Start again from the portal you need.',
    },
  },
  too_many_requests: {
    status: 429,
    oauthError: 'temporarily_unavailable',
    logLevel: 'warn',
    title: { vi: 'Có quá nhiều yêu cầu', en: 'Too many requests' },
    advice: { vi: 'Hãy chờ vài phút rồi thử lại.', en: 'Wait a few minutes and try again.' },
  },
  payload_too_large: {
    status: 413,
    logLevel: 'warn',
    title: { vi: 'Nội dung gửi lên quá lớn', en: 'What was sent is too large' },
    advice: {
      vi: 'Hãy quay lại trang trước và nhập ngắn hơn.',
      en: 'Go back to the page before and enter something shorter.',
    },
  },
  overloaded: {
    status: 503,
    oauthError: 'temporarily_unavailable',
    logLevel: 'warn',
    title: { vi: 'Đang có rất nhiều người đăng nhập', en: 'Very many people are signing in' },
    advice: {
      vi: 'Hãy chờ một phút rồi thử lại. Bạn không mất thông tin nào.',
      en: 'Wait a minute and try again. Nothing of yours is lost.',
    },
  },
  storage_unavailable: {
    status: 503,
    oauthError: 'temporarily_unavailable',
    logLevel: 'error',
    title: { vi: 'Hệ thống tạm thời gián đoạn', en: 'The service is interrupted for a moment' },
    advice: {
      vi: 'Hãy thử lại sau vài phút. Bạn không mất thông tin nào.',
      en: 'Try again in a few minutes. Nothing of yours is lost.',
    },
  },
  account_unavailable: {
    status: 403,
    oauthError: 'access_denied',
    logLevel: 'info',
    title: { vi: 'Không dùng được tài khoản này', en: 'This account cannot be used' },
    advice: {
      vi: 'Tài khoản vừa bị khóa hoặc đã đóng. Hãy đăng nhập lại để biết lý do và cách mở.',
      en: 'It has just been locked or closed. Sign in again to see why and what to do.',
    },
  },
  sign_out_invalid: {
    status: 400,
    oauthError: 'invalid_request',
    logLevel: 'info',
    title: { vi: 'Chưa đăng xuất được', en: 'You are not signed out' },
    advice: {
      vi: 'Yêu cầu đăng xuất không đúng hoặc đã cũ. Hãy quay lại cổng dịch vụ và chọn “Đăng xuất” lần nữa.',
      en: 'The request to sign out is not valid or too old. Go back to the portal and choose “Sign out” again.',
    },
  },
  server_error: {
    status: 500,
    oauthError: 'server_error',
    logLevel: 'error',
    title: { vi: 'Hệ thống gặp sự cố', en: 'Something went wrong on our side' },
    advice: {
      vi: 'Lỗi không phải do bạn. Hãy thử lại sau; nếu vẫn gặp, gửi mã tham chiếu dưới đây cho đơn vị vận hành.',
      en: 'It is not your fault. Try again later; if it happens again, give the reference below to the operator.',
    },
  },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalCode = keyof typeof refusals;

/** The code itself where the table has it, otherwise `server_error`. */
export const refusalCode = (code: string): RefusalCode =>
  Object.hasOwn(refusals, code) ? (code as RefusalCode) : 'server_error';

/** The row of a code. */
export const refusalOf = (code: RefusalCode): Refusal => refusals[code];
