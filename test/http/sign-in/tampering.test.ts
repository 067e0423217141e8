import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree, openBrowser, person, signIn, typeCode, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, claimsOf, pageOf, textOf, withAction } from '../../support/visits.ts';

const essential2 = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } }) };

describe('a sign-in', () => {
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

  it.each(['/level-1', '/consent', '/too-low', '/totp'])(
    'at the password is not brought forward by posting to %s',
    async (action) => {
      const { browser, visit } = await begin(provider, rp, { acr_values: '2' });
      const forged = withAction(visit, '/password', action);
      const next = await browser.submit(forged, action, {
        decision: 'agree',
        scope: 'profile',
        code: '123456',
      });
      expect(pageOf(next)).toBe('password');
    },
  );

  it.each(['/level-1', '/consent', '/too-low'])(
    'that needs the code is not brought forward by posting to %s',
    async (action) => {
      const { browser, visit } = await begin(provider, rp, essential2);
      const code = await typePassword(browser, visit, who);
      const next = await browser.submit(withAction(code, '/totp', action), action, { decision: 'agree' });
      expect(pageOf(next)).toBe('totp');
    },
  );

  it.each(['/password', '/totp', '/level-1', '/other-account', '/too-low'])(
    'at the consent page is not set back by posting to %s',
    async (action) => {
      const { browser, started, visit } = await begin(provider, rp, { prompt: 'consent' });
      const consent = await typePassword(browser, visit, person('mother'));
      expect(pageOf(consent)).toBe('consent');
      const next = await browser.submit(withAction(consent, '/consent', action), action, {
        personal_number: who.subject.personal_number,
        password: who.password,
        code: '000000',
      });
      expect(pageOf(next)).toBe('consent');
      expect(textOf(next)).toContain(person('mother').subject.name);
      expect(await claimsOf(started, await agree(browser, next))).toMatchObject({ acr: '1' });
    },
  );

  it('declined to level 1 cannot be redeemed for more by a later post of the code', async () => {
    const { browser, visit, started } = await begin(provider, rp, { acr_values: '2', prompt: 'consent' });
    const code = await typePassword(browser, visit, person('guardian'));
    const declined = await browser.submit(code, '/level-1');
    expect(pageOf(await typeCode(browser, code, person('guardian')))).toBe('400');
    expect(await claimsOf(started, await agree(browser, declined))).toMatchObject({ acr: '1', amr: ['pwd'] });
  });

  it('that is over answers with a page that leads back to the portal, with a reference', async () => {
    const { browser, visit } = await begin(provider, rp, { scope: 'openid' });
    const consent = await typePassword(browser, visit, who);
    const action = /action="([^"]*)\/password"/.exec(visit.page?.text ?? '')?.[1] ?? '';
    expect(pageOf(pageOf(consent) === 'consent' ? await agree(browser, consent) : consent)).toBe('left');
    for (const back of [await browser.follow(action), await typePassword(browser, visit, who)]) {
      expect(back.page?.status).toBe(400);
      expect(textOf(back)).toContain('Lần đăng nhập này đã kết thúc');
      expect(back.page?.text).toContain('href="https://portal.example/start"');
      expect(textOf(back)).toContain(back.page?.headers['x-request-id']);
    }
  });

  it('that took too long says so in the same way, also where nothing had been entered', async () => {
    const { browser, visit } = await begin(provider, rp);
    advance(1801);
    const late = await typePassword(browser, visit, who);
    expect(late.page?.status).toBe(400);
    expect(late.page?.text).toContain('href="https://portal.example/start"');
  });

  it('gives one code: its result cannot be replayed', async () => {
    const browser = openBrowser(provider);
    const visit = await browser.follow((await start(rp, { prompt: 'consent' })).url);
    const consent = await typePassword(browser, visit, who);
    const answered = await browser.post(consent, '/consent', { decision: 'agree' });
    const resume = answered.headers.location ?? '';
    expect(answerOf(await browser.follow(resume)).code).toBeDefined();
    const replayed = await browser.follow(resume);
    expect(replayed.left).toBeUndefined();
    expect(replayed.page?.status).toBe(400);
    expect(textOf(replayed)).toContain('Lần đăng nhập này đã kết thúc');
  });

  it('of one browser is nothing in another', async () => {
    const victim = await begin(provider, rp);
    const path = /action="([^"]*)\/password"/.exec(victim.visit.page?.text ?? '')?.[1] ?? '';
    const thief = openBrowser(provider);
    const own = await begin(provider, rp, {}, thief);
    const seen = await thief.follow(path);
    expect(seen.page?.status).toBe(400);
    const ownPath = /action="([^"]*)\/password"/.exec(own.visit.page?.text ?? '')?.[1] ?? '';
    const posted = await typePassword(
      thief,
      withAction(own.visit, `${ownPath}/password`, `${path}/password`),
      who,
    );
    expect(posted.page?.status).toBe(400);
    expect(pageOf(await victim.browser.follow(path))).toBe('password');
  });

  it('is not reached by the cookie of another sign-in at its address', async () => {
    const victim = await begin(provider, rp);
    const path = /action="([^"]*)\/password"/.exec(victim.visit.page?.text ?? '')?.[1] ?? '';
    const own = await begin(provider, rp);
    const ownPath = /action="([^"]*)\/password"/.exec(own.visit.page?.text ?? '')?.[1] ?? '';
    const { jar } = own.browser.agent;
    const cookies = jar.getCookies({ domain: 'localhost', path: ownPath, secure: false, script: false });
    const moved = cookies.filter(({ name }) => name.startsWith('interaction'));
    expect(moved).toHaveLength(2);
    jar.setCookies(
      moved.map(({ name, value }) => `${name}=${value}; path=${path}`),
      'localhost',
      path,
    );
    expect((await own.browser.follow(path)).page?.status).toBe(400);
  });

  it('cannot be resumed by another browser that learns the address', async () => {
    const { browser, visit } = await begin(provider, rp, { prompt: 'consent' });
    const consent = await typePassword(browser, visit, who);
    const answered = await browser.post(consent, '/consent', { decision: 'agree' });
    const stolen = await openBrowser(provider).follow(answered.headers.location ?? '');
    expect(stolen.page?.status).toBe(400);
    expect(answerOf(await browser.follow(answered.headers.location ?? '')).code).toBeDefined();
  });

  it('in one tab is not that of another tab: both end as they were begun', async () => {
    const browser = openBrowser(provider);
    const second = await register(provider, { client_id: `cong-${Date.now()}` });
    const one = await begin(provider, rp, { acr_values: '2', prompt: 'consent' }, browser);
    const two = await begin(provider, second, {}, browser);
    const code = await typePassword(browser, one.visit, who);
    const consentTwo = await typePassword(browser, two.visit, who);
    expect(pageOf(consentTwo)).toBe('consent');
    const consentOne = await typeCode(browser, code, who);
    expect(pageOf(consentOne)).toBe('consent');
    expect(await claimsOf(two.started, await agree(browser, consentTwo))).toMatchObject({
      aud: second.clientId,
    });
    expect(await claimsOf(one.started, await agree(browser, consentOne))).toMatchObject({
      acr: '2',
      aud: rp.clientId,
    });
  });

  it('with the password posted twice by two clicks goes on', async () => {
    const { browser, started, visit } = await begin(provider, rp, { scope: 'openid' });
    const fields = { personal_number: who.subject.personal_number, password: who.password };
    const [first, second] = await Promise.all([
      browser.post(visit, '/password', fields),
      browser.post(visit, '/password', fields),
    ]);
    expect([first.status, second.status]).toEqual([303, 303]);
    const next = await browser.follow(second.headers.location ?? '');
    expect(
      await claimsOf(started, pageOf(next) === 'consent' ? await agree(browser, next) : next),
    ).toMatchObject({
      acr: '1',
    });
  });

  it('needs the second factor that stands now, not one that was removed in the middle', async () => {
    const officer = person('officer');
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp, { acr_values: '2' })).url, officer);
    const found = await provider.services.directory.findByNumber(officer.subject.personal_number);
    const { visit } = await begin(provider, rp, { ...essential2, prompt: 'login' }, browser);
    const code = await browser.submit(visit, '/password', { password: officer.password });
    expect(pageOf(code)).toBe('totp');
    await provider.services.credentials.removeTotp(found?.id ?? '');
    const again = await typeCode(browser, code, officer);
    expect(pageOf(again)).toBe('password');
    advance(1);
    const tooLow = await browser.submit(again, '/password', { password: officer.password });
    expect(pageOf(tooLow)).toBe('too-low');
    await provider.services.credentials.setTotp(found?.id ?? '', 'ANOTHERSECRETAAAAAAAAAAAAAAAAAAA');
    expect(pageOf(await typeCode(browser, code, officer))).toBe('password');
  });
});
