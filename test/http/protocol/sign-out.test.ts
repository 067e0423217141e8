import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { basic, obtainCode, obtainTokens, post, send, silently, userInfoOf } from './flow.ts';

const BYE = 'https://portal.example/bye';

describe('signing out at the request of a relying party', () => {
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

  const logout = (parameters: Record<string, string>) => `/logout?${new URLSearchParams(parameters)}`;
  const signedIn = async (parameters: Record<string, string> = {}) => {
    const browser = openBrowser(provider);
    const { tokens } = await obtainTokens(provider, rp, who, { browser, parameters });
    return { browser, tokens, hint: tokens.id_token ?? '' };
  };
  /** "login_required" once nobody is signed in. */
  const stateOf = async (browser: TestBrowser) => {
    const { callback } = await silently(browser, rp);
    return callback.searchParams.get('error') ?? 'signed in';
  };
  const confirm = async (
    browser: TestBrowser,
    address: string,
    answer: Record<string, string> = { logout: 'yes' },
  ) => browser.submit(await browser.follow(address), '/logout/confirm', answer);
  const refusedPage = async (browser: TestBrowser, parameters: Record<string, string>) => {
    const { page, left } = await browser.follow(logout(parameters));
    expect(left).toBeUndefined();
    expect(page?.status).toBe(400);
    expect(page?.text).not.toContain('op.logoutForm');
    expect(await stateOf(browser)).toBe('signed in');
  };

  it('with a tampered hint is refused', async () => {
    const { browser, hint } = await signedIn();
    const [header, payload = '', signature] = hint.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, aud: 'cong-khac' })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const text of [
      `${header}.${changed}.${signature}`,
      hint.slice(0, -2),
      `${unsigned}.${payload}.`,
      'x',
      '..',
    ]) {
      await refusedPage(browser, { id_token_hint: text, post_logout_redirect_uri: BYE });
    }
  });

  it.each([
    'https://evil.example/',
    'https://portal.example/bye/',
    'https://portal.example/BYE',
    'https://portal.example/bye#x',
    'https://portal.example/bye?next=https://evil.example',
    'https://portal.example/bye?state=a&state=b',
    'https://portal.example@evil.example/bye?state=x',
    'https://evil.example/?state=https://portal.example/bye',
    'javascript:alert(1)',
    '//portal.example/bye',
  ])('with the address %s, which is not registered, is refused', async (post_logout_redirect_uri) => {
    const { browser, hint } = await signedIn();
    await refusedPage(browser, { id_token_hint: hint, post_logout_redirect_uri });
    await refusedPage(browser, { client_id: rp.clientId, post_logout_redirect_uri });
  });

  it('with a hint for one client and the name of another is refused', async () => {
    const { browser, hint } = await signedIn();
    await refusedPage(browser, { id_token_hint: hint, client_id: other.clientId });
    await refusedPage(browser, { client_id: 'nobody', post_logout_redirect_uri: BYE });
  });

  it('with an address and nothing that says whose it is leads nowhere', async () => {
    const { browser } = await signedIn();
    const { left, page } = await confirm(browser, logout({ post_logout_redirect_uri: BYE, state: 'x' }));
    expect(left).toBeUndefined();
    expect(page?.text).not.toContain('portal.example/bye');
    expect(await stateOf(browser)).toBe('login_required');
  });

  it('by an image on a foreign page leaves the person signed in', async () => {
    const { browser, hint } = await signedIn();
    await browser.get(logout({ id_token_hint: hint, post_logout_redirect_uri: BYE }));
    await browser.get(logout({}));
    expect(await stateOf(browser)).toBe('signed in');
  });

  it('is not confirmed without the token of the page, nor with one of another browser', async () => {
    const { browser } = await signedIn();
    const foreign = await openBrowser(provider).follow(logout({}));
    const { hidden } = formOf(foreign.page?.text ?? '', '/logout/confirm');
    await browser.follow(logout({}));
    for (const fields of [{}, { xsrf: '' }, { xsrf: 'x' }, hidden]) {
      const answer = await browser.agent
        .post('/logout/confirm')
        .set('Host', new URL(provider.issuer).host)
        .type('form')
        .redirects(0)
        .send({ ...fields, logout: 'yes' });
      expect(answer.status).toBe(400);
    }
    expect((await send(provider, '/logout/confirm')).status).toBeGreaterThanOrEqual(400);
    expect(await stateOf(browser)).toBe('signed in');
  });

  it('ends the sign-in, the tokens of the session and the code not yet redeemed', async () => {
    const { browser, tokens, hint } = await signedIn();
    const { grant } = await obtainCode(provider, other, who, { browser });
    const elsewhere = await obtainTokens(provider, other, who, { browser });
    const { left } = await confirm(browser, logout({ id_token_hint: hint, post_logout_redirect_uri: BYE }));
    expect(left?.href).toBe(BYE);
    expect(await stateOf(browser)).toBe('login_required');
    expect((await userInfoOf(provider, tokens.access_token)).status).toBe(401);
    expect((await userInfoOf(provider, elsewhere.tokens.access_token)).status).toBe(401);
    expect((await post(provider, '/token', grant, basic(other))).json.error).toBe('invalid_grant');
  });

  it('ends what was given for later use, of every relying party of the session', async () => {
    const parameters = { scope: 'openid profile offline_access', prompt: 'consent' };
    const { browser, tokens } = await signedIn(parameters);
    const elsewhere = await obtainTokens(provider, other, who, { browser, parameters });
    await confirm(browser, logout({}));
    for (const [by, given] of [
      [rp, tokens],
      [other, elsewhere.tokens],
    ] as const) {
      const fields = { grant_type: 'refresh_token', refresh_token: given.refresh_token ?? '' };
      expect(await post(provider, '/token', fields, basic(by))).toMatchObject({
        status: 400,
        json: { error: 'invalid_grant' },
      });
      expect((await userInfoOf(provider, given.access_token)).status).toBe(401);
    }
  });

  it('leaves the same person signed in on another device, with what was given there', async () => {
    const here = await signedIn();
    const there = await signedIn({ scope: 'openid profile offline_access', prompt: 'consent' });
    await confirm(here.browser, logout({}));
    expect(await stateOf(there.browser)).toBe('signed in');
    expect((await userInfoOf(provider, there.tokens.access_token)).status).toBe(200);
  });

  it('does not forget what the person agreed to', async () => {
    const { browser } = await signedIn();
    await confirm(browser, logout({}));
    const { callback } = await obtainCode(provider, rp, who, { browser });
    expect(callback.searchParams.get('code')).toEqual(expect.any(String));
    expect(await stateOf(browser)).toBe('signed in');
  });

  it('carries the state back, also one that a client library wrote into the address', async () => {
    const first = await signedIn();
    const asked = logout({ id_token_hint: first.hint, post_logout_redirect_uri: BYE, state: 'a b&c' });
    expect((await confirm(first.browser, asked)).left?.searchParams.get('state')).toBe('a b&c');
    const second = await signedIn();
    const appended = logout({ id_token_hint: second.hint, post_logout_redirect_uri: `${BYE}?state=xyz` });
    expect((await confirm(second.browser, appended)).left?.href).toBe(`${BYE}?state=xyz`);
  });

  it('may be declined: the person stays signed in', async () => {
    const { browser, hint } = await signedIn();
    await confirm(browser, logout({ id_token_hint: hint, post_logout_redirect_uri: BYE }), {});
    expect(await stateOf(browser)).toBe('signed in');
  });

  it('of nobody ends at the registered address as well', async () => {
    const { hint } = await signedIn();
    const stranger = openBrowser(provider);
    const { left } = await confirm(
      stranger,
      logout({ id_token_hint: hint, post_logout_redirect_uri: BYE }),
      {},
    );
    expect(left?.href).toBe(BYE);
  });
});
