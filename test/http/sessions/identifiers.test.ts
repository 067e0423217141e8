import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser, person, type TestBrowser, type Visit } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { openAccount } from '../factors/account.ts';
import { answerTo, obtainCode, send } from '../protocol/flow.ts';
import { heldCookie, twinOf } from './browsers.ts';

const ngoc = person('all-documents');
const NEW_PASSWORD = 'thuyền nan đậu bến sông';

let provider: TestProvider;
let rp: TestRelyingParty;
beforeAll(async () => {
  provider = await startProvider();
  rp = await register(provider, { secretBasic: true });
});
beforeEach(() => advance(61));
afterAll(async () => {
  vi.useRealTimers();
  await provider.close();
});

const atPortal = (browser: TestBrowser, parameters: Record<string, string>) =>
  obtainCode(provider, rp, ngoc, { browser, parameters });
/** A page of the console, with all that its sign-in asks for. */
async function inConsole(browser: TestBrowser, path: string, who = ngoc): Promise<Visit> {
  advance(31);
  const visit = await openAccount(browser, path, who);
  expect(visit.page?.status).toBe(200);
  return visit;
}
let known: TestBrowser | undefined;
/** A browser with a session at level 1, always of the same device. */
async function signedIn(): Promise<TestBrowser> {
  const browser = known ? twinOf(provider, known) : openBrowser(provider);
  await atPortal(browser, { scope: 'openid profile' });
  known ??= browser;
  return browser;
}
/** Whether the cookie opens the console and answers a portal without a question. */
async function opens(Cookie: string): Promise<{ console: boolean; portal: boolean }> {
  const { status } = await send(provider, '/account', { headers: { Cookie, Accept: 'text/html' } });
  return { console: status === 200, portal: (await answerTo(provider, rp, Cookie)) === 'code' };
}
const nothing = { console: false, portal: false };
const everything = { console: true, portal: true };

describe('the name of a session', () => {
  it.each<[string, (browser: TestBrowser) => Promise<unknown>]>([
    ['a step-up at a portal', (browser) => atPortal(browser, { acr_values: '2' })],
    ['a step-up in the console', (browser) => inConsole(browser, '/account/wallet/open')],
    ['another sign-in at a portal', (browser) => atPortal(browser, { prompt: 'login' })],
    ['a sign-in for a sensitive change', (browser) => inConsole(browser, '/account/password')],
  ])('is another after %s, and the one of before is dead', async (_what, act) => {
    const browser = await signedIn();
    const before = heldCookie(browser);
    expect(await opens(before)).toEqual(everything);
    await act(browser);
    const after = heldCookie(browser);
    expect(after).not.toBe(before);
    expect(await opens(before)).toEqual(nothing);
    expect(await opens(after)).toEqual(everything);
  });

  it('stays while nothing new is proved', async () => {
    const browser = await signedIn();
    const before = heldCookie(browser);
    await atPortal(browser, { scope: 'openid profile' });
    expect((await browser.get('/account')).status).toBe(200);
    expect(heldCookie(browser)).toBe(before);
  });
});

describe('the other sessions of a person', () => {
  const change: [string, (browser: TestBrowser) => Promise<unknown>][] = [
    [
      'a change of the password',
      async (browser) => {
        const page = await inConsole(browser, '/account/password');
        const fields = { password: ngoc.password, new_password: NEW_PASSWORD };
        const done = await browser.submit(page, '/account/password', fields);
        expect(done.page?.status).toBe(200);
      },
    ],
    [
      'a change of factors',
      async (browser) => {
        const page = await inConsole(browser, '/account/factors/recovery-codes', ngocAfter);
        const done = await browser.submit(page, '/recovery-codes');
        expect(done.page?.status).toBe(200);
      },
    ],
  ];
  const ngocAfter = { ...ngoc, password: NEW_PASSWORD };

  it.each(change)('end with %s, and this one goes on', async (_what, act) => {
    const others = await signedInAs(_what === 'a change of factors' ? ngocAfter : ngoc);
    const other = heldCookie(others);
    expect(await opens(other)).toEqual(everything);
    const mine = twinOf(provider, others);
    await act(mine);
    const after = heldCookie(mine);
    expect(await opens(other)).toEqual(nothing);
    expect((await opens(after)).console).toBe(true);
  });

  async function signedInAs(who: typeof ngoc): Promise<TestBrowser> {
    advance(61);
    const browser = known ? twinOf(provider, known) : openBrowser(provider);
    await obtainCode(provider, rp, who, { browser, parameters: { scope: 'openid profile' } });
    known ??= browser;
    return browser;
  }
});
