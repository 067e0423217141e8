import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heading, openBrowser, person, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { textOf } from '../../support/visits.ts';
import { post, send, silently } from '../protocol/flow.ts';
import { enter, ledTo, signedIn } from './console.ts';

const PAGES = [
  '/account',
  '/account/wallet',
  '/account/wallet/open',
  '/account/wallet/id_card',
  '/account/notices',
  '/account/profile',
  '/account/activity',
  '/account/activity.csv',
  '/account/activity.json',
  '/account/portals',
  '/account/portals/cong-so-mau',
  '/account/portals/cong-so-mau/withdraw',
];

describe('the account', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const stateOf = (address: string) => new URL(address, provider.issuer).searchParams.get('state') ?? '';

  it.each(PAGES)('shows nothing of %s to who is not signed in', async (path) => {
    const answer = await openBrowser(provider).get(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toMatch(/^\/authorize\?client_id=_account&/);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('shows the page that was asked for after the sign-in, its choices included', async () => {
    const visit = await enter(openBrowser(provider), '/account/activity?kind=consent', person('level-1'));
    expect(heading(visit)).toBe('Hoạt động');
    expect(visit.page?.text).toMatch(/href="\/account\/activity\?kind=consent"[^>]*aria-current="true"/);
  });

  it('opens without a question for who is signed in to a portal, and asks for no consent', async () => {
    const browser = await signedIn(provider, person('level-1'));
    expect((await silently(browser, rp)).callback.searchParams.get('error')).toBe('consent_required');
    expect(heading(await browser.follow('/account'))).toBe('Trang chủ');
  });

  it('is kept by nobody and framed by nobody', async () => {
    const browser = await signedIn(provider, person('level-1'));
    const { headers } = await browser.get('/account/profile');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('asks who is there again, once the account is locked', async () => {
    const who = person('guardian');
    const browser = await signedIn(provider, who);
    const found = await provider.services.directory.findByNumber(who.subject.personal_number);
    await provider.services.directory.update(found?.id ?? '', (subject) => ({
      ...subject,
      status: { kind: 'locked', cause: 'reported', since: '2026-11-01T00:00:00.000Z' },
    }));
    const visit = await browser.follow('/account');
    expect(heading(visit)).toBe('Đăng nhập');
    expect(heading(await typePassword(browser, visit, who))).toBe('Tài khoản đang bị khóa');
  });

  describe('on the way back from a sign-in', () => {
    it.each([
      'https://evil.example/',
      '//evil.example/account',
      '/account',
      '/account/../evil',
      '',
      'a.b',
      'a.b.c',
    ])('goes nowhere that "%s" says', async (state) => {
      const browser = await signedIn(provider, person('level-1'));
      expect(await ledTo(browser, `/account/return?code=x&state=${encodeURIComponent(state)}`)).toBe(
        '/account',
      );
    });

    it('takes no state that another browser was given', async () => {
      const [mine, theirs] = [await signedIn(provider, person('level-1')), openBrowser(provider)];
      const state = stateOf(await ledTo(theirs, '/account/profile'));
      expect(await ledTo(mine, `/account/return?code=x&state=${state}`)).toBe('/account');
      expect(await ledTo(theirs, `/account/return?code=x&state=${state}`)).toBe('/account/profile');
    });

    it('takes no state of a sign-in that took too long, or that was altered', async () => {
      const browser = openBrowser(provider);
      const state = stateOf(await ledTo(browser, '/account/profile'));
      const [payload = '', signature = ''] = state.split('.');
      const other = Buffer.from(`${Date.now() + 1e6} /account/portals`).toString('base64url');
      expect(await ledTo(browser, `/account/return?state=${other}.${signature}`)).toBe('/');
      expect(await ledTo(browser, `/account/return?state=${payload}.`)).toBe('/');
      expect(await ledTo(browser, `/account/return?state=${state}&state=${state}`)).toBe('/');
      advance(1_801);
      expect(await ledTo(browser, `/account/return?state=${state}`)).toBe('/');
    });

    it('leads to the front page after a sign-in that was cancelled, and not round again', async () => {
      const browser = openBrowser(provider);
      const visit = await browser.follow('/account');
      expect(heading(await browser.submit(visit, '/cancel'))).toBe('Đăng nhập một lần cho dịch vụ công');
    });
  });

  describe('as a relying party', () => {
    const request = {
      client_id: '_account',
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    };
    const authorize = (fields: Record<string, string>) =>
      `/authorize?${new URLSearchParams(fields).toString()}`;

    it('is sent codes at its own address alone', async () => {
      const browser = await signedIn(provider, person('level-1'));
      const elsewhere = { ...request, redirect_uri: 'https://evil.example/cb' };
      expect((await browser.get(authorize(elsewhere))).status).toBe(400);
    });

    it.each([{ prompt: 'consent' }, { prompt: 'login consent' }])(
      'asks for no consent, whoever wants it asked for (%j)',
      async (wanted) => {
        const browser = openBrowser(provider);
        const redirect_uri = `${provider.issuer}/account/return`;
        const first = await browser.follow(authorize({ ...request, ...wanted, redirect_uri, state: 'x' }));
        const after = await typePassword(browser, first, person('level-1'));
        expect(after.page?.text ?? '').not.toContain('/consent"');
      },
    );

    it('is answered in the address alone', async () => {
      const browser = await signedIn(provider, person('level-1'));
      const redirect_uri = `${provider.issuer}/account/return`;
      const answer = await browser.get(authorize({ ...request, redirect_uri, response_mode: 'form_post' }));
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain('name="code"');
    });

    it('redeems no code, whoever has it, and pushes no request', async () => {
      const browser = await signedIn(provider, person('level-1'));
      const redirect_uri = `${provider.issuer}/account/return`;
      const back = await ledTo(browser, authorize({ ...request, redirect_uri, state: 'x' }));
      const code = new URL(back).searchParams.get('code') ?? '';
      expect(code).not.toBe('');
      const grant = {
        grant_type: 'authorization_code',
        code,
        redirect_uri,
        code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      };
      const basic = (secret: string) => ({
        Authorization: `Basic ${Buffer.from(`_account:${secret}`).toString('base64')}`,
      });
      for (const headers of [{}, basic(''), basic('undefined'), basic('x')]) {
        const answer = await post(provider, '/token', { ...grant, client_id: '_account' }, headers);
        expect([400, 401]).toContain(answer.status);
        expect(answer.json).toEqual({
          error: expect.stringMatching(/invalid_(client|request)/),
          error_description: expect.any(String),
        });
      }
      expect((await post(provider, '/par', { ...request, redirect_uri }, basic('x'))).status).toBe(401);
    });

    it('may ask for nothing but who it is', async () => {
      const browser = await signedIn(provider, person('all-documents'));
      const redirect_uri = `${provider.issuer}/account/return`;
      const claims = JSON.stringify({ userinfo: { name: null } });
      for (const more of [{ scope: 'openid doc:id_card' }, { claims }]) {
        const back = new URL(await ledTo(browser, authorize({ ...request, redirect_uri, ...more })));
        expect(back.searchParams.get('error')).toMatch(/^invalid_/);
      }
    });

    it('is neither registered nor registrable', async () => {
      expect((await provider.services.registry.list()).map(({ client_id }) => client_id)).toEqual([
        rp.clientId,
      ]);
      await expect(register(provider, { client_id: '_account' })).rejects.toThrow();
    });
  });

  describe('signing out', () => {
    it('wants a form of ours, in this very browser', async () => {
      const browser = await signedIn(provider, person('level-1'));
      const cookie = { Origin: provider.issuer, 'Content-Type': 'application/x-www-form-urlencoded' };
      expect(
        (await send(provider, '/account/sign-out', { method: 'POST', headers: cookie, body: 'csrf=x' }))
          .status,
      ).toBe(403);
      const visit = await browser.follow('/account');
      const page = Object.assign(Object.create(visit.page ?? {}), {
        text: visit.page?.text.replace(/value="[^"]*"/, 'value="x"'),
      });
      const refused = await browser.submit({ page }, '/sign-out');
      expect(refused.page?.status).toBe(403);
      expect(refused.page?.text).toContain('href="/account"');
      expect(heading(await browser.follow('/account'))).toBe('Trang chủ');
    });

    it('ends the session in this browser and everything that was issued in it', async () => {
      const browser = await signedIn(provider, person('level-1'));
      const visit = await browser.follow('/account');
      expect(heading(await browser.submit(visit, '/sign-out'))).toBe('Bạn đã đăng xuất');
      expect((await silently(browser, rp)).callback.searchParams.get('error')).toBe('login_required');
      expect(heading(await browser.follow('/account'))).toBe('Đăng nhập');
    });
  });

  describe('while it is read', () => {
    it('keeps the session from going idle, but not past its end', async () => {
      const browser = await signedIn(provider, person('level-1'));
      for (let half = 1; half < 24; half += 1) {
        advance(1_790);
        expect((await browser.get('/account/portals')).status).toBe(200);
      }
      advance(2_100);
      expect((await browser.get('/account/portals')).status).toBe(303);
    });

    it('ends for who was away for an hour', async () => {
      const browser = await signedIn(provider, person('level-1'));
      advance(3_620);
      expect((await browser.get('/account/portals')).status).toBe(303);
    });
  });

  it('speaks the language that was chosen, on the same page with the same choices', async () => {
    const browser = await signedIn(provider, person('level-1'));
    const visit = await browser.follow('/account/activity?kind=consent&language=en');
    expect(heading(visit)).toBe('Activity');
    expect(textOf(visit)).toContain('Wallet');
    expect(visit.page?.text).toMatch(/href="\/account\/activity\?kind=consent"[^>]*aria-current="true"/);
  });
});
