import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree, openBrowser, person, signIn, typeCode, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, claimsOf, pageOf } from '../../support/visits.ts';

const HOUR = 3600;

describe('a sign-in on top of another', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  const who = person('all-documents');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  beforeEach(() => advance(31));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  it('does not count a code of before where a fresh sign-in was asked for', async () => {
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp, { acr_values: '2' })).url, who);
    advance(600);
    const again = await begin(provider, rp, { max_age: '0', acr_values: '1' }, browser);
    const signedIn = await browser.submit(again.visit, '/password', { password: who.password });
    expect(await claimsOf(again.started, signedIn)).toMatchObject({ acr: '1', amr: ['pwd'] });
    const papers = await begin(provider, rp, { scope: 'openid doc:id_card', max_age: '30' }, browser);
    expect(pageOf(papers.visit)).toBe('totp');
  });

  it('is no younger for a second factor alone, and no longer', async () => {
    const browser = openBrowser(provider);
    const first = await begin(provider, rp, { scope: 'openid' }, browser);
    await signIn(browser, first.started.url, who);
    const proved = Math.floor(Date.now() / 1000);
    advance(1200);
    const stepUp = await start(rp, { scope: 'openid', acr_values: '2' });
    const claims = await claimsOf(stepUp, { left: await signIn(browser, stepUp.url, who) });
    expect(claims).toMatchObject({ acr: '2' });
    expect(Number(claims.auth_time)).toBeLessThanOrEqual(proved);
    for (let hours = 0.5; hours <= 12; hours += 0.5) {
      advance(HOUR / 2);
      await begin(provider, rp, { scope: 'openid', prompt: 'none' }, browser);
    }
    const late = await begin(provider, rp, { scope: 'openid', prompt: 'none' }, browser);
    expect(answerOf(late.visit).error).toBe('login_required');
  });

  it('counts a code that was given after a sign-in which another tab made meanwhile', async () => {
    const browser = openBrowser(provider);
    const papers = await begin(provider, rp, { scope: 'openid doc:id_card' }, browser);
    const other = await begin(provider, rp, { scope: 'openid' }, browser);
    const waiting = await typePassword(browser, papers.visit, who);
    advance(5);
    await typePassword(browser, other.visit, who);
    const after = await typeCode(browser, waiting, who);
    expect(pageOf(after)).toBe('consent');
  });

  it('offers no wish where no page may be shown', async () => {
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, who);
    const { started, visit } = await begin(provider, rp, { prompt: 'none', acr_values: '2' }, browser);
    expect(await claimsOf(started, visit)).toMatchObject({ acr: '1' });
  });

  it('tells a portal at once that its request contradicts itself', async () => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: '1' } } });
    const { browser, visit } = await begin(provider, rp, { scope: 'openid doc:id_card', claims });
    const proved = await typePassword(browser, visit, who);
    expect(answerOf(proved).error).toBe('unmet_authentication_requirements');
  });

  it('of another tab is not undone by a consent page that waited meanwhile', async () => {
    const browser = openBrowser(provider);
    const first = await begin(provider, await register(provider, { client_id: 'cong-cho' }), {}, browser);
    const waiting = await typePassword(browser, first.visit, who);
    expect(pageOf(waiting)).toBe('consent');
    advance(600);
    await signIn(browser, (await start(rp, { prompt: 'login', acr_values: '2' })).url, who);
    const proved = Math.floor(Date.now() / 1000);
    await agree(browser, waiting);
    const now = await begin(provider, rp, { prompt: 'none', acr_values: '2' }, browser);
    const claims = await claimsOf(now.started, now.visit);
    expect(claims).toMatchObject({ acr: '2' });
    expect(Number(claims.auth_time)).toBeGreaterThan(proved - 60);
  });

  it('cannot be finished in another browser', async () => {
    const attacker = openBrowser(provider);
    const { visit } = await begin(provider, rp, { scope: 'openid' }, attacker);
    const uid = visit.page?.request.url.split('/').at(-1) ?? '';
    const form = await attacker.post(visit, '/password', {
      personal_number: who.subject.personal_number,
      password: who.password,
    });
    const resume = form.headers.location ?? '';
    expect(resume).toContain(`/authorize/${uid}`);
    const jar = attacker.agent.jar.getCookies({
      domain: 'localhost',
      path: `/authorize/${uid}`,
      secure: false,
      script: false,
    });
    const planted = jar
      .filter(({ name }) => name.startsWith('resume'))
      .map(({ name, value }) => `${name}=${value}`);
    expect(planted).toHaveLength(2);
    const victim = openBrowser(provider);
    await victim.get('/');
    const lured = await victim.agent
      .get(new URL(resume, provider.issuer).pathname)
      .set('Cookie', planted.join('; '))
      .set('Accept', 'text/html')
      .redirects(0);
    expect(lured.status).toBe(400);
    expect(lured.headers.location).toBeUndefined();
    // The library goes by its cookie alone, whatever the address names.
    const renamed = await victim.agent
      .get('/authorize/x')
      .set('Cookie', planted.join('; '))
      .set('Accept', 'text/html')
      .redirects(0);
    expect(renamed.status).toBe(400);
    expect(renamed.headers.location).toBeUndefined();
  });
});
