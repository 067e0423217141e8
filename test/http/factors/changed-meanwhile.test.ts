import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import type { Collection, Storage } from '../../../src/storage/contract.ts';
import { agree, openBrowser, person, type TestBrowser, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, claimsOf, pageOf } from '../../support/visits.ts';
import { enrolPasskey, openAccount, usePasskey } from './account.ts';

const ngoc = person('all-documents');
const NEW_PASSWORD = 'thuyền nan đậu bến sông';
const SECRET = 'ANOTHERSECRETAAAAAAAAAAAAAAAAAAA';

let provider: TestProvider;
let rp: TestRelyingParty;
/** What happens right before the next new row of a session is written. */
let beforeSession: (() => Promise<unknown>) | undefined;
beforeEach(async () => {
  beforeSession = undefined;
  provider = await startProvider({ storage: watched });
  rp = await register(provider);
});
afterEach(async () => {
  vi.useRealTimers();
  await provider.close();
});

/** The storage, with a stop before the next new row of a session. */
const watched = (real: Storage): Storage => ({
  ...real,
  collection: (definition) => {
    const rows = real.collection(definition);
    if (definition.name !== 'sessions') return rows;
    const insert: Collection<never>['insert'] = async (...row) => {
      const stop = beforeSession;
      beforeSession = undefined;
      await stop?.();
      return rows.insert(...row);
    };
    return { ...rows, insert } as typeof rows;
  },
});

const idOf = async ({ subject }: SyntheticPerson) =>
  (await provider.services.directory.findByNumber(subject.personal_number))?.id ?? '';
const secretOn = (text: string | undefined): string => /secret=([A-Z2-7]+)/.exec(text ?? '')?.[1] ?? '';

/** A browser signed in at level 2, a minute later. */
async function signedIn(): Promise<TestBrowser> {
  advance(61);
  const browser = openBrowser(provider);
  const page = await openAccount(browser, '/account/factors/recovery-codes', ngoc);
  expect(page.page?.status).toBe(200);
  return browser;
}

async function changePassword(browser: TestBrowser): Promise<void> {
  const page = await browser.follow('/account/password');
  const fields = { password: ngoc.password, new_password: NEW_PASSWORD };
  expect((await browser.submit(page, '/account/password', fields)).page?.status).toBe(200);
}

/** Proves the password and stops before the answer is taken over, as a browser whose navigation is held. */
async function heldAfterPassword(parameters: Record<string, string>) {
  const { browser, started, visit } = await begin(provider, rp, parameters);
  const { personal_number } = ngoc.subject;
  const posted = await browser.post(visit, '/password', { personal_number, password: ngoc.password });
  return { browser, started, address: posted.headers.location ?? '' };
}

describe('a sign-in whose proofs wait to be taken over', () => {
  it.each([{}, { prompt: 'login' }])(
    'ends when the password is changed elsewhere (%j)',
    async (parameters) => {
      const owner = await signedIn();
      const { address, browser } = await heldAfterPassword(parameters);
      expect(address).toContain('/authorize/');
      advance(2);
      await changePassword(owner);
      expect(pageOf(await browser.follow(address))).toBe('password');
      expect((await browser.get('/account/factors')).status).toBe(303);
      const silent = await begin(provider, rp, { prompt: 'none' }, browser);
      expect(answerOf(silent.visit).error).toBe('login_required');
    },
  );

  it('ends when the app that it was proved with is replaced, even in the same second', async () => {
    const { address, browser } = await heldAfterPassword({ acr_values: '2' });
    const page = await browser.follow(address);
    const posted = await browser.post(page, '/totp', {
      code: currentTotpCode(ngoc.totpSecret ?? '', Date.now()),
    });
    await provider.services.credentials.setTotp(await idOf(ngoc), SECRET);
    expect(pageOf(await browser.follow(posted.headers.location ?? ''))).toBe('password');
  });

  it('ends at the page of the second factor too', async () => {
    const { address, browser } = await heldAfterPassword({ acr_values: '2' });
    const page = await browser.follow(address);
    expect(pageOf(page)).toBe('totp');
    await provider.services.credentials.setTotp(await idOf(ngoc), SECRET);
    const code = currentTotpCode(SECRET, Date.now());
    expect(pageOf(await browser.submit(page, '/totp', { code }))).toBe('password');
  });

  it('goes on by what this very session proved before the change', async () => {
    const browser = openBrowser(provider);
    const first = await begin(provider, rp, { scope: 'openid' }, browser);
    const left = await typePassword(browser, first.visit, ngoc);
    if (pageOf(left) === 'consent') await agree(browser, left);
    await provider.services.credentials.setTotp(await idOf(ngoc), SECRET);
    advance(61);
    const { started, visit } = await begin(provider, rp, { scope: 'openid', acr_values: '2' }, browser);
    const done = await browser.submit(visit, '/totp', { code: currentTotpCode(SECRET, Date.now()) });
    expect(await claimsOf(started, done)).toMatchObject({ acr: '2' });
  });
});

describe('a sign-in that was let through while a factor changed', () => {
  it('is no session, and what was issued in it is dead', async () => {
    const first = await begin(provider, rp, { scope: 'openid' });
    const left = await typePassword(first.browser, first.visit, ngoc);
    if (pageOf(left) === 'consent') await agree(first.browser, left);
    advance(61);
    const { address, browser, started } = await heldAfterPassword({ scope: 'openid' });
    const id = await idOf(ngoc);
    advance(2);
    beforeSession = () => provider.services.credentials.setTotp(id, SECRET);
    const back = await browser.follow(address);
    expect(beforeSession).toBeUndefined();
    await expect(claimsOf(started, back)).rejects.toThrow();
    const again = await browser.follow((await start(rp, { prompt: 'none', scope: 'openid' })).url);
    expect(answerOf(again).error).toBe('login_required');
  });
});

describe('a secret that is being brought into an app', () => {
  it('is that of one session: no other sees it, or enrols by it', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    const secret = secretOn((await one.follow('/account/factors/totp')).page?.text);
    const page = await other.follow('/account/factors/totp');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(secretOn(page.page?.text)).not.toBe(secret);
    const answer = await other.submit(page, '/totp', { code: currentTotpCode(secret, Date.now()) });
    expect(answer.page?.status).toBe(422);
  });

  it('is void after a change of password', async () => {
    const browser = await signedIn();
    const secret = secretOn((await browser.follow('/account/factors/totp')).page?.text);
    await changePassword(browser);
    expect(secretOn((await browser.follow('/account/factors/totp')).page?.text)).not.toBe(secret);
  });
});

describe('factors chosen at level 1', () => {
  const essential2 = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } }) };
  const an = person('level-1');

  it('carry no level 2 once the account reaches it, alone or beside others', async () => {
    const { phone } = await enrolPasskey(provider, an);
    const id = await idOf(an);
    await provider.services.directory.update(id, (subject) => ({ ...subject, level: 2 }));
    advance(61);
    const alone = await begin(provider, rp, { scope: 'openid', ...essential2 });
    expect(pageOf(await usePasskey(alone.browser, alone.visit, phone))).toBe('too-low');
    const closed = await openAccount(openBrowser(provider), '/account/factors/passkey', an);
    expect(closed.page?.status).toBe(403);
    await provider.services.credentials.setTotp(id, SECRET);
    advance(61);
    const beside = await begin(provider, rp, { scope: 'openid', ...essential2 });
    const page = await usePasskey(beside.browser, beside.visit, phone);
    expect(pageOf(page)).toBe('totp');
    const code = currentTotpCode(SECRET, Date.now());
    const done = await beside.browser.submit(page, '/totp', { code });
    const left = pageOf(done) === 'consent' ? await agree(beside.browser, done) : done;
    expect(await claimsOf(beside.started, left)).toMatchObject({ acr: '2' });
  });
});
