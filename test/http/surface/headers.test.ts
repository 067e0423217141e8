import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person, typePassword } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { type Answer, ask, exchange } from './wire.ts';

const HTML = { accept: 'text/html' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const policyOf = ({ headers }: Answer): Record<string, string> =>
  Object.fromEntries(
    String(headers['content-security-policy'])
      .split(/;\s*/)
      .map((directive) => [directive.split(' ', 1)[0] ?? '', directive.replace(/^\S+ /, '')]),
  );

const scriptsIn = (html: string) =>
  [...html.matchAll(/<script([^>]*)>(.*?)<\/script>/gs)].map(([, attributes = '', body = '']) => ({
    attributes,
    body,
  }));

describe('the headers', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(() => provider.close());

  const asked: readonly [string, string, number, Parameters<typeof ask>[2]?][] = [
    ['the home page', '/', 200, { headers: HTML }],
    ['its head alone', '/', 200, { method: 'HEAD', headers: HTML }],
    ['a change of language', '/?language=en', 303, { headers: HTML }],
    ['a page that does not exist', '/nowhere', 404, { headers: HTML }],
    ['an endpoint that does not exist', '/nowhere', 404, { headers: { accept: 'application/json' } }],
    ['a sign-in that is over', '/interaction/over', 400, { headers: HTML }],
    ['a bad authorization request', '/authorize?client_id=nobody', 400, { headers: HTML }],
    ['a form without its token', '/interaction/x/password', 403, { method: 'POST', headers: FORM, body: '' }],
    [
      'a form that is too large',
      '/interaction/x/password',
      413,
      { method: 'POST', headers: FORM, body: `csrf=${'a'.repeat(17 * 1024)}` },
    ],
    ['the wrong host', '/', 421, { headers: { ...HTML, host: 'elsewhere.example' } }],
    ['a refused token request', '/token', 400, { method: 'POST', headers: FORM, body: 'grant_type=code' }],
    ['UserInfo without a token', '/userinfo', 401],
    ['an asset that does not exist', '/assets/site.css', 404],
    ['health', '/healthz', 200],
    ['readiness', '/readyz', 200],
  ];

  it.each(asked)('%s has them all, and may not be stored', async (_name, path, status, options) => {
    const answer = await ask(provider, path, options);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/),
    });
    expect(policyOf(answer)).toEqual({
      'default-src': "'none'",
      'script-src': expect.stringMatching(/^'nonce-[A-Za-z0-9+/=]{24}'$/),
      'style-src': "'self'",
      'img-src': "'self'",
      'base-uri': "'none'",
      'object-src': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(answer.headers).not.toHaveProperty('strict-transport-security');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers).not.toHaveProperty('server');
  });

  it('let shared caches keep only discovery and keys that were found', async () => {
    const kept = { 'cache-control': 'public, max-age=60' };
    for (const path of ['/jwks', '/JWKS', '/jwks/', '/Jwks/']) {
      expect((await ask(provider, path)).headers, path).toMatchObject(kept);
    }
    expect(await ask(provider, '/jwks//')).toMatchObject({
      status: 404,
      headers: { 'cache-control': 'no-store' },
    });
    expect((await ask(provider, '/.well-known/openid-configuration')).headers).toMatchObject(kept);
    const refused = await ask(provider, '/jwks', { method: 'POST', body: '' });
    expect(refused).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
  });

  it('let a browser keep an asset for a year and nothing decide its type', async () => {
    const page = await ask(provider, '/', { headers: HTML });
    const [, sheet = ''] = /href="(\/assets\/[^"]+\.css)"/.exec(page.text) ?? [];
    const asset = await ask(provider, sheet);
    expect(asset).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      },
    });
    expect(asset.headers).not.toHaveProperty('set-cookie');
  });

  it('never repeat a nonce, and the page gives it to every script it has', async () => {
    const pages = await Promise.all([1, 2].map(() => ask(provider, '/', { headers: HTML })));
    const nonces = pages.map(
      (page) => /'nonce-([^']+)'/.exec(page.headers['content-security-policy'] as string)?.[1],
    );
    expect(new Set(nonces).size).toBe(2);
    for (const [index, page] of pages.entries()) {
      const scripts = scriptsIn(page.text);
      expect(scripts.length).toBeGreaterThan(0);
      for (const { attributes, body } of scripts) {
        expect(attributes).toContain(`nonce="${nonces[index]}"`);
        expect(body).toBe('');
      }
    }
  });

  it('allow what every page of a sign-in carries: no inline style, handler or foreign address', async () => {
    const browser = openBrowser(provider);
    const who = person('all-documents');
    const first = await browser.follow((await start(rp, { scope: 'openid profile doc:id_card' })).url);
    const pages = [first, await typePassword(browser, first, who)];
    for (const { page } of pages) {
      const html = page?.text ?? '';
      expect(html).toContain('<h1');
      expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:|<base|<iframe|<object/i);
      expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)="(?!\/assets\/)/);
      for (const script of scriptsIn(html)) expect(script.body).toBe('');
    }
  });

  it('allow no script of the library’s where it would post on by itself', async () => {
    const answer = await ask(provider, '/logout', { headers: HTML });
    expect(answer.status).toBe(200);
    expect(policyOf(answer)['script-src']).toMatch(/^'nonce-[^' ]+'$/);
    expect(scriptsIn(answer.text)).toEqual([{ attributes: expect.stringContaining('nonce='), body: '' }]);
  });

  it('never come from a request: a line break in a value is no line break in an answer', async () => {
    const break_ = '%0d%0aInjected:%20yes%0d%0a%0d%0a';
    const paths = [
      `/${break_}`,
      `/?language=en${break_}`,
      `/interaction/x${break_}?language=en`,
      `/authorize?client_id=x&state=${break_}&redirect_uri=https://portal.example/cb${break_}`,
      `${(await start(rp)).url.pathname}?client_id=${rp.clientId}&redirect_uri=https://portal.example/cb&response_type=code&scope=openid&state=a${break_}`,
      `/logout?post_logout_redirect_uri=https://portal.example/bye${break_}`,
    ];
    for (const path of paths) {
      const raw = await exchange(
        provider,
        `GET ${path} HTTP/1.1\r\nHost: ${new URL(provider.issuer).host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
      );
      const [head = ''] = raw.split('\r\n\r\n', 1);
      expect(head, path).toMatch(/^HTTP\/1\.1 [234]/);
      expect(head, path).not.toMatch(/^injected:/im);
    }
  });
});
