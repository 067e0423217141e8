import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  agree,
  heading,
  openBrowser,
  person,
  signIn,
  typeCode,
  typePassword,
  type Visit,
} from '../../support/citizen.ts';
import { faultyStorage } from '../../support/faulty-storage.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { ask, tokenIn } from './wire.ts';

const HTML = { accept: 'text/html' };
const JSON_ = { accept: 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const WORDS = 'Hệ thống tạm thời gián đoạn';

describe('while the storage is away', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let away = false;
  let auditAway = false;
  beforeAll(async () => {
    provider = await startProvider({
      storage: (real) =>
        faultyStorage(
          real,
          ({ collection }) => away || (auditAway && collection === 'audit_events'),
          () => away,
        ),
    });
    rp = await register(provider);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    away = false;
    auditAway = false;
  });
  afterAll(() => provider.close());

  const basic = () => ({ ...FORM, authorization: `Basic ${btoa(`${rp.clientId}:x`)}` });

  it('what needs no storage answers, and readiness says that the rest does not', async () => {
    away = true;
    expect(await ask(provider, '/healthz')).toMatchObject({ status: 200 });
    expect(await ask(provider, '/jwks')).toMatchObject({ status: 200 });
    expect(await ask(provider, '/.well-known/openid-configuration')).toMatchObject({ status: 200 });
    expect(await ask(provider, '/', { headers: HTML })).toMatchObject({ status: 200 });
    const later = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
    expect(await ask(provider, '/readyz')).toMatchObject({ status: 503, text: '{"status":"not ready"}' });
    away = false;
    later.mockReturnValue(performance.now() + 1000);
    expect(await ask(provider, '/readyz')).toMatchObject({ status: 200, text: '{"status":"ready"}' });
  });

  it('every page and page form is a page that says so and when to come back', async () => {
    const { url } = await start(rp);
    const begun = await ask(provider, url.pathname + url.search, { headers: HTML });
    const cookie = (begun.headers['set-cookie'] ?? []).map((one) => one.split(';', 1)[0]).join('; ');
    const path = String(begun.headers.location);
    away = true;
    for (const target of [
      url.pathname + url.search,
      path,
      path.replace('/interaction/', '/authorize/'),
      `/logout?client_id=${rp.clientId}`,
    ]) {
      const answer = await ask(provider, target, { headers: { ...HTML, cookie } });
      expect(answer, target).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
      expect(answer.text).toContain(WORDS);
      expect(answer.text).toContain(String(answer.headers['x-request-id']));
    }
  });

  it.each(['password', 'totp', 'level-1', 'other-account', 'too-low', 'consent', 'cancel'])(
    'the form to /%s is answered so too, and is taken afterwards',
    async (action) => {
      const browser = openBrowser(provider);
      const { url } = await start(rp);
      const visit = await browser.follow(url);
      const at = /action="([^"]*)\/password"/.exec(visit.page?.text ?? '')?.[1] ?? '';
      const post = () =>
        browser.agent
          .post(`${at}/${action}`)
          .set('Host', new URL(provider.issuer).host)
          .set('Accept', 'text/html')
          .set('Origin', provider.issuer)
          .type('form')
          .redirects(0)
          .send({ csrf: tokenIn(visit.page?.text ?? '') });
      away = true;
      const refused = await post();
      expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
      expect(refused.text).toContain(WORDS);
      away = false;
      expect((await post()).status).toBeOneOf([303, 422]);
    },
  );

  it('a sign-out that could not be made is told as such, and can be made afterwards', async () => {
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, person('level-1'));
    const visit = await browser.follow('/logout');
    away = true;
    const refused = await browser.submit(visit, '/logout/confirm', { logout: 'yes' });
    expect(refused.page).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(heading(refused)).toBe(WORDS);
    away = false;
    const done = await browser.submit(visit, '/logout/confirm', { logout: 'yes' });
    expect(done.page?.status).toBe(200);
    const { left } = await browser.follow((await start(rp, { prompt: 'none' })).url);
    expect(left?.searchParams.get('error')).toBe('login_required');
  });

  it('every endpoint for programs is a 503 that can be tried again, and never says that somebody is wrong', async () => {
    const started = await start(rp);
    const callback = await signIn(openBrowser(provider), started.url, person('level-1'));
    const tokens = await redeem(started, callback);
    away = true;
    const asked: [string, Parameters<typeof ask>[2]][] = [
      [
        '/token',
        {
          method: 'POST',
          headers: basic(),
          body: 'grant_type=authorization_code&code=x&redirect_uri=https://portal.example/cb&code_verifier=y',
        },
      ],
      ['/par', { method: 'POST', headers: basic(), body: 'response_type=code' }],
      ['/introspect', { method: 'POST', headers: basic(), body: 'token=x' }],
      ['/revoke', { method: 'POST', headers: basic(), body: 'token=x' }],
      ['/userinfo', { headers: { authorization: `Bearer ${tokens.access_token}` } }],
    ];
    for (const [path, options] of asked) {
      const answer = await ask(provider, path, { ...options, headers: { ...options?.headers, ...JSON_ } });
      expect(answer, path).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
      expect(JSON.parse(answer.text).error, path).toBeOneOf(['server_error', 'temporarily_unavailable']);
      expect(answer.headers).not.toHaveProperty('www-authenticate');
      expect(answer.text).not.toContain('the storage is away');
    }
    away = false;
    expect(await userInfo(started, tokens)).toMatchObject({ sub: tokens.claims()?.sub });
  });

  it('a sign-in stands still and goes on from there when the storage is back', async () => {
    const browser = openBrowser(provider);
    const who = person('mother');
    const started = await start(rp, {
      acr_values: '2',
      claims: '{"id_token":{"acr":{"essential":true,"value":"2"}}}',
    });
    let visit = await browser.follow(started.url);
    const steps = [typePassword, typeCode, agree] as ((
      b: typeof browser,
      v: Visit,
      who: ReturnType<typeof person>,
    ) => Promise<Visit>)[];
    for (const step of steps) {
      away = true;
      const refused = await (step === steps[2] ? agree(browser, visit) : step(browser, visit, who));
      expect(refused.page?.status).toBe(503);
      expect(heading(refused)).toBe(WORDS);
      away = false;
      visit = await (step === steps[2] ? agree(browser, visit) : step(browser, visit, who));
    }
    const tokens = await redeem(started, visit.left ?? new URL('about:blank'));
    expect(tokens.claims()).toMatchObject({ acr: '2' });
  });

  it('nothing is proved, agreed to or handed over that the audit trail cannot record', async () => {
    const browser = openBrowser(provider);
    const who = person('all-documents');
    const started = await start(rp, { scope: 'openid doc:id_card' });
    const first = await browser.follow(started.url);
    auditAway = true;
    expect((await typePassword(browser, first, who)).page?.status).toBe(503);
    auditAway = false;
    expect(await browser.follow(started.url)).toMatchObject({
      page: { text: expect.stringContaining('name="password"') },
    });

    const second = await typePassword(browser, first, who);
    const consent = await typeCode(browser, second, who);
    auditAway = true;
    expect((await agree(browser, consent)).page?.status).toBe(503);
    auditAway = false;
    const { left } = await agree(browser, consent);
    const tokens = await redeem(started, left ?? new URL('about:blank'));
    auditAway = true;
    const refused = await ask(provider, '/userinfo', {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(refused.status).toBe(503);
    expect(refused.text).not.toContain('id_card');
    auditAway = false;
    expect(await userInfo(started, tokens)).toMatchObject({ id_card: [{ status: 'valid' }] });
  });
});
