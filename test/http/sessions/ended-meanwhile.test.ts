import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endOtherSessions } from '../../../src/oidc/session-adapter.ts';
import type { Storage } from '../../../src/storage/contract.ts';
import { openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { openAccount } from '../factors/account.ts';
import { answerTo, basic, grantOf, obtainCode, post, silently } from '../protocol/flow.ts';
import { heldCookie, twinOf } from './browsers.ts';

const ngoc = person('all-documents');
const offline = { scope: 'openid profile offline_access', prompt: 'consent' };

let provider: TestProvider;
let rp: TestRelyingParty;
let owner: TestBrowser;
let other: TestBrowser;
/** What happens right before the next row is written into the collection named. */
let before: { readonly collection: string; readonly act: () => Promise<unknown> } | undefined;

beforeEach(async () => {
  before = undefined;
  provider = await startProvider({ storage: watched });
  rp = await register(provider, { secretBasic: true });
  owner = await signedIn();
  other = await signedIn(owner);
});
afterEach(async () => {
  vi.useRealTimers();
  await provider.close();
});

const WRITES: ReadonlySet<string> = new Set(['insert', 'put', 'replace']);

/** The storage, with a stop before one write. */
const watched = (real: Storage): Storage => ({
  ...real,
  collection: (definition) => {
    const rows = real.collection(definition);
    return new Proxy(rows, {
      get: (target, method: keyof typeof rows) =>
        WRITES.has(method) && before?.collection === definition.name
          ? async (...args: unknown[]) => {
              const stop = before;
              before = undefined;
              await stop?.act();
              return Reflect.apply(target[method], target, args);
            }
          : target[method].bind(target),
    });
  },
});

async function signedIn(known?: TestBrowser): Promise<TestBrowser> {
  advance(61);
  const browser = known ? twinOf(provider, known) : openBrowser(provider);
  const page = await openAccount(browser, '/account/factors/recovery-codes', ngoc);
  expect(page.page?.status).toBe(200);
  return browser;
}

/** All sessions of the person are ended at the moment at which `collection` is next written. */
async function endAtNext(collection: string): Promise<void> {
  const found = await provider.services.directory.findByNumber(ngoc.subject.personal_number);
  before = { collection, act: () => endOtherSessions(provider.services, found?.id ?? '', undefined) };
}
const opens = async (browser: TestBrowser) => (await browser.get('/account')).status === 200;

describe('a session that is being given another name while the others are ended', () => {
  it('ends as well', async () => {
    const page = await other.follow('/account/factors/recovery-codes');
    await endAtNext('sessions');
    await other.submit(page, '/recovery-codes');
    expect(before).toBeUndefined();
    expect(await opens(other)).toBe(false);
    expect(await answerTo(provider, rp, heldCookie(other))).toBe('login_required');
  });

  it('lets a sign-in of afterwards stand', async () => {
    const page = await other.follow('/account/factors/recovery-codes');
    await endAtNext('sessions');
    await other.submit(page, '/recovery-codes');
    const again = await signedIn(owner);
    expect(await opens(again)).toBe(true);
    expect(await answerTo(provider, rp, heldCookie(again))).toBe('consent_required');
  });
});

describe('what is being issued while the sessions are ended', () => {
  const redeemed = async (callback: URL, started: Parameters<typeof grantOf>[0]) =>
    (await post(provider, '/token', grantOf(started, callback), basic(rp))).status;

  beforeEach(async () => {
    await obtainCode(provider, rp, ngoc, { browser: owner, parameters: offline });
  });

  it.each(['grants', 'authorization_codes', 'sessions'])(
    'is dead, whichever of it is written last (%s)',
    async (collection) => {
      const { prompt: _, ...parameters } = offline;
      await endAtNext(collection);
      const { callback, started } = await silently(other, rp, parameters);
      expect(before).toBeUndefined();
      expect(callback.searchParams.has('code')).toBe(true);
      expect(await redeemed(callback, started)).toBe(400);
      expect(await opens(other)).toBe(false);
    },
  );

  it('is good where nobody ends them', async () => {
    const { prompt: _, ...parameters } = offline;
    const { callback, started } = await silently(other, rp, parameters);
    expect(await redeemed(callback, started)).toBe(200);
  });
});
