import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser, person } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { basic, obtainCode, obtainTokens, post, userInfoOf } from './flow.ts';

const DAY = 86_400;
const offline = { scope: 'openid profile offline_access', prompt: 'consent' };

describe('a refresh token', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let other: TestRelyingParty;
  const who = person('level-1');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
    other = await register(provider, { client_id: 'cong-khac', secretBasic: true });
  });
  afterEach(() => void vi.useRealTimers());
  afterAll(() => provider.close());

  const refresh = (refresh_token: string | undefined, fields: Record<string, string> = {}, by = rp) =>
    post(
      provider,
      '/token',
      { grant_type: 'refresh_token', refresh_token: refresh_token ?? '', ...fields },
      basic(by),
    );
  const refused = { status: 400, json: { error: 'invalid_grant' } };
  const offlineTokens = async (browser = openBrowser(provider)) =>
    (await obtainTokens(provider, rp, who, { browser, parameters: offline })).tokens;

  it('is not given without offline_access', async () => {
    const { tokens } = await obtainTokens(provider, rp, who);
    expect(tokens.refresh_token).toBeUndefined();
  });

  it('does not widen what was agreed to', async () => {
    const { refresh_token } = await offlineTokens();
    for (const scope of ['openid profile identity', 'openid doc:id_card', 'openid email']) {
      expect(await refresh(refresh_token, { scope })).toMatchObject({
        status: 400,
        json: { error: 'invalid_scope' },
      });
    }
    const narrowed = await refresh(refresh_token, { scope: 'openid' });
    expect(narrowed.json.scope).toBe('openid');
    const info = await userInfoOf(provider, String(narrowed.json.access_token));
    expect(Object.keys(info.json)).not.toContain('name');
  });

  it('is of no use to another relying party', async () => {
    const { refresh_token } = await offlineTokens();
    expect(await refresh(refresh_token, {}, other)).toMatchObject(refused);
  });

  it('is no access token, and cut or lengthened it is nothing', async () => {
    const { refresh_token = '' } = await offlineTokens();
    expect((await userInfoOf(provider, refresh_token)).status).toBe(401);
    expect(await refresh(refresh_token.slice(0, -1))).toMatchObject(refused);
    expect(await refresh(`${refresh_token}A`)).toMatchObject(refused);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it('lives thirty days from its first issue, however often it was used', async () => {
    const { refresh_token } = await offlineTokens();
    advance(15 * DAY);
    const half = await refresh(refresh_token);
    expect(half.status).toBe(200);
    const latest = String(half.json.refresh_token);
    advance(15 * DAY - 60);
    expect((await refresh(latest)).status).toBe(200);
    advance(120);
    expect(await refresh(refresh_token)).toMatchObject(refused);
    expect(await refresh(latest)).toMatchObject(refused);
  });

  it('outlives the session of the browser, for it was asked for', async () => {
    const { refresh_token } = await offlineTokens();
    advance(2 * DAY);
    const { status, json } = await refresh(refresh_token);
    expect(status).toBe(200);
    expect((await userInfoOf(provider, String(json.access_token))).status).toBe(200);
  });

  it('keeps the acr and the time of its own sign-in after a later step-up', async () => {
    const browser = openBrowser(provider);
    const strong = person('all-documents');
    const parameters = { ...offline, scope: 'openid offline_access' };
    const { tokens } = await obtainTokens(provider, rp, strong, { browser, parameters });
    const before = tokens.claims();
    expect(before?.acr).toBe('1');
    await obtainCode(provider, rp, strong, { browser, parameters: { scope: 'openid doc:id_card' } });
    advance(5);
    const { json } = await refresh(tokens.refresh_token);
    const after = decodeJwt(String(json.id_token));
    expect(after).toMatchObject({ acr: '1', amr: ['pwd'], auth_time: before?.auth_time, sub: before?.sub });
    const info = await userInfoOf(provider, String(json.access_token));
    expect(info.json.acr).toBe('1');
    expect(info.json).not.toHaveProperty('id_card');
  });

  it('gives nothing once the account is locked', async () => {
    const { refresh_token } = await offlineTokens();
    const found = await provider.services.directory.findByNumber(who.subject.personal_number);
    const id = found?.id ?? '';
    const since = new Date(Date.now()).toISOString();
    await provider.services.directory.update(id, (subject) => ({
      ...subject,
      status: { kind: 'locked', cause: 'by_owner', since },
    }));
    expect(await refresh(refresh_token)).toMatchObject(refused);
    await provider.services.directory.update(id, (subject) => ({ ...subject, status: { kind: 'active' } }));
  });

  it('gives an ID token without the nonce of another request and with the same subject', async () => {
    const tokens = await offlineTokens();
    const { json } = await refresh(tokens.refresh_token);
    const again = decodeJwt(String(json.id_token));
    expect(again.sub).toBe(tokens.claims()?.sub);
    expect(again.nonce).toBe(tokens.claims()?.nonce);
    expect(again.iss).toBe(provider.issuer);
    expect(again.aud).toBe(rp.clientId);
  });
});
