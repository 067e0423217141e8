import { hashClientSecret } from '../../../src/relying-party/client-secret.ts';
import type { RelyingParty } from '../../../src/relying-party/relying-party.ts';

/** A registration with nothing wrong in it, but for the changes. */
export const aRelyingParty = (changes: Partial<RelyingParty> = {}): RelyingParty => ({
  client_id: 'cong-mot-cua',
  name: { vi: 'Cổng một cửa' },
  organization: 'Sở Mẫu',
  profile: 'standard',
  redirect_uris: ['https://rp.example/cb'],
  post_logout_redirect_uris: [],
  scopes: { profile: { required: true, purpose: { vi: 'Điền tờ khai' } } },
  acr_floor: 1,
  authentication: { method: 'client_secret_basic', secret_hash: hashClientSecret('a secret of this test') },
  id_token_signed_response_alg: 'ES256',
  refresh_tokens: false,
  registered_at: '2026-11-21T00:00:00.000Z',
  ...changes,
});
