import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person, signIn } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, userInfo } from '../../support/relying-parties.ts';
import { startTlsProxy, type TlsProxy } from '../../support/tls-proxy.ts';
import { ask } from './wire.ts';

const ISSUER = 'https://id.example';
const HTML = { accept: 'text/html' };

/** The rules by which a browser takes a cookie with a prefix (RFC 6265bis section 4.1.3), and ours. */
function expectSafe(cookie: string): void {
  const [pair = '', ...rest] = cookie.split('; ');
  const [name = ''] = pair.split('=', 1);
  const attributes = rest.map((attribute) => attribute.toLowerCase());
  expect(attributes, cookie).toEqual(expect.arrayContaining(['secure', 'httponly', 'samesite=lax']));
  expect(cookie, name).not.toMatch(/domain=/i);
  expect(cookie.length).toBeLessThanOrEqual(4096);
  if (name.startsWith('__Host-')) expect(attributes).toContain('path=/');
}

describe.each([0, 1])('an https issuer with %i trusted proxies configured', (hops) => {
  let provider: TestProvider;
  let proxy: TlsProxy;
  beforeAll(async () => {
    provider = await startProvider({ issuer: ISSUER, config: { proxy: { hops } } });
    proxy = await startTlsProxy(provider);
  });
  afterAll(async () => {
    await proxy.close();
    await provider.close();
  });

  it('answers with HSTS, also where it refuses', async () => {
    const strict = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' };
    expect(await ask(provider, '/', { headers: HTML })).toMatchObject({ status: 200, headers: strict });
    expect(await ask(provider, '/nowhere', { headers: HTML })).toMatchObject({
      status: 404,
      headers: strict,
    });
    const elsewhere = await ask(provider, '/', { headers: { ...HTML, host: 'evil.example' } });
    expect(elsewhere).toMatchObject({ status: 421, headers: strict });
  });

  it('shows https addresses alone, whatever scheme a sender claims', async () => {
    for (const headers of [{}, { 'x-forwarded-proto': 'http' }, { 'x-forwarded-proto': 'gopher' }]) {
      const { text } = await ask(provider, '/.well-known/openid-configuration', { headers });
      expect(text).not.toContain('http:');
      expect(JSON.parse(text).token_endpoint).toBe(`${ISSUER}/token`);
    }
  });

  it('lets a person sign in, with cookies that only this host reads and no script', async () => {
    const rp = await register(proxy.provider, { client_id: `portal-${hops}` });
    const started = await start(rp, { scope: 'openid profile doc:id_card' });
    const callback = await signIn(openBrowser(proxy.provider), started.url, person('all-documents'));
    const tokens = await redeem(started, callback);
    expect(tokens.claims()).toMatchObject({ iss: ISSUER, acr: '2' });
    expect(await userInfo(started, tokens)).toMatchObject({ id_card: [{ status: 'valid' }] });

    const names = new Set(proxy.cookies.map((cookie) => cookie.split('=', 1)[0]));
    expect(names).toEqual(
      new Set([
        '__Host-device',
        '__Host-form',
        '__Host-session',
        '__Host-session.sig',
        '__Secure-interaction',
        '__Secure-interaction.sig',
        '__Secure-resume',
        '__Secure-resume.sig',
      ]),
    );
    const set = proxy.cookies.filter((cookie) => !/expires=Thu, 01 Jan 1970/i.test(cookie));
    expect(set.length).toBeGreaterThan(6);
    for (const cookie of set) expectSafe(cookie);
  });

  it('keeps a chosen language in a cookie that is sent over https alone', async () => {
    const { headers } = await ask(provider, '/?language=en', { headers: HTML });
    expect(headers['set-cookie']).toHaveLength(1);
    for (const cookie of headers['set-cookie'] ?? []) expectSafe(cookie);
  });
});
