import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser, person, signIn } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import {
  redeem,
  register,
  type Started,
  start,
  type TestRelyingParty,
} from '../../support/relying-parties.ts';
import { basic, obtainCode, post } from './flow.ts';

describe('a pushed request', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let other: TestRelyingParty;
  const who = person('level-1');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
    other = await register(provider, { client_id: 'cong-khac', secretBasic: true });
  });
  afterEach(() => void vi.useRealTimers());
  afterAll(() => provider.close());

  const fieldsOf = ({ url }: Started) => Object.fromEntries(url.searchParams);
  const push = async (changes: Record<string, string> = {}, headers = basic(rp)) => {
    const started = await start(rp);
    const answer = await post(provider, '/par', { ...fieldsOf(started), ...changes }, headers);
    return { started, answer, uri: String(answer.json.request_uri) };
  };
  const addressOf = (uri: string, more: Record<string, string> = {}) =>
    new URL(
      `${provider.issuer}/authorize?${new URLSearchParams({ client_id: rp.clientId, request_uri: uri, ...more })}`,
    );
  const silent = { prompt: 'none' };
  /** A browser of a person who has agreed, so that a request passes through. */
  const knownBrowser = async () => {
    const browser = openBrowser(provider);
    await obtainCode(provider, rp, who, { browser });
    return browser;
  };

  it('of a client that does not prove itself is refused', async () => {
    expect((await push({}, basic(rp, 'wrong'))).answer).toMatchObject({
      status: 401,
      json: { error: 'invalid_client' },
    });
    expect((await push({}, {})).answer.status).toBe(401);
  });

  it.each([
    ['another redirect address', { redirect_uri: 'https://evil.example/cb' }, 'invalid_request'],
    ['a redirect address in other letters', { redirect_uri: 'https://portal.example/CB' }, 'invalid_request'],
    [
      'a request inside a request',
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      'request_uri_not_supported',
    ],
    ['a request object', { request: 'e30.e30.' }, 'request_not_supported'],
    ['another client', { client_id: 'cong-khac' }, 'invalid_request'],
    [
      'a scope it is not registered for',
      { scope: 'openid organization doc:organization', response_type: 'token' },
      'invalid_request',
    ],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    [
      'a claim of a document without its scope',
      { claims: '{"userinfo":{"id_card":null}}' },
      'invalid_request',
    ],
    ['a response mode of another kind', { response_mode: 'fragment' }, 'invalid_request'],
  ])('with %s is refused at once', async (_name, changes, error) => {
    const { answer } = await push(changes);
    expect(answer).toMatchObject({ status: 400, json: { error } });
    expect(answer.json).not.toHaveProperty('request_uri');
  });

  it('is not used by another relying party, and stays good for its own', async () => {
    const browser = await knownBrowser();
    const { uri } = await push(silent);
    const stolen = addressOf(uri, { client_id: other.clientId });
    const { left, page } = await browser.follow(stolen);
    expect(left?.searchParams.get('code') ?? null).toBeNull();
    expect(page?.status).toBe(400);
    expect((await browser.follow(addressOf(uri))).left?.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('counts alone: what an attacker adds to the address is ignored', async () => {
    const { started, uri } = await push({ scope: 'openid' });
    const address = addressOf(uri, {
      redirect_uri: 'https://evil.example/cb',
      scope: 'openid identity doc:id_card',
      state: 'evil',
      prompt: 'none',
      response_mode: 'form_post',
    });
    const callback = await signIn(openBrowser(provider), address, who);
    expect(callback.origin).toBe('https://portal.example');
    expect(callback.searchParams.get('state')).toBe(started.checks.expectedState);
    const tokens = await redeem(started, callback);
    expect(tokens.scope).toBe('openid');
  });

  it('is good once', async () => {
    const browser = await knownBrowser();
    const { uri } = await push(silent);
    expect((await browser.follow(addressOf(uri))).left?.searchParams.get('code')).toEqual(expect.any(String));
    const again = await browser.follow(addressOf(uri));
    expect(again.left?.searchParams.get('code') ?? null).toBeNull();
    expect(again.page?.status).toBe(400);
  });

  it('followed by eight requests at once gives one code', async () => {
    const browser = await knownBrowser();
    const { uri } = await push(silent);
    const responses = await Promise.all(Array.from({ length: 8 }, () => browser.get(addressOf(uri))));
    const codes = responses.filter(({ headers }) => /[?&]code=/.test(headers.location ?? ''));
    expect(codes).toHaveLength(1);
    for (const { status } of responses) expect(status).toBeLessThan(500);
  });

  it('is over after a minute', async () => {
    const { uri, answer } = await push();
    expect(answer.status).toBe(201);
    expect(answer.json.expires_in).toBe(60);
    advance(61);
    const { page, left } = await openBrowser(provider).follow(addressOf(uri));
    expect(left).toBeUndefined();
    expect(page?.status).toBe(400);
  });

  it('that was never made is refused', async () => {
    for (const uri of [
      'urn:ietf:params:oauth:request_uri:x',
      'urn:ietf:params:oauth:request_uri:__proto__',
    ]) {
      const { page } = await openBrowser(provider).follow(addressOf(uri));
      expect(page?.status).toBe(400);
    }
  });

  it('keeps its parameters out of cookies', async () => {
    const hint = person('mother').subject.personal_number;
    const { uri } = await push({ login_hint: hint });
    const response = await openBrowser(provider).get(addressOf(uri));
    expect(response.status).toBe(303);
    const seen = [...(response.get('Set-Cookie') ?? []), response.headers.location].join(' ');
    for (const text of [hint, Buffer.from(hint).toString('base64url').slice(0, 12), 'portal.example']) {
      expect(seen).not.toContain(text);
    }
  });

  it('leads to a whole sign-in', async () => {
    const { started, uri } = await push({ scope: 'openid profile' });
    const callback = await signIn(openBrowser(provider), addressOf(uri), who);
    expect((await redeem(started, callback)).claims()).toMatchObject({ acr: '1' });
  });
});
