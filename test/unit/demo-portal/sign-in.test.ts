import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../src/clock/clock.ts';
import { begin, type Fixture, ORIGIN, openPortal, problemOf, signIn } from './portal-fixture.ts';

let portal: Fixture;
beforeEach(async () => {
  portal = await openPortal();
});
afterEach(() => portal.provider.close());

const levelTwo = {
  idToken: { acr: '2', amr: ['pwd', 'otp', 'mfa'] },
  userInfo: { name: 'Trần Thị Bích Ngọc' },
};

describe('an answer that belongs to nobody', () => {
  it('is refused when this browser began nothing', async () => {
    const url = await begin(portal.browser());
    const response = await portal.browser().get(portal.provider.grant(url));
    expect(problemOf(response)).toBe('attempt_unknown');
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  it('is refused in another browser and stays good for the one that began', async () => {
    const [owner, other] = [portal.browser(), portal.browser()];
    const path = portal.provider.grant(await begin(owner), levelTwo);
    await begin(other);
    expect(problemOf(await other.get(path))).toBe('attempt_unknown');
    expect((await owner.get(path)).headers.location).toBe('/ho-so');
  });

  it.each([
    '/callback',
    '/callback?code=x',
    '/callback?code=x&state=guessed',
    '/callback?state=a&state=b&code=x',
  ])('is refused without a known state: %s', async (path) => {
    const browser = portal.browser();
    await begin(browser);
    expect(problemOf(await browser.get(path))).toBe('attempt_unknown');
  });

  it('is refused the second time, and the session of the first time stays', async () => {
    const browser = portal.browser();
    const path = portal.provider.grant(await begin(browser), levelTwo);
    await browser.get(path);
    expect(problemOf(await browser.get(path))).toBe('attempt_unknown');
    expect((await browser.get('/ho-so')).text).toContain('Trần Thị Bích Ngọc');
  });

  it('is refused when the attempt has aged', async () => {
    const browser = portal.browser();
    const path = portal.provider.grant(await begin(browser));
    portal.pass(41 * MINUTE);
    expect(problemOf(await browser.get(path))).toBe('attempt_unknown');
  });
});

describe('an answer that does not hold', () => {
  it.each([
    ['another nonce', { idToken: { nonce: 'of somebody else' } }],
    ['another audience', { idToken: { aud: 'cong-khac' } }],
    ['another issuer', { idToken: { iss: 'https://evil.example' } }],
    ['an expired ID token', { idToken: { exp: 1_600_000_000 } }],
    ['a signature by a key that is not published', { foreignKey: true }],
    ['UserInfo of another person', { userInfo: { sub: 'sub-2' } }],
  ])('is dropped: %s', async (_, answer) => {
    const browser = portal.browser();
    expect(problemOf(await signIn(portal, browser, answer))).toBe('answer_invalid');
    expect((await browser.get('/ho-so')).status).toBe(303);
  });

  it('is dropped when an error names another issuer', async () => {
    const browser = portal.browser();
    const url = await begin(browser);
    const path = portal.provider.refuse(url, 'access_denied', { iss: 'https://evil.example' });
    expect(problemOf(await browser.get(path))).toBe('answer_invalid');
  });

  it('is dropped when the code is not the one granted', async () => {
    const browser = portal.browser();
    const path = portal.provider.grant(await begin(browser)).replace(/code=[^&]+/, 'code=stolen');
    expect(problemOf(await browser.get(path))).toBe('answer_invalid');
  });
});

describe('the level', () => {
  it.each(['1.099103', '1.099104', '1.099105', '1.099106'])('1 is not enough for %s', async (code) => {
    const browser = portal.browser();
    const response = await signIn(portal, browser, {}, `/dang-nhap?thu-tuc=${code}`);
    expect(problemOf(response)).toBe('level_too_low');
    expect((await browser.get('/ho-so')).status).toBe(303);
  });

  it('is never read from words that only look like 2', async () => {
    const answer = { idToken: { acr: '2.5' } };
    const response = await signIn(portal, portal.browser(), answer, '/dang-nhap?thu-tuc=1.099103');
    expect(problemOf(response)).toBe('level_too_low');
  });

  it('1 is enough where 2 is a wish, and the page says so', async () => {
    const browser = portal.browser();
    await signIn(portal, browser, {}, '/dang-nhap?thu-tuc=1.099102');
    expect((await browser.get('/ho-so')).text).toContain('Bạn tiếp tục ở mức độ 1');
  });
});

describe('an error of the provider', () => {
  it.each([
    ['access_denied', 'access_denied', 403],
    ['unmet_authentication_requirements', 'unmet_authentication_requirements', 403],
    ['login_required', 'login_required', 403],
    ['interaction_required', 'interaction_required', 403],
    ['account_selection_required', 'interaction_required', 403],
    ['consent_required', 'consent_required', 403],
    ['temporarily_unavailable', 'temporarily_unavailable', 503],
    ['invalid_scope', 'provider_error', 502],
    ['toString', 'provider_error', 502],
  ])('%s is explained as %s, with a way to try the same procedure again', async (error, told, status) => {
    const browser = portal.browser();
    const url = await begin(browser, '/dang-nhap?thu-tuc=1.099104');
    const answer = await browser.get(portal.provider.refuse(url, error));
    expect(problemOf(answer)).toBe(told);
    const page = await browser.get(answer.headers.location ?? '');
    expect(page.status).toBe(status);
    expect(page.text).toContain('href="/dang-nhap?thu-tuc=1.099104"');
  });
});

describe('a sign-in', () => {
  it('asks with code, S256, state and nonce, anew each time', async () => {
    const browser = portal.browser();
    const [first, second] = [new URL(await begin(browser)), new URL(await begin(browser))];
    const parameters = Object.fromEntries(first.searchParams);
    expect(parameters).toMatchObject({
      client_id: 'cong-mau',
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${ORIGIN}/callback`,
      scope: 'openid profile identity',
      ui_locales: 'vi',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
      expect(second.searchParams.get(name)).not.toBe(first.searchParams.get(name));
    }
  });

  it('works in two tabs at once', async () => {
    const browser = portal.browser();
    const [first, second] = [await begin(browser), await begin(browser)];
    expect((await browser.get(portal.provider.grant(second, levelTwo))).headers.location).toBe('/ho-so');
    expect((await browser.get(portal.provider.grant(first, levelTwo))).headers.location).toBe('/ho-so');
  });

  it('gets a session with a new name, known to no script', async () => {
    const browser = portal.browser();
    const cookieOf = (response: Awaited<ReturnType<typeof signIn>>) =>
      String(response.headers['set-cookie']).match(/cong-mau_session=[^,]*/)?.[0];
    const first = cookieOf(await signIn(portal, browser));
    const second = cookieOf(await signIn(portal, browser));
    expect(first).toMatch(/^cong-mau_session=[\w-]{43}; path=\/; samesite=lax; httponly$/);
    expect(second).not.toBe(first);
  });

  it('ends its old session: the replaced cookie opens nothing', async () => {
    const browser = portal.browser();
    const first = String((await signIn(portal, browser)).headers['set-cookie']).split(';')[0] ?? '';
    await signIn(portal, browser);
    const stale = await portal.browser().get('/ho-so').set('Cookie', first);
    expect(stale.status).toBe(303);
  });

  it('lasts half an hour', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    portal.pass(29 * MINUTE);
    expect((await browser.get('/ho-so')).status).toBe(200);
    portal.pass(2 * MINUTE);
    expect((await browser.get('/ho-so')).headers.location).toBe('/dang-nhap');
  });

  it('leaves no secret and no person in the log', async () => {
    const browser = portal.browser();
    const url = await begin(browser);
    const path = portal.provider.grant(url, levelTwo);
    await browser.get(path);
    await signIn(portal, browser, { foreignKey: true });
    await browser.post('/dang-xuat');
    const log = portal.logged.join('\n');
    expect(portal.logged.length).toBeGreaterThanOrEqual(3);
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(log).not.toContain(new URL(url).searchParams.get(name));
    expect(log).not.toContain(new URL(path, ORIGIN).searchParams.get('code'));
    expect(log).not.toMatch(/eyJ|Trần|sub-1/);
  });
});
