import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type Visit } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';

describe('an authorization request', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(() => provider.close());

  /** A careful request, changed; `undefined` takes a parameter out, a list gives it several times. */
  const request = async (changes: Record<string, string | string[] | undefined> = {}): Promise<Visit> => {
    const { url } = await start(rp, { state: 'the-state' });
    for (const [name, value] of Object.entries(changes)) {
      url.searchParams.delete(name);
      for (const one of [value ?? []].flat()) url.searchParams.append(name, one);
    }
    return openBrowser(provider).follow(url);
  };

  /** The error came back to the registered address, with state and issuer, and without anything else. */
  const expectError = ({ left }: Visit, error: string, from: 'search' | 'hash' = 'search') => {
    expect(left?.origin, 'sent back to the relying party').toBe('https://portal.example');
    expect(left?.pathname).toBe('/cb');
    const answer = new URLSearchParams(left?.[from].slice(1));
    expect(Object.fromEntries(answer)).toMatchObject({ error, state: 'the-state', iss: provider.issuer });
    expect(left?.href).not.toContain('code=');
  };

  const expectPage = ({ page, left }: Visit) => {
    expect(left, 'nobody is sent anywhere').toBeUndefined();
    expect(page?.status).toBe(400);
    expect(page?.type).toBe('text/html');
    expect(page?.headers.location).toBeUndefined();
  };

  it.each([
    ['of an unknown client', { client_id: 'nobody' }],
    ['of a client whose name is a path of an object', { client_id: '__proto__' }],
    ['without a client', { client_id: undefined }],
    ['with two clients', { client_id: ['cong-so-mau', 'cong-so-mau'] }],
    ['without a redirect address', { redirect_uri: undefined }],
    ['with two redirect addresses', { redirect_uri: ['https://portal.example/cb', 'https://evil.example/'] }],
    [
      'with the second redirect address registered',
      { redirect_uri: ['https://evil.example/', 'https://portal.example/cb'] },
    ],
  ])('%s ends at a page and redirects nobody', async (_name, changes) => {
    expectPage(await request(changes));
  });

  it.each([
    ['scope', 'openid'],
    ['response_type', 'code'],
    ['nonce', 'n'],
    ['code_challenge', 'x'.repeat(43)],
    ['prompt', 'login'],
    ['acr_values', '2'],
    ['claims', '{"userinfo":{}}'],
    ['max_age', '1'],
  ])('that names %s twice is refused', async (name, value) => {
    expectError(await request({ [name]: [value, value] }), 'invalid_request');
  });

  it('that names state twice is refused, and no state comes back', async () => {
    const { left } = await request({ state: ['a', 'b'] });
    expect(left?.searchParams.get('error')).toBe('invalid_request');
    expect(left?.searchParams.has('state')).toBe(false);
  });

  it.each(['id_token', 'token', 'code id_token', 'code token', 'id_token token', 'none'])(
    'for the response type "%s" is refused',
    async (response_type) => {
      const visit = await request({ response_type });
      // What is answered in the fragment by default fails on that first.
      if (response_type.includes('token')) expectError(visit, 'invalid_request', 'hash');
      else expectError(visit, 'unsupported_response_type');
    },
  );

  it('without a response type is refused', async () => {
    expectError(await request({ response_type: undefined }), 'invalid_request');
  });

  it('for the response mode fragment is refused', async () => {
    expectError(await request({ response_mode: 'fragment' }), 'invalid_request', 'hash');
  });

  it.each(['web_message', 'jwt', 'query.jwt', '__proto__', 'Query'])(
    'for the response mode %s is refused',
    async (response_mode) => {
      expectError(await request({ response_mode }), 'unsupported_response_mode');
    },
  );

  it('answers form_post with a form in which nothing of the state becomes markup', async () => {
    const state = `"'><script>alert(1)</script>`;
    const { page } = await request({ response_mode: 'form_post', prompt: 'none', state });
    expect(page?.type).toBe('text/html');
    expect(page?.text).toContain('action="https://portal.example/cb"');
    expect(page?.text).toContain('value="&quot;\'&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(page?.text).not.toContain('<script>alert');
    const policy = page?.headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'nonce-[^' ]+';/);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('form-action');
  });

  it('with a request object is refused, signed or not', async () => {
    const claims = { client_id: rp.clientId, redirect_uri: 'https://evil.example/', scope: 'openid' };
    expectError(await request({ request: new UnsecuredJWT(claims).encode() }), 'request_not_supported');
    if (rp.privateKey === undefined) throw new Error('the portal has a key');
    const signed = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(rp.privateKey);
    expectError(await request({ request: signed }), 'request_not_supported');
  });

  it('with the address of a request object is refused, and nothing is fetched', async () => {
    let fetched = 0;
    const sink = createServer((_request, response) => {
      fetched += 1;
      response.end();
    });
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    const { port } = sink.address() as AddressInfo;
    expectError(await request({ request_uri: `http://127.0.0.1:${port}/r` }), 'request_uri_not_supported');
    await new Promise((resolve) => sink.close(resolve));
    expect(fetched).toBe(0);
  });

  it.each([
    ['without a challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with a challenge too short', { code_challenge: 'x'.repeat(42) }],
    ['with a challenge too long', { code_challenge: 'x'.repeat(129) }],
    ['with a challenge in plain', { code_challenge_method: 'plain' }],
    ['with a challenge of no method', { code_challenge_method: undefined }],
    ['with a method alone', { code_challenge: undefined }],
    ['with a challenge of other characters', { code_challenge: `${'x'.repeat(42)}+` }],
  ])('%s is refused', async (_name, changes) => {
    expectError(await request(changes), 'invalid_request');
  });

  it('that must not ask anybody needs a session', async () => {
    expectError(await request({ prompt: 'none' }), 'login_required');
  });

  it.each(['none login', 'none consent', 'create', 'select_account', 'LOGIN'])(
    'with prompt "%s" is refused',
    async (prompt) => {
      expectError(await request({ prompt }), 'invalid_request');
    },
  );

  it.each(['-1', 'abc', '1e400', '100000000000000000000', '1.5', 'NaN'])(
    'with max_age %s is refused',
    async (max_age) => {
      expectError(await request({ max_age }), 'invalid_request');
    },
  );

  it.each(['registration', 'id_token_hint'])('with an invented %s is refused', async (name) => {
    const { left } = await request({ [name]: 'e30.e30.e30' });
    expect(left?.searchParams.get('error')).toMatch(/registration_not_supported|invalid_request/);
    expect(left?.searchParams.get('iss')).toBe(provider.issuer);
  });

  it('by POST is not offered', async () => {
    const { url } = await start(rp);
    const response = await openBrowser(provider)
      .agent.post('/authorize')
      .set('Host', new URL(provider.issuer).host)
      .type('form')
      .send(url.search.slice(1))
      .redirects(0);
    expect(response.status).toBe(404);
  });

  it('that is right shows a page of ours, at an address of its own', async () => {
    const { page, left } = await request();
    expect(left).toBeUndefined();
    expect(page?.status).toBe(200);
    expect(page?.text).toContain('personal_number');
  });
});
