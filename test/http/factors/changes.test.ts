import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import { openAuthenticator } from '../../support/authenticator.ts';
import {
  agree,
  heading,
  openBrowser,
  person,
  type TestBrowser,
  typePassword,
} from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, claimsOf, pageOf, textOf } from '../../support/visits.ts';
import { asked, enrolPasskey, openAccount, usePasskey } from './account.ts';

const ngoc = person('all-documents');
const an = person('level-1');
const NEW_PASSWORD = 'thuyền nan đậu bến sông';

let provider: TestProvider;
let rp: TestRelyingParty;
beforeEach(async () => {
  provider = await startProvider();
  rp = await register(provider);
});
afterEach(async () => {
  vi.useRealTimers();
  await provider.close();
});

const idOf = async ({ subject }: SyntheticPerson) =>
  (await provider.services.directory.findByNumber(subject.personal_number))?.id ?? '';
const credentialsOf = async (who: SyntheticPerson) => provider.services.credentials.get(await idOf(who));
/** A browser signed in at level 2 with password and code. */
async function signedIn(who = ngoc): Promise<TestBrowser> {
  advance(61);
  const browser = openBrowser(provider);
  const page = await openAccount(browser, '/account/factors/recovery-codes', who);
  expect(page.page?.status).toBe(200);
  return browser;
}
const codesIn = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/<li class="number">([\w-]+)<\/li>/g)].map(([, code = '']) => code);
const isSignedIn = async (browser: TestBrowser) => (await browser.get('/account/factors')).status === 200;
const cookieOf = ({ agent }: TestBrowser): string | undefined =>
  agent.jar.getCookie('session', { domain: 'localhost', path: '/', secure: false, script: false })?.value;
async function letters(): Promise<
  readonly { readonly subject?: string | undefined; readonly text?: string | undefined }[]
> {
  await provider.application.deliveries.run();
  return provider.letters;
}

describe('an authenticator app', () => {
  const secretOn = (text: string | undefined): string => /secret=([A-Z2-7]+)/.exec(text ?? '')?.[1] ?? '';

  it('is enrolled by the code that it shows, once, and the one of before ends', async () => {
    const browser = await signedIn();
    const page = await browser.follow('/account/factors/totp');
    const secret = secretOn(page.page?.text);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(page.page?.text.replace(/ /g, '')).toContain(secret);
    const wrong = await browser.submit(page, '/totp', { code: '000000' });
    expect(wrong.page?.status).toBe(422);
    expect(secretOn(wrong.page?.text)).toBe(secret);
    expect((await credentialsOf(ngoc)).totp?.secret).toBe(ngoc.totpSecret);
    const code = currentTotpCode(secret, Date.now());
    const done = await browser.submit(wrong, '/totp', { code });
    expect(heading(done)).toBe('Lưu mã khôi phục của bạn');
    expect((await credentialsOf(ngoc)).totp?.secret).toBe(secret);
    advance(1);
    const begun = await begin(provider, rp, { acr_values: '2', scope: 'openid' });
    const second = await typePassword(begun.browser, begun.visit, ngoc);
    for (const used of [code, currentTotpCode(ngoc.totpSecret ?? '', Date.now())]) {
      expect(pageOf(await begun.browser.submit(second, '/totp', { code: used }))).toBe('totp');
    }
    expect((await letters()).map(({ subject }) => subject).join()).toContain('Cách đăng nhập đã thay đổi');
  });

  it('goes with its recovery codes, and with level 2, when it was the last', async () => {
    const browser = await signedIn();
    await browser.submit(await browser.follow('/account/factors/recovery-codes'), '/recovery-codes');
    const page = await browser.follow('/account/factors/totp/remove');
    expect(textOf(page)).toContain('bước xác thực thứ hai duy nhất');
    await browser.submit(page, '/totp/remove');
    expect(await credentialsOf(ngoc)).toEqual({
      password: expect.anything(),
      factors_changed_at: expect.anything(),
    });
    const closed = await browser.follow('/account/factors/totp');
    expect(closed.page?.status).toBe(403);
    expect(heading(closed)).toBe('Chưa thay đổi được ở đây');
  });
});

describe('recovery codes', () => {
  it('stand in for the second step once each, and a letter says that one was used', async () => {
    const browser = await signedIn();
    const shown = await browser.submit(
      await browser.follow('/account/factors/recovery-codes'),
      '/recovery-codes',
    );
    const codes = codesIn(shown.page?.text);
    expect(new Set(codes).size).toBe(10);
    expect(JSON.stringify(await credentialsOf(ngoc))).not.toContain(codes[0]);
    const signInWith = async (code = '') => {
      advance(1);
      const begun = await begin(provider, rp, { acr_values: '2', scope: 'openid' });
      const second = await typePassword(begun.browser, begun.visit, ngoc);
      return {
        ...begun,
        answer: await begun.browser.submit(second, '/recovery-code', { recovery_code: code }),
      };
    };
    const first = await signInWith(codes[0]?.toUpperCase().replaceAll('-', ' '));
    const left = pageOf(first.answer) === 'consent' ? await agree(first.browser, first.answer) : first.answer;
    expect(await claimsOf(first.started, left)).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
    expect((await signInWith(codes[0])).answer.page?.status).toBe(422);
    expect((await letters()).some(({ text }) => text?.includes('Một mã khôi phục đã được dùng'))).toBe(true);
    // A new set ends what is left of the old one.
    advance(61);
    await browser.submit(await browser.follow('/account/factors/recovery-codes'), '/recovery-codes');
    expect((await signInWith(codes[1])).answer.page?.status).toBe(422);
  });

  it('are nothing in another person’s sign-in', async () => {
    const browser = await signedIn();
    const shown = await browser.submit(
      await browser.follow('/account/factors/recovery-codes'),
      '/recovery-codes',
    );
    const mothers = await signedIn(person('mother'));
    await mothers.submit(await mothers.follow('/account/factors/recovery-codes'), '/recovery-codes');
    advance(1);
    const begun = await begin(provider, rp, { acr_values: '2', scope: 'openid' });
    const second = await typePassword(begun.browser, begun.visit, person('mother'));
    const [code = ''] = codesIn(shown.page?.text);
    const answer = await begun.browser.submit(second, '/recovery-code', { recovery_code: code });
    expect(answer.page?.status).toBe(422);
  });
});

describe('a passkey', () => {
  it('that was removed is no way in, and a renamed one is', async () => {
    const { browser, phone } = await enrolPasskey(provider, ngoc);
    const list = await browser.follow('/account/factors');
    const [, href = ''] = /href="(\/account\/factors\/passkeys\/[\w-]+)"/.exec(list.page?.text ?? '') ?? [];
    await browser.submit(await browser.follow(href), href, { name: 'Máy  cũ\u202e' });
    expect((await credentialsOf(ngoc)).passkeys).toMatchObject([{ name: 'Máy cũ' }]);
    const before = await begin(provider, rp, { scope: 'openid' });
    expect(pageOf(await usePasskey(before.browser, before.visit, phone))).not.toBe('password');
    await browser.submit(await browser.follow(`${href}/remove`), `${href}/remove`);
    const after = await begin(provider, rp, { scope: 'openid' });
    expect((await usePasskey(after.browser, after.visit, phone)).page?.status).toBe(422);
    expect((await browser.get(href)).status).toBe(404);
  });

  it('of one person is not found in another’s account', async () => {
    await enrolPasskey(provider, ngoc);
    const list = await (await signedIn()).follow('/account/factors');
    const [, href = ''] = /href="(\/account\/factors\/passkeys\/[\w-]+)"/.exec(list.page?.text ?? '') ?? [];
    const mothers = await signedIn(person('mother'));
    expect(href).not.toBe('');
    expect((await mothers.get(href)).status).toBe(404);
  });

  it('answers the challenge of its own page, once, within five minutes', async () => {
    const browser = await signedIn();
    const phone = openAuthenticator(provider.issuer);
    const add = async (response: string, page: Awaited<ReturnType<TestBrowser['follow']>>) =>
      (await browser.submit(page, '/factors/passkey', { response, name: 'x' })).page?.status;
    const page = await browser.follow('/account/factors/passkey');
    const unverified = phone.create(asked(page), { verified: false });
    expect(await add(unverified, page)).toBe(422);
    expect(await add(phone.create(asked(page)), page)).toBe(422);
    const late = await browser.follow('/account/factors/passkey');
    const response = phone.create(asked(late));
    advance(301);
    expect(await add(response, late)).toBe(422);
    expect((await credentialsOf(ngoc)).passkeys).toBeUndefined();
  });
});

describe('a session that is not level 2, of somebody who is', () => {
  it('is asked for the second factor before anything can change', async () => {
    const browser = openBrowser(provider);
    const { visit } = await begin(provider, rp, { scope: 'openid' }, browser);
    await typePassword(browser, visit, ngoc);
    for (const path of ['passkey', 'totp', 'totp/remove', 'recovery-codes', '../password']) {
      const page = await browser.follow(new URL(path, `${provider.issuer}/account/factors/`));
      expect(pageOf(page)).toBe('totp');
    }
  });

  it('cannot add the first second factor, because a password alone would then make level 2', async () => {
    await provider.services.credentials.removeTotp(await idOf(ngoc));
    advance(1);
    const browser = openBrowser(provider);
    const page = await openAccount(browser, '/account/factors/passkey', ngoc);
    expect(page.page?.status).toBe(403);
    expect(page.page?.text).not.toContain('data-options');
  });

  it('of an account held at level 1 by an expired paper changes nothing', async () => {
    const browser = openBrowser(provider);
    const page = await openAccount(browser, '/account/factors/totp', person('expired-card'));
    expect(page.page?.status).toBe(403);
  });
});

describe('a level 1 account', () => {
  it('may add a passkey, which then signs in at level 1', async () => {
    const { phone, visit } = await enrolPasskey(provider, an);
    expect(heading(visit)).toBe('Lưu mã khôi phục của bạn');
    const begun = await begin(provider, rp, { scope: 'openid' });
    const done = await usePasskey(begun.browser, begun.visit, phone);
    const left = pageOf(done) === 'consent' ? await agree(begun.browser, done) : done;
    expect(await claimsOf(begun.started, left)).toMatchObject({ acr: '1' });
  });
});

describe('a change of password', () => {
  const change = async (browser: TestBrowser, password: string, new_password: string) =>
    browser.submit(await browser.follow('/account/password'), '/account/password', {
      password,
      new_password,
    });

  it.each([
    ['', NEW_PASSWORD, 'Nhập mật khẩu của bạn'],
    ['sai-mat-khau', NEW_PASSWORD, 'Mật khẩu không đúng'],
    [ngoc.password, '', 'Nhập mật khẩu mới'],
    [ngoc.password, 'ngắn', 'Mật khẩu mới quá ngắn'],
    [ngoc.password, 'matkhau123456', 'hay gặp hoặc lặp lại'],
    [ngoc.password, ngoc.subject.name, 'gồm tên, ngày sinh'],
    [ngoc.password, ngoc.password, 'trùng với mật khẩu hiện tại'],
    [ngoc.password, NEW_PASSWORD.repeat(7), 'quá 128 ký tự'],
  ])('from %j to %j is refused', async (current, next, sentence) => {
    const page = await change(await signedIn(), current, next);
    expect(page.page?.status).toBe(422);
    expect(textOf(page)).toContain(sentence);
    if (next !== '') expect(page.page?.text).not.toContain(`value="${next}"`);
  });

  it('is guessed at no more often than at a sign-in', async () => {
    const browser = await signedIn();
    const statuses: (number | undefined)[] = [];
    for (let time = 0; time < 11; time += 1) {
      statuses.push((await change(browser, `sai-${time}`, NEW_PASSWORD)).page?.status);
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429]);
  });

  it('ends every other session and sign-in under way, keeps this one under a new name, and is told by letter', async () => {
    const [browser, other] = [await signedIn(), await signedIn()];
    const waiting = await begin(provider, rp, { acr_values: '2', scope: 'openid' });
    const atCode = await typePassword(waiting.browser, waiting.visit, ngoc);
    expect(pageOf(atCode)).toBe('totp');
    const cookie = cookieOf(browser);
    expect(cookie).toBeDefined();
    advance(2);
    const done = await change(browser, ngoc.password, NEW_PASSWORD);
    expect(heading(done)).toBe('Đã đổi mật khẩu');
    expect(textOf(done)).toContain('Mạnh');
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(other)).toBe(false);
    expect(cookieOf(browser)).not.toBe(cookie);
    expect(pageOf(await waiting.browser.submit(atCode, '/level-1'))).toBe('password');
    expect((await letters()).map(({ subject }) => subject).join()).toContain('Mật khẩu đã được đổi');
    advance(1);
    const begun = await begin(provider, rp, { scope: 'openid' });
    const old = await typePassword(begun.browser, begun.visit, ngoc);
    expect(old.page?.status).toBe(422);
    const fresh = await typePassword(begun.browser, old, {
      ...ngoc,
      password: NEW_PASSWORD.normalize('NFD'),
    });
    expect(pageOf(fresh)).not.toBe('password');
  });

  it('to a short one stands only as long as a second factor does', async () => {
    const browser = await signedIn();
    expect(heading(await change(browser, ngoc.password, 'chèo đò1'))).toBe('Đã đổi mật khẩu');
    const page = await browser.follow('/account/factors/totp/remove');
    const refused = await browser.submit(page, '/totp/remove');
    expect(textOf(refused)).toContain('Hãy đổi mật khẩu dài hơn');
    expect((await credentialsOf(ngoc)).totp).toBeDefined();
  });
});
