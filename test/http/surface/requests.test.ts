import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start } from '../../support/relying-parties.ts';
import { type Answer, ask, exchange } from './wire.ts';

const HTML = { accept: 'text/html' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const FORM_ACTIONS = ['password', 'totp', 'level-1', 'other-account', 'too-low', 'consent', 'cancel'];

describe('a request', () => {
  let provider: TestProvider;
  let host: string;
  beforeAll(async () => {
    provider = await startProvider({ people: false });
    ({ host } = new URL(provider.issuer));
  });
  afterAll(() => provider.close());

  /** A page that explains, with a reference; nothing of how the server is made. */
  function expectPage({ status, text, headers }: Answer, ...statuses: number[]): void {
    expect(status).toBeOneOf(statuses);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain(`${headers['x-request-id']}`);
    expect(text).not.toMatch(/node_modules|\.ts:\d|Error:|\bat \/|oidc-provider/i);
  }

  it.each(FORM_ACTIONS)('to read the address of the form /%s leads to its sign-in', async (action) => {
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expectPage(await ask(provider, `/interaction/x/${action}`, { method, headers: HTML }), 404, 405);
    for (const path of ['/interaction/x', '/INTERACTION/x', '/interaction/%78']) {
      const answer = await ask(provider, `${path}/${action}`, { headers: HTML });
      expect(answer).toMatchObject({ status: 303, headers: { location: '/interaction/x' } });
    }
    const { headers } = await ask(provider, `/interaction/%2f%2fevil.example/${action}`, { headers: HTML });
    expect(headers.location).toBe('/interaction/%2F%2Fevil.example');
  });

  it.each(['/', '/interaction/x', '/nowhere', '/jwks', '/.well-known/openid-configuration'])(
    'to write to the page %s finds no form there',
    async (path) => {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
        expectPage(
          await ask(provider, path, { method, headers: { ...HTML, ...FORM }, body: 'a=b' }),
          404,
          405,
        );
    },
  );

  it.each(['/token', '/par', '/introspect', '/revoke'])('to read %s finds no page there', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE'])
      expectPage(await ask(provider, path, { method, headers: HTML }), 404, 405);
  });

  it.each([
    '/..%2f',
    '/..%2ftoken',
    '/authorize/..%2fuserinfo',
    '//token',
    '//evil.example/',
    '/token;x',
    '/token/',
    '/Token',
    '/interaction/%00',
    '/interaction/%E0%A4%A',
    '/interaction/%2e%2e%2f%2e%2e',
    `/interaction/${'a'.repeat(8000)}`,
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/src/main.ts',
    '/assets/',
    '/.env',
    '/config/development.yaml',
    '/package.json',
    '/views/error.pug',
    '/metrics',
    '/admin',
    '/dev/',
    '/%',
    '/%ff',
    '/\\evil.example',
    '/interaction/x?pretty=1&self=1&compileDebug=1&cache=0',
  ])('for %s gets a page that says no', async (path) => {
    expectPage(await ask(provider, path, { headers: HTML }), 400, 404);
  });

  it('for a sign-in in other letters is logged without its identifier', async () => {
    await ask(provider, '/INTERACTION/secret-identifier', { headers: HTML });
    await ask(provider, '/interaction//secret-identifier', { headers: HTML });
    expect(JSON.stringify(provider.logged)).not.toContain('secret-identifier');
  });

  it('cannot make the change of language lead away', async () => {
    for (const path of [
      '//evil.example/?language=en',
      '/interaction//evil.example?language=en',
      '/\\evil.example?language=en',
      '/interaction/..//evil.example/?language=en',
    ]) {
      const { headers } = await ask(provider, path, { headers: HTML });
      const location = String(headers.location ?? '/');
      expect(new URL(location, provider.issuer).origin, path).toBe(provider.issuer);
    }
  });

  it('cannot set anything of a page by the names of template settings', async () => {
    const plain = await ask(provider, '/', { headers: HTML });
    const probed = await ask(
      provider,
      '/?pretty=true&self=true&debug=true&filename=/etc/passwd&language[]=en&__proto__[page]=x',
      { headers: HTML },
    );
    const bare = ({ text }: Answer) => text.replace(/nonce="[^"]+"/g, '');
    expect(bare(probed)).toBe(bare(plain));
  });

  it('with markup in what a page repeats shows text', async () => {
    const rp = await register(provider);
    const probe = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
    const { url } = await start(rp, { login_hint: probe, ui_locales: probe, state: probe });
    const begun = await ask(provider, url.pathname + url.search, { headers: HTML });
    const cookie = (begun.headers['set-cookie'] ?? []).map((one) => one.split(';', 1)[0]).join('; ');
    const page = await ask(provider, String(begun.headers.location), { headers: { ...HTML, cookie } });
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).not.toContain('<img src=x');
    for (const path of [
      `/authorize?client_id=${encodeURIComponent(probe)}&error_description=${encodeURIComponent(probe)}`,
      `/${encodeURIComponent(probe)}`,
      `/logout?state=${encodeURIComponent(probe)}&id_token_hint=${encodeURIComponent(probe)}`,
    ]) {
      const { text } = await ask(provider, path, { headers: HTML });
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img src=x');
    }
  });

  it('with a header of 20 kB is refused, and the next one is answered', async () => {
    const answer = await exchange(
      provider,
      `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect((await ask(provider, '/healthz')).status).toBe(200);
  });

  it('with ten thousand parameters is refused or answered, and quickly', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => index.toString(36)).join('&');
    expect(
      await exchange(
        provider,
        `GET /authorize?${many} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      ),
    ).toMatch(/^HTTP\/1\.1 4\d\d /);
    const few = Array.from({ length: 3_000 }, (_, index) => index.toString(36)).join('&');
    expect((await ask(provider, `/authorize?${few}`, { headers: HTML })).status).toBe(400);
    expect((await ask(provider, '/token', { method: 'POST', headers: FORM, body: many })).status).toBe(400);
  });

  it.each([
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a bad chunk', 'Transfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['an unknown encoding last', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'Content-Length : 3\r\n\r\nabc'],
    ['a folded header', 'X: a\r\n b\r\nContent-Length: 1\r\n\r\na'],
    ['a bare line feed', 'X: a\nHost: evil\r\nContent-Length: 1\r\n\r\na'],
  ])('with %s is refused and its connection closed', async (_what, rest) => {
    const smuggled = `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    const answer = await exchange(provider, `POST /token HTTP/1.1\r\nHost: ${host}\r\n${rest}${smuggled}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
  });

  it('with 8 kB of a forwarded scheme is answered as fast as any other', async () => {
    const slow = `http${' '.repeat(8000)}x, ${' '.repeat(10)}`;
    const started = performance.now();
    for (let round = 0; round < 20; round += 1) {
      const answer = await ask(provider, '/', { headers: { ...HTML, 'x-forwarded-proto': slow.trim() } });
      expect(answer.status).toBe(200);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('with cookies of junk is that of somebody unknown', async () => {
    for (const cookie of [
      'session=x; session.sig=y; interaction=z',
      `session=${'a'.repeat(4000)}`,
      'session=a; session=b; form=c; form=d; language=e; language=vi',
      'form=%00; language=%ff; =; ;;; session',
      '__proto__=x; constructor=y; toString=z',
    ]) {
      expect((await ask(provider, '/', { headers: { ...HTML, cookie } })).status).toBe(200);
      expectPage(await ask(provider, '/interaction/x', { headers: { ...HTML, cookie } }), 400);
      expect((await ask(provider, '/logout', { headers: { ...HTML, cookie } })).status).toBe(200);
    }
  });
});
