import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf, openBrowser, person, signIn, type TestBrowser } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { portal, register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { basic, grantOf, obtainCode, obtainTokens, post, silently, userInfoOf } from './flow.ts';

describe('the scope of a request', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let modest: TestRelyingParty;
  const who = person('level-1');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
    const { profile } = portal.scopes;
    modest = await register(provider, {
      client_id: 'cong-khiem-ton',
      scopes: { profile },
      refresh_tokens: false,
      secretBasic: true,
    });
  });
  afterAll(() => provider.close());

  const refusal = async (
    relyingParty: TestRelyingParty,
    scope: string,
    browser: TestBrowser = openBrowser(provider),
  ) => {
    const { left } = await browser.follow((await start(relyingParty, { scope })).url);
    expect(left?.searchParams.get('iss')).toBe(provider.issuer);
    return left?.searchParams.get('error');
  };

  it.each(['identity', 'email', 'doc:id_card', 'profile doc:health_record', 'email profile'])(
    'that the relying party is not registered for (%s) is refused',
    async (scope) => {
      expect(await refusal(modest, `openid ${scope}`)).toBe('invalid_scope');
    },
  );

  it('that the relying party is not registered for is refused also after a person agreed to the rest', async () => {
    const browser = openBrowser(provider);
    await obtainCode(provider, modest, who, { browser });
    expect(await refusal(modest, 'openid profile identity', browser)).toBe('invalid_scope');
  });

  it.each(['openid "profile"', 'openid pro\\file', 'openid hồ-sơ'])(
    'with characters that no scope has (%s) is refused',
    async (scope) => {
      expect(await refusal(rp, scope)).toBe('invalid_scope');
    },
  );

  it('offline_access is not granted to a relying party that may not refresh', async () => {
    const { tokens } = await obtainTokens(provider, modest, who, {
      parameters: { scope: 'openid profile offline_access', prompt: 'consent' },
    });
    expect(tokens.scope).toBe('openid profile');
    expect(tokens.refresh_token).toBeUndefined();
  });

  it('offline_access without prompt=consent is left out', async () => {
    const { tokens } = await obtainTokens(provider, rp, who, {
      parameters: { scope: 'openid profile offline_access' },
    });
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.scope).not.toContain('offline_access');
  });

  it('offline_access with prompt=consent asks the person even where all was agreed to, and gives a refresh token', async () => {
    const browser = openBrowser(provider);
    await obtainCode(provider, rp, who, { browser });
    const parameters = { scope: 'openid profile offline_access', prompt: 'consent' };
    const { page } = await browser.follow((await start(rp, parameters)).url);
    expect(formOf(page?.text ?? '', '/consent').action).toContain('/interaction/');
    const { tokens } = await obtainTokens(provider, rp, who, { browser, parameters });
    expect(tokens.refresh_token).toEqual(expect.any(String));
  });

  it('without openid is refused with parameters of OpenID', async () => {
    expect(await refusal(rp, 'profile')).toBe('invalid_request');
  });

  it('without openid gives no ID token and opens no UserInfo', async () => {
    const started = await start(rp, { scope: 'profile' });
    started.url.searchParams.delete('nonce');
    const callback = await signIn(openBrowser(provider), started.url, who);
    const { status, json } = await post(provider, '/token', grantOf(started, callback), basic(rp));
    expect(status).toBe(200);
    expect(json).not.toHaveProperty('id_token');
    const info = await userInfoOf(provider, String(json.access_token));
    expect(info.status).toBe(403);
    expect(info.text).not.toContain(who.subject.name);
  });

  it('that nobody knows is ignored', async () => {
    const { tokens } = await obtainTokens(provider, rp, who, {
      parameters: { scope: 'openid profile doc:unicorn admin' },
    });
    expect(tokens.scope).toBe('openid profile');
  });

  it('may be asked for in silence once it was agreed to, and no more than that', async () => {
    const browser = openBrowser(provider);
    await obtainCode(provider, rp, who, { browser, parameters: { scope: 'openid profile identity' } });
    const same = await silently(browser, rp, { scope: 'openid identity' });
    expect(same.callback.searchParams.get('code')).toEqual(expect.any(String));
    const more = await silently(browser, rp, { scope: 'openid address' });
    expect(more.callback.searchParams.get('error')).toBe('consent_required');
  });
});
