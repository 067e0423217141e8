import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser, person, signIn, type TestBrowser, typeCode } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, claimsOf, pageOf } from '../../support/visits.ts';

const IDLE = 1800;
const TOTAL = 43_200;
const essential2 = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } }) };

describe('a session', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let second: TestRelyingParty;
  const who = person('all-documents');
  beforeAll(async () => {
    // The browser's session outlasts the windows here, so that what ends is the level and not the session.
    provider = await startProvider({ config: { session: { idle: 90_000, absolute: 90_000 } } });
    rp = await register(provider);
    second = await register(provider, {
      client_id: 'cong-thu-hai',
      redirect_uris: ['https://hai.example/cb'],
    });
    const browser = openBrowser(provider);
    for (const one of [rp, second]) await signIn(browser, (await start(one)).url, who);
  });
  beforeEach(() => advance(31));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const at = async (browser: TestBrowser, parameters: Record<string, string> = {}, portal = rp) =>
    begin(provider, portal, parameters, browser);
  async function signedIn(parameters: Record<string, string> = {}): Promise<TestBrowser> {
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp, parameters)).url, who);
    return browser;
  }

  it('of level 1 is asked for the code alone while the password is fresh', async () => {
    const browser = await signedIn();
    const { visit, started } = await at(browser, essential2);
    expect(pageOf(visit)).toBe('totp');
    expect(await claimsOf(started, await typeCode(browser, visit, who))).toMatchObject({
      acr: '2',
      amr: ['pwd', 'otp', 'mfa'],
    });
  });

  it('of level 1 is asked for the password too once it has gone idle, under a masked name', async () => {
    const browser = await signedIn();
    advance(IDLE + 1);
    const { visit, started } = await at(browser, essential2);
    expect(pageOf(visit)).toBe('password');
    expect(visit.page?.text).toContain('T••• T••• B••• N•••');
    expect(visit.page?.text).not.toContain(who.subject.name);
    const code = await browser.submit(visit, '/password', { password: who.password });
    expect(pageOf(code)).toBe('totp');
    expect(await claimsOf(started, await typeCode(browser, code, who))).toMatchObject({ acr: '2' });
  });

  it('of level 1 stays at level 1 after a step up that was begun and left', async () => {
    const browser = await signedIn();
    const { visit } = await at(browser, essential2);
    expect(answerOf(await browser.submit(visit, '/cancel')).error).toBe('access_denied');
    const next = await at(browser);
    expect(await claimsOf(next.started, next.visit)).toMatchObject({ acr: '1', amr: ['pwd'] });
  });

  it('of level 2 loses it for good when it goes idle, and not a second before', async () => {
    const browser = await signedIn({ acr_values: '2' });
    advance(IDLE);
    const silent = await at(browser, essential2);
    expect(await claimsOf(silent.started, silent.visit)).toMatchObject({ acr: '2' });
    advance(IDLE + 1);
    expect(pageOf((await at(browser, essential2)).visit)).toBe('password');
    const lower = await at(browser);
    expect(await claimsOf(lower.started, lower.visit)).toMatchObject({ acr: '1', amr: ['pwd'] });
    expect(pageOf((await at(browser, essential2)).visit)).toBe('password');
  });

  it('of level 2 loses it after the whole window, however busy it was', async () => {
    const browser = await signedIn({ acr_values: '2' });
    for (let gone = 0; gone + IDLE <= TOTAL; gone += IDLE) {
      const silent = await at(browser, essential2);
      expect(answerOf(silent.visit).code).toBeDefined();
      advance(IDLE);
    }
    advance(1);
    expect(pageOf((await at(browser, essential2)).visit)).toBe('password');
  });

  it('of level 2 passes through to another portal without a page', async () => {
    const browser = await signedIn({ acr_values: '2' });
    const { visit, started } = await at(browser, essential2, second);
    expect(await claimsOf(started, visit)).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
  });

  it('gives each portal the time of the sign-in, not of the request', async () => {
    const browser = await signedIn();
    const signedInAt = Math.floor(Date.now() / 1000);
    advance(600);
    const { visit, started } = await at(browser, {}, second);
    expect((await claimsOf(started, visit)).auth_time).toBe(signedInAt);
  });

  it('has a new identifier after each sign-in and step up, and the old one is nobody’s', async () => {
    const browser = await signedIn();
    const before = sessionCookies(browser);
    const { visit } = await at(browser, essential2);
    await typeCode(browser, visit, who);
    expect(sessionCookies(browser)).not.toEqual(before);
    const thief = openBrowser(provider);
    thief.agent.jar.setCookies(
      before.map((cookie) => `${cookie}; path=/`),
      'localhost',
      '/',
    );
    expect(sessionCookies(thief)).toEqual(before);
    expect(pageOf((await at(thief)).visit)).toBe('password');
  });

  describe.each([
    ['prompt=login', { prompt: 'login' }],
    ['max_age=0', { max_age: '0' }],
    ['a max_age that has passed', { max_age: '20' }],
  ])('under %s', (_, parameters) => {
    it('is asked for the password again, whatever was proved before', async () => {
      const browser = await signedIn({ acr_values: '2' });
      advance(31);
      const { visit, started } = await at(browser, parameters);
      expect(pageOf(visit)).toBe('password');
      const done = await browser.submit(visit, '/password', { password: who.password });
      expect((await claimsOf(started, done)).auth_time).toBe(Math.floor(Date.now() / 1000));
    });

    it('is asked for both factors where level 2 binds', async () => {
      const browser = await signedIn({ acr_values: '2' });
      advance(31);
      const { visit } = await at(browser, { ...parameters, ...essential2 });
      const code = await browser.submit(visit, '/password', { password: who.password });
      expect(pageOf(code)).toBe('totp');
    });
  });

  it.each(['0', '20'])('under max_age=%s and prompt=none is refused with login_required', async (max_age) => {
    const browser = await signedIn();
    advance(31);
    const { visit } = await at(browser, { max_age, prompt: 'none' });
    expect(answerOf(visit).error).toBe('login_required');
  });

  it('is not asked anything under a max_age that has not passed', async () => {
    const browser = await signedIn();
    advance(20);
    expect(pageOf((await at(browser, { max_age: '60' })).visit)).toBe('left');
  });

  it('stays the same person’s when a new sign-in over it is cancelled', async () => {
    const browser = await signedIn();
    const before = await at(browser);
    const { sub, sid } = await claimsOf(before.started, before.visit);
    const { visit } = await at(browser, { prompt: 'login' });
    const other = await browser.submit(visit, '/other-account');
    expect(answerOf(await browser.submit(other, '/cancel')).error).toBe('access_denied');
    const after = await at(browser);
    expect(await claimsOf(after.started, after.visit)).toMatchObject({ sub, ...(sid ? { sid } : {}) });
  });
});

/** Identifier and signature, as a thief would copy them. */
const sessionCookies = ({ agent }: TestBrowser): string[] =>
  agent.jar
    .getCookies({ domain: 'localhost', path: '/', secure: false, script: false })
    .filter(({ name }) => name.startsWith('session'))
    .map(({ name, value }) => `${name}=${value}`)
    .toSorted();
