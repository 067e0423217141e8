import type { JWK } from 'jose';
import type { Clock } from '../clock/clock.ts';
import type { Sentence } from '../messages/language.ts';
import type { RelyingParty, ScopeUse } from '../relying-party/relying-party.ts';

const oneStop = 'Nghị định 118/2025/NĐ-CP';
const identification = 'Nghị định 69/2024/NĐ-CP';

const use = (required: boolean, vi: string, en: string, legalBasis: string): ScopeUse => ({
  required,
  purpose: { vi, en },
  legal_basis: legalBasis,
});

const scopes: RelyingParty['scopes'] = {
  profile: use(true, 'Ghi tên người nộp vào hồ sơ', "Put the applicant's name on the dossier", oneStop),
  identity: use(
    true,
    'Gắn hồ sơ với đúng một người',
    'Tie the dossier to exactly one person',
    identification,
  ),
  email: use(false, 'Gửi giấy tiếp nhận và kết quả', 'Send the receipt and the result', oneStop),
  phone: use(false, 'Nhắn tin khi hồ sơ có kết quả', 'Send a message when the result is there', oneStop),
  address: use(false, 'Trả kết quả qua bưu chính', 'Deliver the result by post', oneStop),
  'doc:id_card': use(
    true,
    'Thay bản chụp thẻ căn cước trong hồ sơ',
    'Replaces the photocopy of the identity card',
    'Luật Căn cước 26/2023/QH15',
  ),
  'doc:driving_licence': use(
    false,
    'Điền sẵn hạng và số giấy phép đang có',
    'Fills in the class and number of the present licence',
    'Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15',
  ),
  'doc:vehicle_registration': use(
    false,
    'Đối chiếu xe bạn đang đứng tên',
    'Checks the vehicle registered to you',
    'Luật Trật tự, an toàn giao thông đường bộ 36/2024/QH15',
  ),
  'doc:health_insurance': use(
    true,
    'Xác định mức hưởng bảo hiểm y tế',
    'Establishes the rate of insurance cover',
    'Luật Bảo hiểm y tế',
  ),
  'doc:health_record': use(
    false,
    'Xét mức hỗ trợ theo bệnh đã điều trị',
    'Sets the support by the treatment received',
    'Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: sự đồng ý của bạn',
  ),
  'doc:residence': use(
    true,
    'Xác định nơi cư trú để chi trả trợ cấp',
    'Establishes where the allowance is paid',
    'Luật Cư trú 68/2020/QH14',
  ),
  'doc:dependents': use(
    true,
    'Xác định trẻ em được hưởng trợ cấp',
    'Establishes which children are entitled',
    'Luật Trẻ em 102/2016/QH13',
  ),
};

export interface PortalRegistration {
  /** Where the portal is served: scheme, host and port. */
  readonly origin: string;
  /** The public key the portal signs its assertions with (RFC 7523). */
  readonly jwk: JWK;
  readonly clock: Clock;
  /** Default `cong-mau`. */
  readonly clientId?: string;
  readonly name?: Sentence;
}

/** The portal as the provider knows it; with another `clientId` and `origin`, a second one. */
export function portalRegistration({ origin, jwk, clock, clientId, name }: PortalRegistration): RelyingParty {
  return {
    client_id: clientId ?? 'cong-mau',
    name: name ?? { vi: 'Cổng dịch vụ công Sở Mẫu', en: 'Sample Department public services' },
    organization: 'Sở Mẫu tỉnh Mẫu',
    profile: 'standard',
    redirect_uris: [`${origin}/callback`],
    post_logout_redirect_uris: [`${origin}/da-dang-xuat`],
    initiate_login_uri: `${origin}/bat-dau`,
    scopes,
    acr_floor: 1,
    authentication: { method: 'private_key_jwt', jwks: { keys: [jwk] }, signing_alg: 'ES256' },
    id_token_signed_response_alg: 'ES256',
    refresh_tokens: false,
    registered_at: new Date(clock.now()).toISOString(),
  };
}
