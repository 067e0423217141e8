import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { basic, obtainCode, obtainTokens, post, silently, userInfoOf } from './flow.ts';

const offline = { scope: 'openid profile offline_access', prompt: 'consent' };

describe('introspection and revocation', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let other: TestRelyingParty;
  const who = person('level-1');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
    other = await register(provider, { client_id: 'cong-khac', secretBasic: true });
  });
  afterAll(() => provider.close());

  const introspect = (token: string, by = rp, more: Record<string, string> = {}) =>
    post(provider, '/introspect', { token, ...more }, basic(by));
  const revoke = (token: string, by = rp) => post(provider, '/revoke', { token }, basic(by));
  const inactive = { status: 200, json: { active: false } };
  const offlineTokens = async (browser = openBrowser(provider)) =>
    (await obtainTokens(provider, rp, who, { browser, parameters: offline })).tokens;

  it("say nothing about another relying party's tokens", async () => {
    const { access_token, refresh_token = '' } = await offlineTokens();
    for (const [token, token_type_hint] of [
      [access_token, 'access_token'],
      [refresh_token, 'refresh_token'],
      [access_token, 'refresh_token'],
    ] as const) {
      const answer = await introspect(token, other, { token_type_hint });
      expect({ status: answer.status, json: answer.json }).toEqual(inactive);
    }
  });

  it("leave another relying party's tokens alone", async () => {
    const { access_token, refresh_token = '' } = await offlineTokens();
    expect((await revoke(access_token, other)).status).toBe(200);
    expect((await revoke(refresh_token, other)).status).toBe(200);
    expect((await userInfoOf(provider, access_token)).status).toBe(200);
    expect((await introspect(refresh_token)).json.active).toBe(true);
  });

  it('know no code, no ID token, no token cut short, and nothing that was never issued', async () => {
    const { grant } = await obtainCode(provider, rp, who);
    const { access_token, id_token = '' } = await offlineTokens();
    for (const token of [grant.code ?? '', access_token.slice(0, -1), `${access_token}A`, 'x', '__proto__']) {
      const answer = await introspect(token);
      expect({ status: answer.status, json: answer.json }).toEqual(inactive);
    }
    expect((await introspect(id_token)).json.active).not.toBe(true);
  });

  it('tell the level and the time of the sign-in behind a token', async () => {
    const begun = Math.floor(Date.now() / 1000) - 1;
    const { tokens } = await obtainTokens(provider, rp, person('officer'), {
      parameters: { scope: 'openid doc:id_card' },
    });
    const { json } = await introspect(tokens.access_token);
    expect(json).toMatchObject({
      active: true,
      acr: '2',
      amr: ['pwd', 'otp', 'mfa'],
      client_id: rp.clientId,
      iss: provider.issuer,
      scope: 'openid doc:id_card',
      sub: tokens.claims()?.sub,
      token_type: 'Bearer',
    });
    expect(json.auth_time).toBeGreaterThanOrEqual(begun);
    expect(JSON.stringify(json)).not.toContain(person('officer').subject.personal_number);
  });

  it('tell of a locked account only that its token opens nothing', async () => {
    const { access_token } = await offlineTokens();
    const { directory } = provider.services;
    const found = await directory.findByNumber(who.subject.personal_number);
    if (found === undefined) throw new Error('nobody has this number');
    const status = { kind: 'locked', cause: 'by_owner', since: new Date().toISOString() } as const;
    await directory.update(found.id, (subject) => ({ ...subject, status }));
    const { json } = await introspect(access_token);
    await directory.update(found.id, () => found.subject);
    expect(json).toEqual({ active: false });
  });

  it('of an access token end it, and neither the sign-in of the browser nor another token', async () => {
    const browser = openBrowser(provider);
    const { tokens } = await obtainTokens(provider, rp, who, { browser });
    const elsewhere = await obtainTokens(provider, other, who, { browser });
    expect((await revoke(tokens.access_token)).status).toBe(200);
    expect((await userInfoOf(provider, tokens.access_token)).status).toBe(401);
    expect((await introspect(tokens.access_token)).json).toEqual({ active: false });
    expect((await userInfoOf(provider, elsewhere.tokens.access_token)).status).toBe(200);
    const { callback } = await silently(browser, rp);
    expect(callback.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('of a refresh token end it with all that came from it, and not the sign-in of the browser', async () => {
    const browser = openBrowser(provider);
    const { access_token, refresh_token = '' } = await offlineTokens(browser);
    expect((await revoke(refresh_token)).status).toBe(200);
    expect((await userInfoOf(provider, access_token)).status).toBe(401);
    const again = await post(provider, '/token', { grant_type: 'refresh_token', refresh_token }, basic(rp));
    expect(again).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    const { callback } = await silently(browser, rp);
    expect(callback.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('answer the revocation of an unknown token like any other (RFC 7009 section 2.2)', async () => {
    expect((await revoke('x')).status).toBe(200);
    expect((await revoke('')).status).toBe(400);
  });
});
