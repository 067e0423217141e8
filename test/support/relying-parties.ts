import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';
import { generateClientSecret, hashClientSecret } from '../../src/relying-party/client-secret.ts';
import type { RelyingParty, ScopeUse } from '../../src/relying-party/relying-party.ts';
import type { TestProvider } from './provider.ts';

const use = (required: boolean, vi: string): ScopeUse => ({
  required,
  purpose: { vi, en: `In English: ${vi}` },
  legal_basis: 'Nghị định 118/2025/NĐ-CP',
});

/** The portal of most tests: asks for everything, demands nothing. */
export const portal = {
  client_id: 'cong-so-mau',
  name: { vi: 'Cổng dịch vụ công Sở Mẫu', en: 'Sample Department portal' },
  organization: 'Sở Mẫu tỉnh Mẫu',
  profile: 'standard',
  redirect_uris: ['https://portal.example/cb'],
  post_logout_redirect_uris: ['https://portal.example/bye'],
  initiate_login_uri: 'https://portal.example/start',
  scopes: {
    profile: use(true, 'Biết người nộp hồ sơ là ai'),
    identity: use(true, 'Đối chiếu hồ sơ'),
    email: use(false, 'Gửi kết quả'),
    phone: use(false, 'Báo khi có kết quả'),
    address: use(false, 'Trả kết quả tận nơi'),
    'doc:id_card': use(true, 'Thay bản sao căn cước'),
    'doc:id_card_history': use(false, 'Đối chiếu giấy tờ cũ'),
    'doc:residence': use(false, 'Xác định nơi cư trú'),
    'doc:dependents': use(false, 'Xác định trẻ được hưởng'),
    'doc:driving_licence': use(false, 'Đổi giấy phép lái xe'),
    'doc:vehicle_registration': use(false, 'Đăng ký xe'),
    'doc:health_insurance': use(false, 'Hưởng bảo hiểm'),
    'doc:social_insurance': use(false, 'Hưởng bảo hiểm xã hội'),
    'doc:health_record': use(false, 'Khám sức khỏe lái xe'),
    'doc:passport': use(false, 'Xác nhận hộ chiếu'),
    'doc:residence_card': use(false, 'Xác nhận thẻ tạm trú'),
  },
  acr_floor: 1,
  id_token_signed_response_alg: 'ES256',
  refresh_tokens: true,
  registered_at: '2026-11-01T00:00:00.000Z',
} as const satisfies Omit<RelyingParty, 'authentication'>;

export interface TestRelyingParty {
  readonly config: client.Configuration;
  readonly redirectUri: string;
  readonly clientId: string;
  /** For `client_secret_basic`. */
  readonly secret?: string;
  readonly privateKey?: CryptoKey;
}

type Change = Partial<Omit<RelyingParty, 'authentication'>> & { readonly secretBasic?: boolean };

interface Credentials {
  readonly authentication: RelyingParty['authentication'];
  readonly clientAuth: client.ClientAuth;
  readonly known: Pick<TestRelyingParty, 'secret' | 'privateKey'>;
}

/** Registers a relying party like `portal`, changed as given, and opens a real client for it. */
export async function register(provider: TestProvider, change: Change = {}): Promise<TestRelyingParty> {
  const { secretBasic, ...fields } = change;
  const credentials = secretBasic ? secretCredentials() : await keyCredentials();
  const relyingParty: RelyingParty = {
    ...structuredClone(portal),
    ...fields,
    authentication: credentials.authentication,
  };
  const outcome = await provider.services.registry.add(relyingParty);
  if (outcome !== 'added') throw new Error(`the relying party was not added: ${outcome}`);
  const config = await client.discovery(
    new URL(provider.issuer),
    relyingParty.client_id,
    {
      id_token_signed_response_alg: relyingParty.id_token_signed_response_alg,
      ...(relyingParty.userinfo_signed_response_alg
        ? { userinfo_signed_response_alg: relyingParty.userinfo_signed_response_alg }
        : {}),
    },
    credentials.clientAuth,
    {
      execute: [client.allowInsecureRequests],
      ...(provider.address === provider.issuer ? {} : { [client.customFetch]: throughProxy(provider) }),
    },
  );
  return {
    config,
    redirectUri: relyingParty.redirect_uris[0] ?? '',
    clientId: relyingParty.client_id,
    ...credentials.known,
  };
}

/** Where the issuer is not the address that listens: through the stand-in for a proxy of test/support/tls-proxy.ts. */
const throughProxy =
  ({ address, issuer }: TestProvider): client.CustomFetch =>
  (url, options) =>
    fetch(url.replace(issuer, address), options as RequestInit);

function secretCredentials(): Credentials {
  const secret = generateClientSecret();
  return {
    authentication: { method: 'client_secret_basic', secret_hash: hashClientSecret(secret) },
    clientAuth: client.ClientSecretBasic(secret),
    known: { secret },
  };
}

async function keyCredentials(): Promise<Credentials> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'portal-key', alg: 'ES256', use: 'sig' };
  return {
    authentication: { method: 'private_key_jwt', jwks: { keys: [jwk] }, signing_alg: 'ES256' },
    clientAuth: client.PrivateKeyJwt({ key: privateKey, kid: 'portal-key' }),
    known: { privateKey },
  };
}

/** One authorization request under way: its address, and what the relying party remembers of it. */
export interface Started {
  readonly url: URL;
  readonly relyingParty: TestRelyingParty;
  readonly checks: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string };
}

/** Starts a sign-in as a careful relying party does: PKCE, state and nonce. */
export async function start(
  relyingParty: TestRelyingParty,
  parameters: Record<string, string> = {},
): Promise<Started> {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(relyingParty.config, {
    redirect_uri: relyingParty.redirectUri,
    scope: 'openid profile',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  });
  return { url, relyingParty, checks: { pkceCodeVerifier, expectedState, expectedNonce } };
}

/** Redeems the code in a callback address; every check of the client library is on. */
export const redeem = ({ relyingParty, checks }: Started, callback: URL) =>
  client.authorizationCodeGrant(relyingParty.config, callback, { ...checks, idTokenExpected: true });

/** UserInfo for the tokens of a sign-in. */
export const userInfo = (
  { relyingParty }: Started,
  tokens: Awaited<ReturnType<typeof redeem>>,
): Promise<client.UserInfoResponse> =>
  client.fetchUserInfo(relyingParty.config, tokens.access_token, tokens.claims()?.sub ?? '');
