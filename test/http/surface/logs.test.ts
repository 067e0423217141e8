import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import { models } from '../../../src/oidc/models.ts';
import {
  agree,
  openBrowser,
  person,
  type TestBrowser,
  typeCode,
  typePassword,
  type Visit,
} from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { startTlsProxy, type TlsProxy } from '../../support/tls-proxy.ts';

const who = person('all-documents');
const WRONG_PASSWORD = 'a-wrong-passw0rd-that-was-typed';

describe('the log', () => {
  let provider: TestProvider;
  let proxy: TlsProxy;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider({ issuer: 'https://id.example' });
    proxy = await startTlsProxy(provider);
    rp = await register(proxy.provider);
  });
  afterAll(async () => {
    await proxy.close();
    await provider.close();
  });

  async function mistypeThenSignIn(browser: TestBrowser, first: Visit): Promise<URL> {
    const again = await browser.submit(first, '/password', {
      personal_number: who.subject.personal_number,
      password: WRONG_PASSWORD,
    });
    const second = await typePassword(browser, again, who);
    const third = await browser.submit(second, '/totp', { code: '000000' });
    const consent = await typeCode(browser, third, who);
    const { left } = await agree(browser, consent, ['doc:health_record']);
    if (left === undefined) throw new Error('the sign-in did not end');
    return left;
  }

  it('of a whole sign-in with documents, mistakes included, holds no secret and nobody’s data', async () => {
    const bodies: string[] = [];
    const passOn = rp.config[client.customFetch];
    rp.config[client.customFetch] = (url, options) => {
      bodies.push(String(options.body ?? ''));
      return passOn ? passOn(url, options) : fetch(url, options as RequestInit);
    };
    const browser = openBrowser(proxy.provider);
    const started = await start(rp, {
      scope: 'openid profile identity offline_access doc:id_card doc:health_record',
      prompt: 'consent',
    });
    const callback = await mistypeThenSignIn(browser, await browser.follow(started.url));
    const tokens = await redeem(started, callback);
    const info = await userInfo(started, tokens);
    const refreshed = await client.refreshTokenGrant(rp.config, tokens.refresh_token ?? '');
    await client.tokenIntrospection(rp.config, refreshed.access_token);
    await redeem(started, callback).catch(() => undefined);
    await client.tokenRevocation(rp.config, refreshed.refresh_token ?? '');
    await userInfo(started, tokens).catch(() => undefined);
    await browser.get(
      `/logout?id_token_hint=${tokens.id_token}&post_logout_redirect_uri=https://portal.example/bye`,
    );

    const assertions = bodies.map((body) => new URLSearchParams(body).get('client_assertion') ?? '');
    const records = [info.id_card, info.health_record].flat() as {
      number?: string;
      data: Record<string, unknown>;
    }[];
    const secrets: Record<string, (string | undefined)[]> = {
      password: [who.password, WRONG_PASSWORD],
      'one-time code': [currentTotpCode(who.totpSecret ?? '', Date.now()), who.totpSecret],
      'personal number': [who.subject.personal_number],
      name: [who.subject.name, who.subject.name.split(' ').at(-1)],
      'authorization code': [callback.searchParams.get('code') ?? ''],
      token: [tokens.access_token, tokens.id_token, tokens.refresh_token, refreshed.access_token],
      'token’s signature': [tokens.id_token?.split('.').at(-1)],
      check: Object.values(started.checks),
      assertion: assertions.filter((assertion) => assertion !== ''),
      cookie: proxy.cookies.map((cookie) => /=([^;]*)/.exec(cookie)?.[1]).filter((value) => value !== ''),
      document: records.map((record) => record.number).filter((value) => value !== undefined),
      contact: [who.subject.email?.address, who.subject.phone?.number],
    };
    const lines = provider.logged.map((line) => JSON.stringify(line));
    expect(lines.length).toBeGreaterThan(15);
    for (const [what, values] of Object.entries(secrets)) {
      expect(values.length, what).toBeGreaterThan(0);
      for (const value of values) {
        expect(value, what).toMatch(/.{3}/);
        expect(
          lines.filter((line) => line.includes(String(value))),
          what,
        ).toEqual([]);
      }
    }
  });

  it('has one line for each request, with what an operator needs and no query', async () => {
    const before = provider.logged.length;
    const answer = await openBrowser(proxy.provider).get('/nowhere?secret=in-the-query');
    const lines = provider.logged.slice(before).filter((line) => line.msg === 'request');
    expect(lines).toEqual([
      expect.objectContaining({
        request_id: answer.headers['x-request-id'],
        method: 'GET',
        path: '/nowhere',
        status: 404,
        duration_ms: expect.any(Number),
      }),
    ]);
    expect(JSON.stringify(provider.logged)).not.toContain('in-the-query');
  });

  it.each([
    '/authorize/over-and-gone',
    '/Authorize/over-and-gone',
    '/authorize/over-and-gone/',
    '/interaction/over-and-gone',
  ])('keeps the identifier out of every line about %s', async (path) => {
    const before = provider.logged.length;
    await openBrowser(proxy.provider).get(path);
    const lines = provider.logged.slice(before);
    expect(lines.map((line) => line.path)).toContainEqual(expect.stringMatching(/\/:uid\/?$/));
    expect(lines.some((line) => line.msg === 'protocol request refused')).toBe(/authorize/i.test(path));
    expect(JSON.stringify(lines)).not.toContain('over-and-gone');
  });

  it('keeps it out of the line about a fault too', async () => {
    const browser = openBrowser(proxy.provider);
    const { page } = await browser.follow((await start(rp)).url);
    const uid = /action="\/interaction\/([\w-]+)/.exec(page?.text ?? '')?.[1] ?? '';
    expect(uid).toMatch(/.{16}/);
    const before = provider.logged.length;
    const reading = vi
      .spyOn(provider.services.storage.collection(models.Interaction.collection), 'get')
      .mockRejectedValue(new Error('the disk is on fire'));
    await browser.get(`/authorize/${uid}`);
    reading.mockRestore();
    const lines = provider.logged.slice(before);
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'protocol fault', path: '/authorize/:uid' }));
    expect(JSON.stringify(lines)).not.toContain(uid);
  });
});
