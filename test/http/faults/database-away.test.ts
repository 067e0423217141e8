import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agree, heading, openBrowser, person, typePassword } from '../../support/citizen.ts';
import { mongoServer } from '../../support/mongo.ts';
import { redeem, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { begin, pageOf } from '../../support/visits.ts';
import type { WireProxy } from '../../support/wire-proxy.ts';
import { basic, bearer, obtainTokens, silently } from '../protocol/flow.ts';
import { type Answer, ask, cookiesOf } from '../surface/wire.ts';
import { startWired, type Wired } from './wired.ts';

/** Longer than any answer may take, whatever the database does; in milliseconds. */
const BOUND = 11_000;
const HTML = { accept: 'text/html' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const WORDS = 'Hệ thống tạm thời gián đoạn';

const outages: [string, (proxy: WireProxy) => unknown][] = [
  ['refuses connections', (proxy) => proxy.refuse()],
  ['takes requests and never answers', (proxy) => proxy.part()],
  ['answers half a minute late', (proxy) => proxy.delay(30_000)],
];

describe.skipIf(!mongoServer())('while the database over the network', { timeout: 90_000 }, () => {
  let wired: Wired;
  let rp: TestRelyingParty;
  const who = person('level-1');
  beforeAll(async () => {
    wired = await startWired();
    rp = await register(wired.provider, { secretBasic: true });
  }, 60_000);
  afterEach(() => wired.proxy.heal());
  afterAll(() => wired.close());

  const ready = async () => (await ask(wired.provider, '/readyz')).status;
  const healed = async () => {
    await wired.proxy.heal();
    await expect.poll(ready, { timeout: 30_000, interval: 100 }).toBe(200);
  };

  /** One answer, in time. */
  async function inTime(path: string, options: Parameters<typeof ask>[2] = {}): Promise<Answer> {
    const asked = performance.now();
    const answer = await ask(wired.provider, path, options);
    expect(performance.now() - asked, path).toBeLessThan(BOUND);
    return answer;
  }

  it.each(outages)(
    '%s, what needs none is answered, and readiness says no until it is back',
    async (...at) => {
      await at[1](wired.proxy);
      await expect.poll(ready, { timeout: BOUND, interval: 100 }).toBe(503);
      for (const path of ['/.well-known/openid-configuration', '/jwks', '/healthz']) {
        expect((await inTime(path)).status, path).toBe(200);
      }
      await healed();
    },
  );

  it.each(outages)('%s, every page and endpoint says soon to come back', async (_, fail) => {
    const { tokens } = await obtainTokens(wired.provider, rp, who);
    const { url } = await start(rp);
    const begun = await ask(wired.provider, url.pathname + url.search, { headers: HTML });
    const cookie = cookiesOf(begun);
    const post = { method: 'POST', headers: { ...FORM, ...basic(rp) } };
    const code =
      'grant_type=authorization_code&code=x&redirect_uri=https://portal.example/cb&code_verifier=y';
    const asked: [string, Parameters<typeof ask>[2]][] = [
      [url.pathname + url.search, { headers: { ...HTML, cookie } }],
      [String(begun.headers.location), { headers: { ...HTML, cookie } }],
      [`/logout?client_id=${rp.clientId}`, { headers: { ...HTML, cookie } }],
      ['/token', { ...post, body: code }],
      ['/par', { ...post, body: 'response_type=code' }],
      ['/introspect', { ...post, body: 'token=x' }],
      ['/revoke', { ...post, body: 'token=x' }],
      ['/userinfo', { headers: bearer(tokens.access_token) }],
    ];
    await fail(wired.proxy);
    const answers = await Promise.all(
      asked.map(async ([path, options]) => ({ path, answer: await inTime(path, options) })),
    );
    for (const { path, answer } of answers) {
      expect(answer, path).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
      expect(answer.headers, path).not.toHaveProperty('www-authenticate');
      expect(answer.text, path).not.toMatch(/mongodb|127\.0\.0\.1/i);
      const words = /json/.test(String(answer.headers['content-type'])) ? 'error' : WORDS;
      expect(answer.text, path).toContain(words);
    }
    await healed();
    const headers = bearer(tokens.access_token);
    expect((await ask(wired.provider, '/userinfo', { headers })).status).toBe(200);
  });

  it.each(outages)('%s, a sign-in stands still, and goes on when it is back', async (_, fail) => {
    const { browser, started, visit } = await begin(wired.provider, rp, { prompt: 'consent' });
    await fail(wired.proxy);
    const refused = await typePassword(browser, visit, who);
    expect(refused.page).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(heading(refused)).toBe(WORDS);
    await healed();
    const consent = await typePassword(browser, visit, who);
    expect(pageOf(consent)).toBe('consent');
    await fail(wired.proxy);
    expect((await agree(browser, consent)).page?.status).toBe(503);
    await healed();
    const { left } = await agree(browser, consent);
    const tokens = await redeem(started, left ?? new URL('about:blank'));
    expect(await userInfo(started, tokens)).toMatchObject({ name: who.subject.name });
    expect((await silently(browser, rp)).callback.searchParams.has('code')).toBe(true);
  });

  it('is only slow, a sign-in takes longer and succeeds', async () => {
    wired.proxy.delay(40);
    const browser = openBrowser(wired.provider);
    const { started, tokens } = await obtainTokens(wired.provider, rp, who, { browser });
    expect(await userInfo(started, tokens)).toMatchObject({ name: who.subject.name });
  });

  it('answers so late that each step is just in time, a request as a whole is in time or refused', async () => {
    const { visit, browser } = await begin(wired.provider, rp, { prompt: 'consent' });
    wired.proxy.delay(3000);
    const asked = performance.now();
    const next = await typePassword(browser, visit, who);
    expect(performance.now() - asked).toBeLessThan(BOUND);
    expect(next.page?.status).toBeOneOf([200, 503]);
  });

  it('ends every connection at once, the next requests connect anew', async () => {
    const { tokens } = await obtainTokens(wired.provider, rp, who);
    const headers = bearer(tokens.access_token);
    wired.proxy.cut();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask(wired.provider, '/userinfo', { headers })),
    );
    for (const { status } of answers) expect(status).toBeOneOf([200, 503]);
    await healed();
    expect((await ask(wired.provider, '/userinfo', { headers })).status).toBe(200);
  });
});
