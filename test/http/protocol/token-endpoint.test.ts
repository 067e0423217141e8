import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { basic, obtainCode, obtainTokens, post, send, userInfoOf } from './flow.ts';

describe('the token endpoint', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let grant: Record<string, string>;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
    ({ grant } = await obtainCode(provider, rp, person('level-1')));
  });
  afterAll(() => provider.close());

  const form = (body: string, type = 'application/x-www-form-urlencoded') =>
    send(provider, '/token', { method: 'POST', body, headers: { ...basic(rp), 'Content-Type': type } });

  it.each([
    'password',
    'client_credentials',
    'urn:ietf:params:oauth:grant-type:device_code',
    'urn:openid:params:grant-type:ciba',
    'urn:ietf:params:oauth:grant-type:token-exchange',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    'implicit',
    '__proto__',
    'Authorization_code',
  ])('knows no grant type %s', async (grant_type) => {
    const fields = { grant_type, username: '099', password: 'x', code: grant.code ?? '' };
    const { status, json } = await post(provider, '/token', fields, basic(rp));
    expect(status).toBe(400);
    expect(json.error).toBe('unsupported_grant_type');
  });

  it.each([
    ['JSON', () => JSON.stringify(grant), 'application/json'],
    ['text', () => new URLSearchParams(grant).toString(), 'text/plain'],
    ['several parts', () => '--x\r\n\r\n--x--', 'multipart/form-data; boundary=x'],
  ])('takes no %s', async (_name, body, type) => {
    expect(await form(body(), type)).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });

  it.each([
    ['no grant type', 'code=x'],
    [
      'an operator of a database in a name',
      'grant_type=authorization_code&code[$ne]=&redirect_uri=https://portal.example/cb',
    ],
    ['two codes', 'grant_type=authorization_code&code=a&code=b&redirect_uri=https://portal.example/cb'],
    ['two grant types', 'grant_type=authorization_code&grant_type=refresh_token&code=a'],
    [
      'a key named __proto__',
      'grant_type=authorization_code&__proto__[code]=a&redirect_uri=https://portal.example/cb',
    ],
    ['nothing', ''],
  ])('refuses a body of %s', async (_name, body) => {
    expect(await form(body)).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });

  it('refuses a body of 60 kB, soon', async () => {
    const begun = performance.now();
    const { status, json } = await form(`grant_type=authorization_code&code=${'x'.repeat(60_000)}`);
    expect([400, 413]).toContain(status);
    expect(json.error).toEqual(expect.any(String));
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('survives ten thousand parameters and broken text', async () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `p${index}=1`).join('&');
    expect((await form(`grant_type=authorization_code&${names}`)).status).toBe(400);
    expect((await form('grant_type=%ff%fe&code=%c3%28&%')).status).toBe(400);
  });

  it('tells a fault of the client from one of its own: the code is still good after all of this', async () => {
    const { status, json } = await post(provider, '/token', grant, basic(rp));
    expect(status).toBe(200);
    expect((await userInfoOf(provider, String(json.access_token))).status).toBe(200);
    expect(provider.logged.filter((line) => line.msg === 'protocol fault')).toEqual([]);
  });

  it('gives an ID token that is no access token and an access token that is no refresh token', async () => {
    const { tokens } = await obtainTokens(provider, rp, person('level-1'));
    expect((await userInfoOf(provider, tokens.id_token ?? '')).status).toBe(401);
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.access_token };
    expect(await post(provider, '/token', fields, basic(rp))).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant' },
    });
  });
});
