import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser, person } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { basic, type Fields, obtainCode, post, send, silently, userInfoOf } from './flow.ts';

const offline = { scope: 'openid profile offline_access', prompt: 'consent' };

describe('the redemption of a code', () => {
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

  const token = (fields: Fields, by = rp) => post(provider, '/token', fields, basic(by));
  const refused = { status: 400, json: { error: 'invalid_grant' } };

  it('by eight requests at once succeeds once, and what that one got is dead', async () => {
    const { grant } = await obtainCode(provider, rp, who, { parameters: offline });
    const answers = await Promise.all(Array.from({ length: 8 }, () => token(grant)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400, 400, 400, 400, 400]);
    expect(new Set(answers.flatMap(({ json }) => json.error ?? []))).toEqual(new Set(['invalid_grant']));
    const won = answers.find(({ status }) => status === 200)?.json ?? {};
    expect((await userInfoOf(provider, String(won.access_token))).status).toBe(401);
    expect(
      await token({ grant_type: 'refresh_token', refresh_token: String(won.refresh_token) }),
    ).toMatchObject(refused);
  });

  it('a second time, thirty seconds later, fails and ends what the first one got', async () => {
    const { grant } = await obtainCode(provider, rp, who, { parameters: offline });
    const first = await token(grant);
    const access = String(first.json.access_token);
    expect((await userInfoOf(provider, access)).status).toBe(200);
    advance(30);
    expect(await token(grant)).toMatchObject(refused);
    expect((await userInfoOf(provider, access)).status).toBe(401);
    expect(
      await token({ grant_type: 'refresh_token', refresh_token: String(first.json.refresh_token) }),
    ).toMatchObject(refused);
  });

  it('a second time leaves the person signed in', async () => {
    const browser = openBrowser(provider);
    const { grant } = await obtainCode(provider, rp, who, { browser });
    await token(grant);
    await token(grant);
    const { callback } = await silently(browser, rp);
    expect(callback.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('by another relying party fails, and its owner still redeems it', async () => {
    const { grant } = await obtainCode(provider, rp, who);
    expect(await token(grant, other)).toMatchObject(refused);
    expect((await token(grant)).status).toBe(200);
  });

  it.each([
    ['without the verifier', { code_verifier: '' }],
    ['with another verifier', { code_verifier: 'x'.repeat(43) }],
    ['with the challenge as the verifier', undefined],
    ['with another redirect address', { redirect_uri: 'https://portal.example/cb/' }],
    ['with another registered-looking redirect address', { redirect_uri: 'https://PORTAL.example/cb' }],
  ])('%s fails, and does not use up the code', async (_name, changes) => {
    const { grant, started } = await obtainCode(provider, rp, who);
    const challenge = { code_verifier: started.url.searchParams.get('code_challenge') ?? '' };
    const { status, json } = await token({ ...grant, ...(changes ?? challenge) });
    expect(status).toBe(400);
    expect(json.error).toMatch(/^invalid_(grant|request)$/);
    expect((await token(grant)).status).toBe(200);
  });

  it('without a redirect address fails', async () => {
    const { grant } = await obtainCode(provider, rp, who);
    const { redirect_uri: _, ...rest } = grant;
    expect(await token(rest)).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });

  it('after 61 seconds fails', async () => {
    const { grant } = await obtainCode(provider, rp, who);
    advance(61);
    expect(await token(grant)).toMatchObject(refused);
  });

  it('within its minute succeeds', async () => {
    const { grant } = await obtainCode(provider, rp, who);
    advance(55);
    expect((await token(grant)).status).toBe(200);
  });

  it.each([
    ['with its last character cut off', (code: string) => code.slice(0, -1)],
    ['with a character more', (code: string) => `${code}A`],
    [
      'with its first character changed',
      (code: string) => `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`,
    ],
    ['with a space', (code: string) => `${code} `],
    ['with a zero byte', (code: string) => `${code}\0`],
    ['as an object of another kind', (code: string) => `codes/${code}`],
    ['that is empty', () => ''],
  ])('%s fails', async (_name, change) => {
    const { grant } = await obtainCode(provider, rp, who);
    const { status, json } = await token({ ...grant, code: change(grant.code ?? '') });
    expect(status).toBe(400);
    expect(json.error).toMatch(/^invalid_(grant|request)$/);
  });

  it('fails for what was made for another use: an access token, a session, a page of a sign-in', async () => {
    const browser = openBrowser(provider);
    const { grant } = await obtainCode(provider, rp, who, { browser });
    const { json } = await token(grant);
    const [session = ''] = (await browser.get('/authorize?client_id=cong-so-mau')).get('Set-Cookie') ?? [];
    const sessionId = /session=([^;]+)/.exec(session)?.[1] ?? '';
    expect(sessionId).not.toBe('');
    for (const value of [String(json.access_token), sessionId]) {
      expect(await token({ ...grant, code: value })).toMatchObject(refused);
    }
  });

  it('ends with the session it was given in', async () => {
    const browser = openBrowser(provider);
    const { grant } = await obtainCode(provider, rp, who, { browser });
    const visit = await browser.follow('/logout');
    await browser.submit(visit, '/logout/confirm', { logout: 'yes' });
    expect(await token(grant)).toMatchObject(refused);
  });

  it('answers what no cache keeps, and nothing beside what was asked', async () => {
    const { grant } = await obtainCode(provider, rp, who, { parameters: { scope: 'openid profile' } });
    const { headers, json } = await token(grant);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]{46}$/),
      id_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'openid profile',
    });
  });

  it('is not offered by GET', async () => {
    const { grant } = await obtainCode(provider, rp, who);
    const answer = await send(provider, `/token?${new URLSearchParams(grant)}`, { headers: basic(rp) });
    expect([404, 405]).toContain(answer.status);
    expect((await token(grant)).status).toBe(200);
  });
});
