import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROTOCOL_CLAIMS } from '../../../src/oidc/requested.ts';
import { formOf, openBrowser, person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { portal, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { obtainCode, obtainTokens, silently } from './flow.ts';

describe('the claims parameter', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let modest: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
    const { profile } = portal.scopes;
    modest = await register(provider, { client_id: 'cong-khiem-ton', scopes: { profile } });
  });
  afterAll(() => provider.close());

  const refusal = async (claims: unknown, scope = 'openid profile', relyingParty = rp) => {
    const text = typeof claims === 'string' ? claims : JSON.stringify(claims);
    const { url } = await start(relyingParty, { claims: text, scope });
    const { left } = await openBrowser(provider).follow(url);
    expect(left?.searchParams.get('iss')).toBe(provider.issuer);
    return left?.searchParams.get('error');
  };

  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`claim_${index}`, null]));

  it.each([...PROTOCOL_CLAIMS])('asks nobody about %s, which every sign-in may carry', async (name) => {
    const claims = JSON.stringify({ id_token: { [name]: null } });
    const { browser } = await obtainCode(provider, rp, person('level-1'), { parameters: { claims } });
    const { callback } = await silently(browser, rp, { claims });
    expect(callback.searchParams.get('error')).toBeNull();
  });

  it.each([
    ['no JSON', '{'],
    ['an array', '[]'],
    ['a text', '"email"'],
    ['null', 'null'],
    ['an object without uses', '{}'],
    ['a list of names for a use', { userinfo: ['email'] }],
    ['a text for a use', { id_token: 'email' }],
    ['a text for a claim', { userinfo: { email: 'yes' } }],
    ['a list for a claim', { userinfo: { email: ['a'] } }],
    ['a number for a claim', { id_token: { acr: 2 } }],
    ['values of acr that are no list', { id_token: { acr: { essential: true, values: '2' } } }],
    ['nesting a thousand deep', `{"userinfo":{"email":${'['.repeat(1000)}${']'.repeat(1000)}}}`],
    ['too many claims', { userinfo: many(41) }],
    ['too many characters', { userinfo: { email: { value: 'x'.repeat(4096) } } }],
  ])('of %s is refused', async (_name, claims) => {
    expect(await refusal(claims)).toBe('invalid_request');
  });

  it('of 50 kB is refused, by the parameter or by the length of the address', async () => {
    const { url } = await start(rp, {
      claims: JSON.stringify({ userinfo: { email: { value: 'x'.repeat(50_000) } } }),
    });
    const { page, left } = await openBrowser(provider).follow(url);
    expect(
      [400, 414, 431].includes(page?.status ?? 0) || left?.searchParams.get('error') === 'invalid_request',
    ).toBe(true);
    expect(left?.searchParams.get('code') ?? null).toBeNull();
  });

  it.each([
    ['a claim of a scope that the relying party is not registered for', { userinfo: { email: null } }],
    ['the same for the ID token', { id_token: { personal_number: { essential: true } } }],
  ])('of %s is refused', async (_name, claims) => {
    expect(await refusal(claims, 'openid profile', modest)).toBe('invalid_request');
  });

  it.each([
    ['without its scope', { userinfo: { id_card: { essential: true } } }, 'openid profile'],
    ['for the ID token', { id_token: { id_card: { essential: true } } }, 'openid doc:id_card'],
    ['without a registration', { userinfo: { health_record: null } }, 'openid profile'],
  ])('never asks for a document %s', async (_name, claims, scope) => {
    expect(await refusal(claims, scope)).toBe('invalid_request');
  });

  it.each([
    ['beside the uses', '{"userinfo":{"name":null},"__proto__":{"polluted":true}}'],
    ['as a claim', '{"userinfo":{"__proto__":{"polluted":true}}}'],
    [
      'deep in a claim, spelled otherwise',
      '{"id_token":{"name":{"value":[{"\\u005f_proto__":{"polluted":true}}]}}}',
    ],
  ])('that names __proto__ %s is refused and pollutes nothing', async (_name, claims) => {
    expect(await refusal(claims)).toBe('invalid_request');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('of claims that nobody knows is ignored', async () => {
    const claims = JSON.stringify({
      userinfo: { shoe_size: { essential: true }, constructor: null },
      id_token: { unicorn: null },
    });
    const { tokens, started } = await obtainTokens(provider, rp, person('level-1'), {
      parameters: { claims },
    });
    expect(tokens.claims()).not.toHaveProperty('unicorn');
    expect(await userInfo(started, tokens)).not.toHaveProperty('shoe_size');
  });

  it('that names the subject of another person is refused in silence', async () => {
    const browser = openBrowser(provider);
    const other = await obtainTokens(provider, rp, person('mother'));
    const { tokens } = await obtainTokens(provider, rp, person('level-1'), { browser });
    const naming = (value: string | undefined) => ({
      claims: JSON.stringify({ id_token: { sub: { value } } }),
    });
    const refused = await silently(browser, rp, naming(other.tokens.claims()?.sub));
    expect(refused.callback.searchParams.get('error')).toBe('login_required');
    const own = await silently(browser, rp, naming(tokens.claims()?.sub));
    expect(own.callback.searchParams.get('code')).toEqual(expect.any(String));
  });

  const email = {
    claims: JSON.stringify({ userinfo: { email: null, email_verified: null } }),
    scope: 'openid',
  };

  it('for e-mail alone asks the person, and without agreement gives none', async () => {
    const browser = openBrowser(provider);
    const { tokens, started } = await obtainTokens(provider, rp, person('officer'), {
      browser,
      parameters: email,
    });
    expect(await userInfo(started, tokens)).not.toHaveProperty('email');
  });

  it('for e-mail alone gives the e-mail after agreement, and nothing else of the person', async () => {
    const who = person('guardian');
    const { tokens, started, callback } = await obtainTokens(provider, rp, who, {
      parameters: email,
      optional: ['email'],
    });
    expect(callback.searchParams.get('error')).toBeNull();
    const info = await userInfo(started, tokens);
    expect(info).toMatchObject({ email: who.subject.email?.address, email_verified: true });
    expect(info).not.toHaveProperty('name');
    expect(info).not.toHaveProperty('phone_number');
    expect(JSON.stringify(tokens.claims())).not.toContain(who.subject.email?.address);
  });

  it('for the name in the ID token puts it there after agreement', async () => {
    const claims = JSON.stringify({ id_token: { name: null } });
    const browser = openBrowser(provider);
    const { url } = await start(rp, { claims, scope: 'openid' });
    await obtainCode(provider, rp, person('level-1'), { browser, parameters: { scope: 'openid' } });
    const { page } = await browser.follow(url);
    expect(formOf(page?.text ?? '', '/consent').action).toContain('/consent');
    const { tokens } = await obtainTokens(provider, rp, person('level-1'), {
      parameters: { claims, scope: 'openid' },
    });
    expect(tokens.claims()).toMatchObject({ name: person('level-1').subject.name });
    expect(tokens.claims()).not.toHaveProperty('birthdate');
  });
});
