import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { basic, grantOf, obtainCode, post, silently } from './flow.ts';

describe('the redirect address of a request', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let withQuery: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
    withQuery = await register(provider, {
      client_id: 'cong-co-tham-so',
      redirect_uris: ['https://portal.example/cb?x=1'],
      secretBasic: true,
    });
  });
  afterAll(() => provider.close());

  it.each([
    ['a slash at the end', 'https://portal.example/cb/'],
    ['no path', 'https://portal.example'],
    ['a path in capitals', 'https://portal.example/CB'],
    ['a host in capitals', 'https://PORTAL.example/cb'],
    ['a scheme in capitals', 'HTTPS://portal.example/cb'],
    ['another scheme', 'http://portal.example/cb'],
    ['the default port', 'https://portal.example:443/cb'],
    ['another port', 'https://portal.example:8443/cb'],
    ['a letter percent-encoded', 'https://portal.example/%63b'],
    ['a letter percent-encoded twice', 'https://portal.example/%2563b'],
    ['dot segments', 'https://portal.example/x/../cb'],
    ['dot segments percent-encoded', 'https://portal.example/x/%2e%2e/cb'],
    ['dot segments percent-encoded twice', 'https://portal.example/%252e%252e/cb'],
    ['a path below', 'https://portal.example/cb/../../evil'],
    ['a tab', 'https://portal.example/cb\t'],
    ['a tab inside', 'https://portal.exa\tmple/cb'],
    ['a line break', 'https://portal.example/cb\r\n'],
    ['a space at the end', 'https://portal.example/cb '],
    ['a space in front', ' https://portal.example/cb'],
    ['a zero byte', 'https://portal.example/cb\0'],
    ['a backslash', 'https://portal.example\\cb'],
    ['a backslash before an at sign', 'https://evil.example\\@portal.example/cb'],
    ['a user name', 'https://user@portal.example/cb'],
    ['the real host as a user name', 'https://portal.example@evil.example/cb'],
    ['two at signs', 'https://a@b@portal.example/cb'],
    ['a query', 'https://portal.example/cb?a=1'],
    ['an empty query', 'https://portal.example/cb?'],
    ['a fragment', 'https://portal.example/cb#x'],
    ['an empty fragment', 'https://portal.example/cb#'],
    ['a longer host', 'https://portal.example.evil.example/cb'],
    ['a dot after the host', 'https://portal.example./cb'],
    ['a host with any letter for the dot', 'https://portalXexample/cb'],
    ['a look-alike letter', 'https://portаl.example/cb'],
    ['a host in full width', 'https://ｐortal.example/cb'],
    ['no scheme', '//portal.example/cb'],
    ['a script', 'javascript:alert(1)//https://portal.example/cb'],
    ['data', 'data:text/html,https://portal.example/cb'],
    ['an array', '["https://portal.example/cb"]'],
  ])('with %s ends at a page and redirects nobody', async (_name, redirect_uri) => {
    const { url } = await start(rp, { redirect_uri });
    const { page, left } = await openBrowser(provider).follow(url);
    expect(left).toBeUndefined();
    expect(page?.status).toBe(400);
    expect(page?.headers.location).toBeUndefined();
    expect(page?.text).not.toContain('evil.example');
  });

  it('is not taken even when nobody would have to be asked', async () => {
    const { started } = await silently(openBrowser(provider), rp);
    started.url.searchParams.set('redirect_uri', 'https://evil.example/cb');
    const { left, page } = await openBrowser(provider).follow(started.url);
    expect(left).toBeUndefined();
    expect(page?.status).toBe(400);
  });

  it('keeps the query it was registered with', async () => {
    const { callback, started } = await obtainCode(provider, withQuery, person('level-1'));
    expect(callback.origin + callback.pathname).toBe('https://portal.example/cb');
    expect(callback.searchParams.get('x')).toBe('1');
    const redeemed = await post(provider, '/token', grantOf(started, callback), basic(withQuery));
    expect(redeemed.status).toBe(200);
  });

  it('gets its answer by 303, so that no browser posts a password on', async () => {
    const browser = openBrowser(provider);
    await obtainCode(provider, rp, person('level-1'), { browser });
    const again = await start(rp);
    const response = await browser.get(again.url);
    expect(response.status).toBe(303);
    expect(response.headers.location).toMatch(/^https:\/\/portal\.example\/cb\?code=/);
  });
});
