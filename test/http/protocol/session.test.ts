import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { formOf, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import {
  answerTo,
  basic,
  grantOf,
  obtainCode,
  obtainTokens,
  post,
  sessionCookie,
  silently,
  userInfoOf,
} from './flow.ts';

describe('the session of a browser', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let three: TestRelyingParty[];
  const who = person('level-1');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
    const others = ['cong-hai', 'cong-ba'].map((client_id) =>
      register(provider, { client_id, secretBasic: true }),
    );
    three = [rp, ...(await Promise.all(others))];
  });
  afterEach(() => void vi.useRealTimers());
  afterAll(() => provider.close());

  const signedIn = async (key = 'level-1', browser = openBrowser(provider)): Promise<TestBrowser> => {
    await obtainCode(provider, rp, person(key), { browser, parameters: { scope: 'openid profile' } });
    return browser;
  };
  const idOf = (cookie: string) => /session=([^;]+)/.exec(cookie)?.[1] ?? '';
  const signatureOf = (cookie: string) => /session\.sig=([^;]+)/.exec(cookie)?.[1] ?? '';
  const ask = (cookie: string) => answerTo(provider, rp, cookie);

  it('is nobody’s with a signature that is wrong, missing or of another cookie', async () => {
    const cookie = await sessionCookie(await signedIn(), rp);
    const id = idOf(cookie);
    const signature = signatureOf(cookie);
    expect(await ask(cookie)).toBe('code');
    const foreign = signatureOf(await sessionCookie(await signedIn('child-5'), rp));
    for (const other of [
      foreign,
      'x',
      '',
      `${signature}A`,
      signature.slice(0, -1),
      signature.toUpperCase(),
    ]) {
      expect(await ask(`session=${id}; session.sig=${other}`), `signature "${other}"`).toBe('login_required');
    }
    expect(await ask(`session=${id}`)).toBe('login_required');
    expect(await ask(`session=${id}x; session.sig=${signature}`)).toBe('login_required');
  });

  it.each([
    ['4 kB of junk', `session=${'x'.repeat(4096)}; session.sig=${'y'.repeat(27)}`],
    ['an object of a database', 'session[$ne]=1; session={"$gt":""}'],
    ['a name of every object', 'session=__proto__; session.sig=__proto__'],
    ['broken quoting', 'session="; session.sig=";;;==='],
    ['percent signs', 'session=%ff%00; session.sig=%'],
    ['a path', 'session=../../etc/passwd; resume=../x; interaction=../y'],
  ])('of a cookie of %s is nobody’s, and no fault', async (_name, cookie) => {
    expect(await ask(cookie)).toBe('login_required');
  });

  it('named twice is that of the first or nobody’s, and no fault', async () => {
    const cookie = await sessionCookie(await signedIn(), rp);
    expect(['code', 'login_required']).toContain(await ask(`session=x; session=y; ${cookie}`));
    expect(['code', 'login_required']).toContain(await ask(`${cookie}; session=x; session.sig=y`));
  });

  it('that somebody planted before the sign-in is nobody’s afterwards', async () => {
    const attacker = openBrowser(provider);
    const planted = (await attacker.get('/logout')).get('Set-Cookie') ?? [];
    const victim = openBrowser(provider);
    for (const cookie of planted) victim.agent.jar.setCookie(cookie, 'localhost', '/');
    await signedIn('level-1', victim);
    const cookie = planted.map((text) => text.split(';', 1)[0]).join('; ');
    expect(cookie).toMatch(/session=/);
    expect(await ask(cookie)).toBe('login_required');
    expect(idOf(await sessionCookie(victim, rp))).not.toBe(idOf(cookie));
  });

  it('gets a new name at a step-up, and the old one is nobody’s', async () => {
    const browser = await signedIn('all-documents');
    const before = await sessionCookie(browser, rp);
    await obtainCode(provider, rp, person('all-documents'), {
      browser,
      parameters: { scope: 'openid doc:id_card' },
    });
    const after = await sessionCookie(browser, rp);
    expect(idOf(after)).not.toBe(idOf(before));
    expect(await ask(before)).toBe('login_required');
    expect(await ask(after)).toBe('code');
  });

  it('gets a new name when the same person signs in again', async () => {
    const browser = await signedIn();
    const before = await sessionCookie(browser, rp);
    await obtainCode(provider, rp, who, { browser, parameters: { prompt: 'login' } });
    expect(await ask(before)).toBe('login_required');
  });

  it('carries parallel requests of three relying parties: every code is good', async () => {
    await Promise.all(three.map((each) => obtainCode(provider, each, who)));
    const browser = await signedIn();
    const started = await Promise.all(three.map((each) => start(each)));
    const answers = await Promise.all(started.map(({ url }) => browser.get(url)));
    for (const [index, each] of started.entries()) {
      const callback = new URL(answers[index]?.headers.location ?? '');
      const redeemed = await post(provider, '/token', grantOf(each, callback), basic(each.relyingParty));
      expect(redeemed.status).toBe(200);
      expect((await userInfoOf(provider, String(redeemed.json.access_token))).status).toBe(200);
    }
  });

  it('that was ended is not brought back by requests that were under way', async () => {
    for (let round = 0; round < 5; round += 1) {
      const browser = await signedIn();
      const cookie = await sessionCookie(browser, rp);
      const { page } = await browser.follow('/logout');
      const { hidden } = formOf(page?.text ?? '', '/logout/confirm');
      await Promise.all([
        ...three.map((each) => answerTo(provider, each, cookie)),
        post(provider, '/logout/confirm', { ...hidden, logout: 'yes' }, { Cookie: cookie }),
        ...three.map((each) => answerTo(provider, each, cookie)),
      ]);
      expect(await ask(cookie)).toBe('login_required');
    }
  });

  it('is over at once for a person whose account is locked', async () => {
    const browser = await signedIn('child-5');
    const { directory } = provider.services;
    const found = await directory.findByNumber(person('child-5').subject.personal_number);
    const status = { kind: 'locked', cause: 'reported', since: new Date().toISOString() } as const;
    await directory.update(found?.id ?? '', (subject) => ({ ...subject, status }));
    expect((await silently(browser, rp)).callback.searchParams.get('error')).toBe('login_required');
    await directory.update(found?.id ?? '', (subject) => ({ ...subject, status: { kind: 'active' } }));
  });

  it('tells the time of the sign-in, not of the last visit, and asks again when that is too long ago', async () => {
    const browser = openBrowser(provider);
    const first = (await obtainTokens(provider, rp, who, { browser })).tokens.claims();
    advance(120);
    const again = (await obtainTokens(provider, rp, who, { browser })).tokens.claims();
    expect(again?.auth_time).toBe(first?.auth_time);
    expect((await silently(browser, rp, { max_age: '60' })).callback.searchParams.get('error')).toBe(
      'login_required',
    );
    expect((await silently(browser, rp, { max_age: '600' })).callback.searchParams.get('error')).toBeNull();
    const fresh = await obtainTokens(provider, rp, who, { browser, parameters: { max_age: '0' } });
    expect(fresh.tokens.claims()?.auth_time).toBeGreaterThan(Number(first?.auth_time) + 100);
  });

  it('cookie is for the provider alone, out of reach of scripts', async () => {
    const browser = await signedIn();
    const { url } = await start(rp, { prompt: 'none' });
    const written = ((await browser.get(url)).get('Set-Cookie') ?? []).filter((cookie) =>
      cookie.startsWith('session'),
    );
    expect(written).toHaveLength(2);
    for (const cookie of written) {
      expect(cookie).toMatch(/; httponly/i);
      expect(cookie).toMatch(/; samesite=lax/i);
      expect(cookie).toMatch(/; path=\/;/i);
      expect(cookie).not.toMatch(/domain=/i);
    }
  });
});
