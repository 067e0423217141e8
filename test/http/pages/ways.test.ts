import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { formOf, heading, openBrowser, person, signIn, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, pageOf, textOf } from '../../support/visits.ts';

const FORMS = ['password', 'totp', 'level-1', 'other-account', 'too-low', 'consent', 'cancel'];
const essential2 = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } }) };

let provider: TestProvider;
let rp: TestRelyingParty;
let plain: TestRelyingParty;
beforeAll(async () => {
  provider = await startProvider();
  rp = await register(provider);
  plain = await register(provider, {
    client_id: 'cong-don-gian',
    initiate_login_uri: undefined,
    redirect_uris: ['https://plain.example:8443/deep/cb'],
  });
});
afterEach(() => vi.useRealTimers());
afterAll(() => provider.close());

describe('the address of a form', () => {
  it.each(FORMS)('/%s leads, when it is fetched, back to its sign-in', async (form) => {
    const { browser, visit } = await begin(provider, rp);
    const page = formOf(visit.page?.text ?? '', '/password').action.replace(/\/password$/, '');
    const answer = await browser.get(`${page}/${form}`);
    expect(answer).toMatchObject({ status: 303, headers: { location: page } });
    expect(pageOf(await browser.follow(`${page}/${form}`))).toBe('password');
  });

  it('of another name is no page', async () => {
    const { status } = await openBrowser(provider).get('/interaction/x/anything');
    expect(status).toBe(404);
  });

  it('keeps what was typed wrong out of the way: the page after a refusal can be loaded again', async () => {
    const { browser, visit } = await begin(provider, rp);
    const refused = await browser.post(visit, '/password', { personal_number: '1', password: 'x' });
    expect(refused.status).toBe(422);
    expect(pageOf(await browser.follow(refused.request.url))).toBe('password');
  });
});

describe('a page of refusal', () => {
  const referenceOf = (text: string) => /<span class="reference">([^<]+)</.exec(text)?.[1];

  it('gives its reference where the account is locked', async () => {
    const { browser, visit } = await begin(provider, rp);
    const locked = await typePassword(browser, visit, person('sim-changed'));
    expect(locked.page?.status).toBe(403);
    expect(referenceOf(locked.page?.text ?? '')).toBe(locked.page?.headers['x-request-id']);
  });

  it('gives its reference where the level is too low', async () => {
    const { browser, visit } = await begin(provider, rp, essential2);
    const low = await typePassword(browser, visit, person('level-1'));
    expect(pageOf(low)).toBe('too-low');
    expect(referenceOf(low.page?.text ?? '')).toBe(low.page?.headers['x-request-id']);
  });

  it('gives its reference where there were too many attempts', async () => {
    const { browser, visit } = await begin(provider, rp);
    const wrong = { personal_number: '098096999999', password: 'khong-phai' };
    let answer = await browser.submit(visit, '/password', wrong);
    for (let attempt = 0; attempt < 20 && answer.page?.status === 422; attempt += 1)
      answer = await browser.submit(answer, '/password', wrong);
    expect(answer.page?.status).toBe(429);
    expect(referenceOf(answer.page?.text ?? '')).toBe(answer.page?.headers['x-request-id']);
  });

  it('leads to the front page where no portal is known', async () => {
    const { text } = await openBrowser(provider).get('/nowhere');
    expect(text).toContain(`<a class="button" href="${provider.issuer}/"`);
  });

  it('leads to where the portal wants people to start', async () => {
    const { text } = await openBrowser(provider).get(
      `/authorize?client_id=${rp.clientId}&redirect_uri=https://evil.example/cb`,
    );
    expect(text).toContain('href="https://portal.example/start"');
  });

  it('leads to the front page of a portal that did not say where to start, never to what was asked', async () => {
    const { text } = await openBrowser(provider).get(
      `/authorize?client_id=${plain.clientId}&redirect_uri=https://evil.example/cb`,
    );
    expect(text).toContain('<a class="button" href="https://plain.example:8443/"');
    expect(text).not.toContain('evil.example');
  });

  it('of a form without its token speaks the portal’s language and leads back to it', async () => {
    const { browser, visit } = await begin(provider, plain, { ui_locales: 'en' });
    const { page } = await browser.submit(visit, '/password', { csrf: 'x' });
    expect(page?.status).toBe(403);
    expect(page?.text).toContain('<html lang="en"');
    expect(page?.text).toContain('href="https://plain.example:8443/"');
  });

  it('of a form without its token tells another browser nothing of the sign-in', async () => {
    const { visit } = await begin(provider, plain, { ui_locales: 'en' });
    const { page } = await openBrowser(provider).submit(visit, '/password', { csrf: 'x' });
    expect(page?.status).toBe(403);
    expect(page?.text).toContain('<html lang="vi"');
    expect(page?.text).not.toContain('plain.example');
  });
});

describe('the page of the code', () => {
  const who = person('all-documents');

  it('is the second step after a password, without a way to be somebody else', async () => {
    const { browser, visit } = await begin(provider, rp, essential2);
    const code = await typePassword(browser, visit, who);
    expect(pageOf(code)).toBe('totp');
    expect(textOf(code)).toContain('Bước 2 trên 2');
    expect(code.page?.text).not.toContain('/other-account"');
  });

  it('is the only step in the middle of a session, and somebody else may sign in there', async () => {
    advance(31);
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, who);
    const { visit } = await begin(provider, rp, essential2, browser);
    expect(pageOf(visit)).toBe('totp');
    expect(textOf(visit)).not.toContain('trên 2');
    const blank = await browser.submit(visit, '/other-account');
    expect(pageOf(blank)).toBe('password');
    expect(textOf(blank)).not.toContain(who.subject.name);
  });

  it('is the second step of whoever signs in anew over their own session', async () => {
    advance(93);
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, who);
    const { visit } = await begin(provider, rp, essential2, browser);
    const code = await typePassword(browser, await browser.submit(visit, '/other-account'), who);
    expect(pageOf(code)).toBe('totp');
    expect(textOf(code)).toContain('Bước 2 trên 2');
    expect(code.page?.text).not.toContain('/other-account"');
  });

  it('is the second step again where the session’s person had to give the password anew', async () => {
    advance(62);
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, who);
    const { visit } = await begin(provider, rp, { ...essential2, prompt: 'login' }, browser);
    const code = await browser.submit(visit, '/password', { password: who.password });
    expect(pageOf(code)).toBe('totp');
    expect(textOf(code)).toContain('Bước 2 trên 2');
  });
});

describe('the language of signing out', () => {
  const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

  it('is not taken from a posted request, which a link could not repeat', async () => {
    const { text } = await openBrowser(provider)
      .agent.post('/logout')
      .set('Host', new URL(provider.issuer).host)
      .set('Accept', 'text/html')
      .type('form')
      .send({ client_id: rp.clientId });
    expect(text).toContain('<h1');
    expect(text).not.toContain('class="language"');
  });

  it('is switched by a link that repeats the request letter by letter', async () => {
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, person('level-1'));
    const asked = `client_id=${rp.clientId}&post_logout_redirect_uri=https%3a%2F%2Fportal.example/bye&state=a%20b+c`;
    const page = await browser.get(`/logout?${asked}`);
    const [, link = ''] = /class="language" href="([^"]*)"/.exec(page.text) ?? [];
    expect(link.replaceAll('&amp;', '&')).toBe(`/logout?${asked}&language=en`);
    const switched = await browser.get(link.replaceAll('&amp;', '&'));
    expect(switched).toMatchObject({ status: 303, headers: { location: `/logout?${asked}` } });
    const english = await browser.follow(switched.headers.location ?? '');
    expect(heading(english)).toBe('Sign out?');
    const { left } = await browser.submit(english, '/logout/confirm', { logout: 'yes' });
    expect(left?.href).toBe('https://portal.example/bye?state=a+b+c');
  });

  it('is taken out of the address however it is written there', async () => {
    const browser = openBrowser(provider);
    for (const written of ['language=en', '%6Canguage=en', 'language=e%6E']) {
      const { headers } = await browser.get(`/logout?${written}&client_id=${rp.clientId}`);
      expect(headers.location, written).toBe(`/logout?client_id=${rp.clientId}`);
    }
    const twice = await browser.get('/logout?language=en&language=vi');
    expect(twice.status).toBe(200);
  });

  it('can be switched once the person is signed out', async () => {
    const browser = openBrowser(provider);
    const asked = query({ client_id: rp.clientId });
    const { page } = await browser.follow(`/logout/success?${asked}&language=en`);
    expect(heading({ page } as Parameters<typeof heading>[0])).toBe('You are signed out');
    expect(page?.text).toContain('Sample Department portal');
    expect(page?.text).toContain(`href="/logout/success?${asked}&amp;language=vi"`);
  });
});
