import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openModel } from '../../../src/oidc/models.ts';
import { bucketOf } from '../../../src/storage/bucket.ts';
import { agree, openBrowser, person, signIn } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, pageOf } from '../../support/visits.ts';
import { basic, obtainTokens, post, userInfoOf } from './flow.ts';

/** Shorter than a refresh token lives, in seconds. */
const REMEMBERED = 10 * 86_400;
const OFFLINE = { scope: 'openid profile offline_access', prompt: 'consent' };

describe('what was issued', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let next = 0;
  const who = person('mother');
  beforeAll(async () => {
    provider = await startProvider({ config: { consent: { remembered: REMEMBERED } } });
  });
  beforeEach(async () => {
    advance(31);
    next += 1;
    rp = await register(provider, { client_id: `cong-${next}`, secretBasic: true });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const refresh = (token: string | undefined) =>
    post(provider, '/token', { grant_type: 'refresh_token', refresh_token: token ?? '' }, basic(rp));
  const signOut = async (browser: ReturnType<typeof openBrowser>) =>
    browser.submit(await browser.follow('/logout'), '/logout/confirm', { logout: 'yes' });

  it('ends with the session also where more was asked for in between', async () => {
    const browser = openBrowser(provider);
    const { tokens } = await obtainTokens(provider, rp, who, { browser, parameters: OFFLINE });
    await signIn(browser, (await start(rp, { scope: 'openid profile email' })).url, who);
    await signOut(browser);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('ends with the session also where two tabs agreed', async () => {
    const browser = openBrowser(provider);
    await signIn(
      browser,
      (await start(await register(provider, { client_id: `cong-khac-${next}` }))).url,
      who,
    );
    const tabs = [await begin(provider, rp, OFFLINE, browser), await begin(provider, rp, OFFLINE, browser)];
    const refreshTokens: (string | undefined)[] = [];
    for (const { visit, started } of tabs) {
      expect(pageOf(visit)).toBe('consent');
      const { left } = await agree(browser, visit);
      refreshTokens.push((await redeem(started, left ?? new URL('about:blank'))).refresh_token);
    }
    await signOut(browser);
    for (const token of refreshTokens) expect((await refresh(token)).status).toBe(400);
  });

  it('ends with the session under whatever cookie a row of it stands', async () => {
    const browser = openBrowser(provider);
    await obtainTokens(provider, rp, who, { browser, parameters: OFFLINE });
    const sessions = openModel(provider.services.storage, 'Session');
    const subject = (await provider.services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
    const row = (await sessions.find('subject', subject)).at(-1);
    if (row === undefined) throw new Error('there is no session');
    const { uid } = row.doc.payload;
    for (const { id } of await sessions.find('subject', subject))
      if (id !== row.id) await sessions.remove(id);
    await sessions.insert(`${bucketOf(String(uid))} a row left behind`, row.doc, row.expiresAt);
    await signOut(browser);
    const left = await sessions.find('uid', String(uid));
    expect(left.map(({ id }) => id)).toEqual([]);
  });

  it('for offline use goes on where the person chose to stay signed in', async () => {
    const browser = openBrowser(provider);
    const { tokens } = await obtainTokens(provider, rp, who, { browser, parameters: OFFLINE });
    await browser.submit(await browser.follow(`/logout?client_id=${rp.clientId}`), '/logout/confirm', {});
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('ends with a later sign-out, though the person stayed signed in the first time', async () => {
    const browser = openBrowser(provider);
    const { tokens } = await obtainTokens(provider, rp, who, { browser, parameters: OFFLINE });
    await browser.submit(await browser.follow(`/logout?client_id=${rp.clientId}`), '/logout/confirm', {});
    await signOut(browser);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('for a scope or a claim goes on where another device agrees to a claim or a scope of that name', async () => {
    const claim = (name: string) => ({ claims: JSON.stringify({ userinfo: { [name]: null } }) });
    const rounds: [Record<string, string>, string[], Record<string, string>, string[]][] = [
      [{ ...OFFLINE, scope: `${OFFLINE.scope} email` }, ['email'], claim('email'), ['email']],
      [{ ...OFFLINE, ...claim('phone_number') }, ['phone'], { scope: 'openid phone' }, ['phone']],
    ];
    for (const [first, agreed, second, alsoAgreed] of rounds) {
      rp = await register(provider, {
        client_id: `cong-hai-may-${rounds.length}-${agreed[0]}`,
        secretBasic: true,
      });
      const { tokens } = await obtainTokens(provider, rp, who, { parameters: first, optional: agreed });
      await obtainTokens(provider, rp, who, { parameters: second, optional: alsoAgreed });
      expect((await refresh(tokens.refresh_token)).status).toBe(200);
    }
  });

  it('gives nothing that was taken from the registration', async () => {
    const { tokens } = await obtainTokens(provider, rp, who, { parameters: { scope: 'openid profile' } });
    await provider.services.registry.update(
      rp.clientId,
      ({ scopes: { profile: _, ...scopes }, ...party }) => ({
        ...party,
        scopes,
      }),
    );
    const { status, text } = await userInfoOf(provider, tokens.access_token);
    expect(status).toBe(200);
    expect(text).not.toContain(who.subject.name);
  });

  it('does not outlive the decision that it rests on', async () => {
    const { tokens } = await obtainTokens(provider, rp, who, { parameters: OFFLINE });
    advance(REMEMBERED - 3600);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
    advance(3700);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
  });
});
