import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import { agree, openBrowser, person, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, claimsOf, pageOf } from '../../support/visits.ts';
import {
  answerTo,
  basic,
  obtainCode,
  obtainTokens,
  post,
  sessionCookie,
  userInfoOf,
} from '../protocol/flow.ts';

const SCOPE = 'openid profile offline_access doc:id_card';
const who = person('all-documents');

let provider: TestProvider;
let rp: TestRelyingParty;
let id: string;
beforeAll(async () => {
  provider = await startProvider();
  rp = await register(provider, { secretBasic: true });
  id = (await provider.services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
});
beforeEach(() => advance(61));
afterAll(async () => {
  vi.useRealTimers();
  await provider.close();
});

const lock = async () => expect(await provider.services.locks.lock(id, 'by_owner')).toBe('done');
const unlock = async () => {
  advance(5);
  expect(await provider.services.locks.unlock(id, ['by_owner'], 'owner')).toBe('done');
  advance(5);
};
const refresh = (refresh_token = '') =>
  post(provider, '/token', { grant_type: 'refresh_token', refresh_token }, basic(rp));
const introspect = async (token: string) =>
  (await post(provider, '/introspect', { token }, basic(rp))).json.active;

/** One browser of the person, so that no device is new. */
const browser = { current: undefined as ReturnType<typeof openBrowser> | undefined };
const theirs = () => {
  browser.current ??= openBrowser(provider);
  return browser.current;
};

async function issued() {
  const { tokens } = await obtainTokens(provider, rp, who, {
    browser: theirs(),
    parameters: { scope: SCOPE, prompt: 'consent' },
  });
  const { access_token, refresh_token = '' } = tokens;
  return { access_token, refresh_token, cookie: await sessionCookie(theirs(), rp) };
}

describe('a lock', () => {
  it('ends at once what was issued before, and unlocking brings nothing of it back', async () => {
    const before = await issued();
    expect((await userInfoOf(provider, before.access_token)).status).toBe(200);
    expect(await introspect(before.refresh_token)).toBe(true);
    const dead = async () => {
      expect((await userInfoOf(provider, before.access_token)).status).toBe(401);
      expect(await introspect(before.access_token)).toBe(false);
      expect(await introspect(before.refresh_token)).toBe(false);
      expect(await refresh(before.refresh_token)).toMatchObject({
        status: 400,
        json: { error: 'invalid_grant' },
      });
      expect(await answerTo(provider, rp, before.cookie)).toBe('login_required');
    };
    await lock();
    await dead();
    await unlock();
    await dead();
  });

  it('lets the person in again after it, by all factors, with new tokens', async () => {
    await issued();
    await lock();
    await unlock();
    const after = await issued();
    expect((await userInfoOf(provider, after.access_token)).status).toBe(200);
  });

  it('ends a code that was not redeemed', async () => {
    const { grant } = await obtainCode(provider, rp, who, { browser: theirs() });
    await lock();
    await unlock();
    expect(await post(provider, '/token', grant, basic(rp))).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant' },
    });
  });

  it('refuses a code while it stands', async () => {
    const { grant } = await obtainCode(provider, rp, who, { browser: theirs() });
    await lock();
    expect((await post(provider, '/token', grant, basic(rp))).status).toBe(400);
    await unlock();
  });

  it('stops a sign-in between its factors, also when it is over by the second one', async () => {
    const first = await begin(provider, rp, { acr_values: '2', prompt: 'login' }, theirs());
    const code = await typePassword(first.browser, first.visit, who);
    expect(pageOf(code)).toBe('totp');
    await lock();
    await unlock();
    advance(31);
    const typed = currentTotpCode(who.totpSecret ?? '', Date.now());
    expect(pageOf(await first.browser.submit(code, '/totp', { code: typed }))).toBe('password');
  });

  it('stops a sign-in whose last proof waits to be taken over', async () => {
    const first = await begin(provider, rp, { prompt: 'login' }, theirs());
    const { personal_number } = who.subject;
    const fields = first.visit.page?.text.includes('id="personal_number"') ? { personal_number } : {};
    const posted = await first.browser.post(first.visit, '/password', { ...fields, password: who.password });
    expect(posted.headers.location).toContain('/authorize/');
    await lock();
    await unlock();
    expect(pageOf(await first.browser.follow(posted.headers.location ?? ''))).toBe('password');
  });

  it.each([true, false])('stops a sign-in at the page of consent (unlocked meanwhile: %s)', async (over) => {
    await begin(provider, rp, { scope: 'openid' }, theirs());
    const asked = await begin(provider, rp, { scope: 'openid profile', prompt: 'login consent' }, theirs());
    const page = await typePassword(asked.browser, asked.visit, who);
    expect(pageOf(page)).toBe('consent');
    await lock();
    if (over) await unlock();
    const answered = await agree(asked.browser, page);
    await expect(claimsOf(asked.started, answered)).rejects.toThrow();
    // The session that the page belongs to has ended: the sign-in has to be begun again.
    expect(pageOf(answered)).toBe('400');
    if (!over) await unlock();
  });

  it('leaves nobody in a circle: the account asks for a sign-in, and that names the lock', async () => {
    await issued();
    expect((await theirs().get('/account')).status).toBe(200);
    await lock();
    const back = await theirs().follow('/account');
    expect(pageOf(back)).toBe('password');
    const shown = await typePassword(theirs(), back, who);
    expect(shown.page?.status).toBe(403);
    expect(shown.page?.text).toContain('href="/recover"');
    expect(answerOf((await begin(provider, rp, { prompt: 'none' }, theirs())).visit).error).toBe(
      'login_required',
    );
    await unlock();
  });
});
