import type { Sentence } from '../messages/language.ts';

/** What went wrong, in words: what happened, then what to do. */
export interface PortalProblem {
  readonly status: number;
  readonly title: Sentence;
  readonly advice: Sentence;
}

const problem = (
  status: number,
  titleVi: string,
  titleEn: string,
  vi: string,
  en: string,
): PortalProblem => ({
  status,
  title: { vi: titleVi, en: titleEn },
  advice: { vi, en },
});

/** Keyed by the provider's error code (RFC 6749, OpenID Connect Core, RFC 9470) or a word of the portal's own. */
const problems = {
  access_denied: problem(
    403,
    'Việc đăng nhập đã dừng',
    'The sign-in was stopped',
    'Bạn đã hủy hoặc không đồng ý, nên cổng không nhận được dữ liệu nào của bạn. Bạn có thể thử lại, hoặc nộp hồ sơ tại bộ phận Một cửa.',
    'You cancelled or did not agree, so the site received none of your data. Try again, or file at the one-stop counter.',
  ),
  unmet_authentication_requirements: problem(
    403,
    'Tài khoản chưa đạt mức độ cần có',
    'The account does not reach the level needed',
    'Thủ tục này cần mức độ 2. Hãy nâng mức độ tại cơ quan công an, hoặc chọn thủ tục nhận mức độ 1.',
    'This procedure needs level 2. Have the level raised at a police office, or choose a procedure that takes level 1.',
  ),
  login_required: problem(
    403,
    'Không còn phiên đăng nhập',
    'There is no session any more',
    'Bạn chưa đăng nhập ở Một Cửa ID trên trình duyệt này, hoặc phiên đã hết. Hãy đăng nhập lại.',
    'You are not signed in at Một Cửa ID in this browser, or the session has ended. Sign in again.',
  ),
  consent_required: problem(
    403,
    'Cần bạn đồng ý',
    'Your agreement is needed',
    'Phiên vẫn còn, nhưng dữ liệu cần dùng phải được bạn đồng ý trước. Hãy đăng nhập để xem và quyết định.',
    'The session is alive, but the data needs your agreement first. Sign in to see it and decide.',
  ),
  interaction_required: problem(
    403,
    'Cần bạn thao tác thêm',
    'One more step is needed',
    'Phiên vẫn còn, nhưng Một Cửa ID cần bạn làm thêm một bước. Hãy đăng nhập để tiếp tục.',
    'The session is alive, but Một Cửa ID needs one more step from you. Sign in to go on.',
  ),
  temporarily_unavailable: problem(
    503,
    'Một Cửa ID đang bận',
    'Một Cửa ID is busy',
    'Hệ thống đăng nhập đang quá tải. Hãy chờ vài phút rồi thử lại.',
    'The sign-in system is overloaded. Wait a few minutes and try again.',
  ),
  provider_error: problem(
    502,
    'Đăng nhập không thành công',
    'The sign-in failed',
    'Một Cửa ID không chấp nhận yêu cầu của cổng. Đây không phải lỗi của bạn; hãy thử lại hoặc báo cho Sở Mẫu mã bên dưới.',
    "Một Cửa ID did not accept this site's request. It is not your fault; try again, or report the code below.",
  ),
  provider_unreachable: problem(
    503,
    'Chưa kết nối được Một Cửa ID',
    'Một Cửa ID cannot be reached',
    'Hệ thống đăng nhập không trả lời. Hãy thử lại sau ít phút.',
    'The sign-in system does not answer. Try again in a few minutes.',
  ),
  attempt_unknown: problem(
    400,
    'Lần đăng nhập này không dùng được nữa',
    'This sign-in can no longer be used',
    'Địa chỉ đã được dùng, đã quá hạn, hoặc được mở ở trình duyệt khác. Không có gì thay đổi; hãy bắt đầu lại.',
    'The address was used already, has expired, or was opened in another browser. Nothing changed; start again.',
  ),
  answer_invalid: problem(
    502,
    'Không kiểm tra được câu trả lời',
    'The answer could not be verified',
    'Câu trả lời của Một Cửa ID không qua được bước kiểm tra nên cổng đã bỏ. Hãy thử lại.',
    'The answer of Một Cửa ID did not pass verification, so the site dropped it. Try again.',
  ),
  level_too_low: problem(
    403,
    'Mức độ đăng nhập thấp hơn yêu cầu',
    'The level of the sign-in is too low',
    'Thủ tục này cần mức độ 2, nhưng lần đăng nhập vừa rồi ở mức độ 1. Hãy thử lại và hoàn tất bước thứ hai.',
    'This procedure needs level 2, but you signed in at level 1. Try again and complete the second step.',
  ),
  foreign_issuer: problem(
    400,
    'Cổng không dùng hệ thống đăng nhập đó',
    'This site does not use that sign-in system',
    'Liên kết bạn mở yêu cầu đăng nhập ở một nơi khác. Cổng chỉ đăng nhập qua Một Cửa ID.',
    'The link asks to sign in somewhere else. This site signs in through Một Cửa ID only.',
  ),
  foreign_form: problem(
    403,
    'Yêu cầu đến từ trang khác',
    'The request came from another site',
    'Để bảo vệ bạn, cổng không nhận biểu mẫu gửi từ trang khác. Hãy thao tác lại trên cổng.',
    'To protect you, this site takes no forms sent by other sites. Do it again here.',
  ),
  unknown_procedure: problem(
    404,
    'Không có thủ tục này',
    'There is no such procedure',
    'Mã thủ tục trong địa chỉ không đúng hoặc thủ tục đã ngừng tiếp nhận. Hãy chọn lại trên trang chủ.',
    'The procedure code in the address is wrong or no longer open. Choose again on the home page.',
  ),
  not_found: problem(
    404,
    'Không tìm thấy trang',
    'Page not found',
    'Địa chỉ có thể đã gõ sai. Hãy bắt đầu từ trang chủ.',
    'The address may be mistyped. Start from the home page.',
  ),
  fault: problem(
    500,
    'Cổng gặp lỗi',
    'The site has a problem',
    'Đã có lỗi ngoài dự kiến. Hãy thử lại sau ít phút.',
    'Something unexpected happened. Try again in a few minutes.',
  ),
} as const satisfies Record<string, PortalProblem>;

export type ProblemCode = keyof typeof problems;

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/** Stands in for a word that is not in the table; the word itself is never shown. */
export const unknownProblem: PortalProblem = problems.not_found;

/** Undefined for a word that is not in the table. */
export const problemNamed = (code: string): PortalProblem | undefined =>
  isProblemCode(code) ? problems[code] : undefined;

const signInAgainHelps = new Set<string>([
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'temporarily_unavailable',
  'provider_error',
  'provider_unreachable',
  'attempt_unknown',
  'answer_invalid',
  'level_too_low',
  'unmet_authentication_requirements',
]);

/** Whether starting the sign-in again is a way out. */
export const canRetry = (code: string): boolean => signInAgainHelps.has(code);

/** The row for an error of the authorization endpoint; what is not about the person is `provider_error`. */
export function problemOfProvider(error: string): ProblemCode {
  if (error === 'account_selection_required') return 'interaction_required';
  const known: readonly string[] = [
    'access_denied',
    'unmet_authentication_requirements',
    'login_required',
    'consent_required',
    'interaction_required',
    'temporarily_unavailable',
  ];
  return known.includes(error) && isProblemCode(error) ? error : 'provider_error';
}
