import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeProvider } from './fake-provider.ts';
import { begin, type Fixture, ORIGIN, openPortal, problemOf, signIn } from './portal-fixture.ts';

let portal: Fixture;
beforeEach(async () => {
  portal = await openPortal();
});
afterEach(() => portal.provider.close());

describe('signing out', () => {
  it('is refused to a form of another site, and the session stays', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    const answer = await browser.post('/dang-xuat').set('Origin', 'https://evil.example');
    expect(answer.status).toBe(403);
    expect((await browser.get('/ho-so')).status).toBe(200);
  });

  it('is no page to be opened by a link', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    expect((await browser.get('/dang-xuat')).status).toBe(404);
    expect((await browser.get('/ho-so')).status).toBe(200);
  });

  it('without a session leads to the landing page', async () => {
    const answer = await portal.browser().post('/dang-xuat');
    expect(answer.headers.location).toBe('/da-dang-xuat');
  });

  it('ends the session here and hands the provider the ID token', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    const answer = await browser.post('/dang-xuat').set('Origin', ORIGIN);
    const url = new URL(answer.headers.location ?? '');
    expect(answer.status).toBe(303);
    expect(`${url.origin}${url.pathname}`).toBe(`${portal.provider.issuer}/logout`);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${ORIGIN}/da-dang-xuat`);
    expect(decodeJwt(url.searchParams.get('id_token_hint') ?? '').sub).toBe('sub-1');
    expect((await browser.get('/ho-so')).headers.location).toBe('/dang-nhap');
    expect((await browser.get('/da-dang-xuat')).text).toContain('Bạn đã đăng xuất khỏi cổng');
  });
});

describe('the silent check', () => {
  it('tells that there is no session, without ending the one here', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    const url = await begin(browser, '/kiem-tra-phien');
    const answer = await browser.get(portal.provider.refuse(url, 'login_required'));
    expect(problemOf(answer)).toBe('login_required');
    expect((await browser.get('/ho-so')).status).toBe(200);
  });

  it('asks with prompt=none about the person who is signed in', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    const { searchParams } = new URL(await begin(browser, '/kiem-tra-phien'));
    expect(searchParams.get('prompt')).toBe('none');
    expect(decodeJwt(searchParams.get('id_token_hint') ?? '').sub).toBe('sub-1');
  });

  it('says that the session lives', async () => {
    const browser = portal.browser();
    const answer = await signIn(portal, browser, {}, '/kiem-tra-phien');
    expect((await browser.get(answer.headers.location ?? '')).text).toContain('Phiên ở Một Cửa ID vẫn còn');
  });
});

describe('a sign-in begun by another site', () => {
  it.each(['iss=https%3A%2F%2Fevil.example', 'iss='])(
    'is refused for a foreign issuer: %s',
    async (query) => {
      expect(problemOf(await portal.browser().get(`/bat-dau?${query}`))).toBe('foreign_issuer');
    },
  );

  it('begins at once for the own issuer, and passes the hint on', async () => {
    const query = new URLSearchParams({ iss: portal.provider.issuer, login_hint: 'somebody' });
    const { searchParams } = new URL(await begin(portal.browser(), `/bat-dau?${query}`));
    expect(searchParams.get('login_hint')).toBe('somebody');
  });

  it('never follows a target of the other site', async () => {
    const browser = portal.browser();
    const url = await begin(browser, '/bat-dau?target_link_uri=https%3A%2F%2Fevil.example');
    const answer = await browser.get(portal.provider.grant(url));
    expect(answer.headers.location).toBe('/ho-so');
  });
});

describe('a provider that is away', () => {
  it('is told as such, and found when it has come', async () => {
    await portal.provider.close();
    const browser = portal.browser();
    const answer = await browser.get('/dang-nhap?thu-tuc=1.099101');
    expect(problemOf(answer)).toBe('provider_unreachable');
    const page = await browser.get(answer.headers.location ?? '');
    expect(page.status).toBe(503);
    expect(page.text).toContain('href="/dang-nhap?thu-tuc=1.099101"');
    const back = await startFakeProvider([portal.publicJwk], Number(new URL(portal.provider.issuer).port));
    expect(await begin(browser)).toContain(`${back.issuer}/authorize`);
    await back.close();
  });

  it('does not keep anybody signed in here', async () => {
    const browser = portal.browser();
    await signIn(portal, browser);
    await portal.provider.close();
    await browser.post('/dang-xuat');
    expect((await browser.get('/ho-so')).status).toBe(303);
  });
});
