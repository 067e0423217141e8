import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { temporaryFolder } from '../../support/storage.ts';
import { enter } from '../account/console.ts';
import { obtainCode, obtainTokens, silently, userInfoOf } from '../protocol/flow.ts';
import { cloneOf } from './browsers.ts';

const an = person('level-1');
const IDLE = 900;
const ABSOLUTE = 3_600;
/** The library's tolerance of clocks, and the minute by which the console may lag in writing. */
const SLACK = 80;

let provider: TestProvider;
let rp: TestRelyingParty;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let storageUrl: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  storageUrl = `sqlite:${folder.folder}/motcua.db`;
  provider = await startProvider({ storageUrl, config: { session: { idle: IDLE, absolute: ABSOLUTE } } });
  rp = await register(provider, { secretBasic: true });
});
let browser: TestBrowser;
beforeEach(async () => {
  advance(61);
  browser ??= openBrowser(provider);
  await obtainCode(provider, rp, an, { browser, parameters: { prompt: 'login' } });
});
afterAll(async () => {
  vi.useRealTimers();
  await provider.close();
  await folder.remove();
});

const inConsole = async () => (await browser.get('/account')).status === 200;
const atPortal = async () => answers(browser);
/** Whether a portal gets its code without a question to the person. */
const answers = async (one: TestBrowser) => (await silently(one, rp)).callback.searchParams.has('code');

describe('a session', () => {
  it.each([
    ['a portal', atPortal],
    ['the console', inConsole],
  ])('that was idle for too long is over at %s', async (_where, isThere) => {
    expect(await isThere()).toBe(true);
    advance(IDLE - SLACK);
    expect(await isThere()).toBe(true);
    advance(IDLE + SLACK);
    expect(await isThere()).toBe(false);
  });

  it.each([
    ['a portal', atPortal, inConsole],
    ['the console', inConsole, atPortal],
  ])('that is used at %s is not idle elsewhere', async (_where, use, look) => {
    for (let time = 0; time < 3; time += 1) {
      advance(IDLE - SLACK);
      expect(await use()).toBe(true);
    }
    advance(IDLE - SLACK);
    expect(await look()).toBe(true);
  });

  it.each([
    ['a portal', atPortal],
    ['the console', inConsole],
  ])('ends at its absolute limit, however busy it was at %s', async (_where, use) => {
    for (let gone = 600; gone < ABSOLUTE; gone += 600) {
      advance(600);
      expect(await use()).toBe(true);
    }
    advance(600);
    expect(await inConsole()).toBe(false);
    expect(await atPortal()).toBe(false);
  });

  it('is not made longer by a step up that proves no first factor', async () => {
    const ngoc = person('all-documents');
    const theirs = openBrowser(provider);
    await obtainCode(provider, rp, ngoc, { browser: theirs, parameters: { scope: 'openid profile' } });
    advance(IDLE - SLACK);
    await enter(theirs, '/account/wallet/open', ngoc);
    for (let gone = IDLE; gone < ABSOLUTE; gone += 600) {
      await theirs.get('/account');
      advance(600);
    }
    expect((await theirs.get('/account')).status).toBe(303);
  });

  it('carries no token past its own end', async () => {
    const { tokens } = await obtainTokens(provider, rp, an, {
      browser,
      parameters: { scope: 'openid profile' },
    });
    expect((await userInfoOf(provider, tokens.access_token)).status).toBe(200);
    advance(IDLE + SLACK);
    expect((await userInfoOf(provider, tokens.access_token)).status).toBe(401);
  });
});

describe('limits that an operator makes shorter', () => {
  let shorter: TestProvider;
  beforeAll(async () => {
    const config = { session: { idle: 300, absolute: 700 } };
    shorter = await startProvider({ storageUrl, issuer: provider.issuer, people: false, config });
  }, 60_000);
  afterAll(() => shorter.close());

  /** By the cookies of a session that was begun under the limits of before. */
  const isThere = () => answers(cloneOf(shorter, browser));

  it('hold for how long a session may be that was begun before', async () => {
    advance(280);
    expect(await atPortal()).toBe(true);
    advance(280);
    expect(await atPortal()).toBe(true);
    advance(200);
    expect(await isThere()).toBe(false);
    expect(await atPortal()).toBe(true);
  });

  it('let a session go on that keeps to them', async () => {
    advance(200);
    expect(await isThere()).toBe(true);
  });

  it('hold for how long a session may be idle that was begun before', async () => {
    advance(310);
    expect(await isThere()).toBe(false);
    expect(await atPortal()).toBe(true);
  });
});
