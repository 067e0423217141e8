import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import { heading, openBrowser, person, type TestBrowser, type Visit } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { textOf } from '../../support/visits.ts';
import { signedIn } from '../account/console.ts';
import { asked, enrolPasskey } from '../factors/account.ts';
import {
  addressOf,
  chooseAll,
  enrolApp,
  idOf,
  later,
  lettersOf,
  mailedCode,
  NEW_PASSWORD,
  numberOf,
  postTo,
  printedCode,
  proveAddress,
  renewed,
  typeNumber,
} from './ceremony.ts';

const an = person('level-1');
const ngoc = person('all-documents');

let provider: TestProvider;
let browser: TestBrowser;
beforeEach(async () => {
  provider = await startProvider();
  browser = openBrowser(provider);
});
afterEach(async () => {
  vi.useRealTimers();
  await provider.close();
});

const statusOf = async (who: SyntheticPerson) =>
  (await provider.services.directory.get(await idOf(provider, who)))?.status;
const credentialsOf = async (who: SyntheticPerson) =>
  provider.services.credentials.get(await idOf(provider, who));
const lock = async (
  who: SyntheticPerson,
  cause: 'by_owner' | 'reported' | 'sim_changed' | 'by_administrator',
) => provider.services.locks.lock(await idOf(provider, who), cause);
const kinds = async () =>
  (
    await provider.services.storage.collection(auditEvents).range('at', 0, Date.now() + 1, { limit: 1000 })
  ).map(({ doc }) => doc.kind);
const isSignedIn = async (by: TestBrowser) => (await by.get('/account/factors')).status === 200;
const recover = (who: SyntheticPerson, by = browser) => proveAddress(provider, by, '/recover', who);
const setPassword = (visit: Visit, by = browser) =>
  by.submit(visit, '/new-password', { new_password: NEW_PASSWORD });
const codeOf = (secret = '') => ({ code: currentTotpCode(secret, Date.now()) });

describe('a lost password', () => {
  it('of an account without second factor is set anew by the code of an e-mail, and every session ends', async () => {
    const signed = await signedIn(provider, an);
    const page = await recover(an);
    expect(heading(page)).toBe('Đặt mật khẩu mới');
    expect((await browser.submit(page, '/new-password', { new_password: 'ngắn' })).page?.status).toBe(422);
    const same = await browser.submit(page, '/new-password', { new_password: an.password });
    expect(textOf(same)).toContain('trùng với mật khẩu trước đây');
    expect(await isSignedIn(signed)).toBe(true);
    expect(heading(await setPassword(page))).toBe('Đã lấy lại tài khoản');
    expect(await isSignedIn(signed)).toBe(false);
    later();
    await expect(signedIn(provider, an)).rejects.toThrow();
    expect(await isSignedIn(await signedIn(provider, renewed(an)))).toBe(true);
    expect(await kinds()).toContain('password.recovered');
    expect((await lettersOf(provider)).at(-1)?.subject).toContain('Mật khẩu đã được đổi');
  });

  it('of an account with an app takes the app too; the app and its codes stay', async () => {
    const page = await recover(ngoc);
    expect(heading(page)).toBe('Nhập mã xác thực');
    const forced = await postTo(browser, `${addressOf(page)}/new-password`, { new_password: NEW_PASSWORD });
    expect(heading(forced)).toBe('Nhập mã xác thực');
    expect((await browser.submit(page, '/totp', { code: '000000' })).page?.status).toBe(422);
    const before = await credentialsOf(ngoc);
    const password = await browser.submit(page, '/totp', codeOf(ngoc.totpSecret));
    expect(heading(await setPassword(password))).toBe('Đã lấy lại tài khoản');
    const after = await credentialsOf(ngoc);
    expect(after.totp).toEqual(before.totp);
    expect(after.password?.hash).not.toBe(before.password?.hash);
    expect(after.factors_changed_at).toBeDefined();
    later();
    expect(await isSignedIn(await signedIn(provider, renewed(ngoc), '/account/wallet'))).toBe(true);
  });

  it('is set anew with a recovery code, which is used up by it', async () => {
    const console_ = await signedIn(provider, ngoc, '/account/factors/recovery-codes');
    const shown = await console_.submit(
      await console_.follow('/account/factors/recovery-codes'),
      '/recovery-codes',
    );
    const [, code = ''] = /<li class="number">([\w-]+)<\/li>/.exec(shown.page?.text ?? '') ?? [];
    const page = await recover(ngoc);
    const password = await browser.submit(page, '/recovery-code', { recovery_code: code });
    expect(heading(await setPassword(password))).toBe('Đã lấy lại tài khoản');
    later();
    const again = await recover(ngoc);
    expect((await browser.submit(again, '/recovery-code', { recovery_code: code })).page?.status).toBe(422);
  });

  it('is set anew with a passkey, and not with an answer for another ceremony', async () => {
    const { phone } = await enrolPasskey(provider, ngoc);
    later();
    const page = await recover(ngoc);
    const other = openBrowser(provider);
    const elsewhere = await recover(ngoc, other);
    const replayed = await browser.submit(page, '/passkey', { response: phone.get(asked(elsewhere)) });
    expect(replayed.page?.status).toBe(422);
    const password = await browser.submit(replayed, '/passkey', { response: phone.get(asked(replayed)) });
    expect(heading(await setPassword(password))).toBe('Đã lấy lại tài khoản');
  });
});

describe('a lost second factor', () => {
  it('is not recovered without a letter', async () => {
    const page = await recover(ngoc);
    const counter = await browser.submit(page, '/lost');
    expect(heading(counter)).toBe('Hãy đến bộ phận Một cửa');
    const forced = await postTo(browser, `${addressOf(page)}/new-password`, { new_password: NEW_PASSWORD });
    expect(heading(forced)).toBe('Hãy đến bộ phận Một cửa');
    expect(heading(await browser.submit(counter, '/found'))).toBe('Nhập mã xác thực');
  });

  it('with a letter: all that was there goes, and password, app and codes are new', async () => {
    const console_ = await signedIn(provider, ngoc, '/account/factors/recovery-codes');
    const { phone } = await enrolPasskey(provider, ngoc, console_);
    expect(phone.id).toBeDefined();
    const code = await printedCode(provider, ngoc);
    const letter = await browser.submit(await recover(ngoc), '/lost');
    expect(heading(letter)).toBe('Nhập mã trong thư định danh');
    const password = await browser.submit(letter, '/letter', { letter_code: code });
    const before = await credentialsOf(ngoc);
    const { secret, visit } = await chooseAll(browser, password);
    expect(heading(visit)).toBe('Đã lấy lại tài khoản');
    const after = await credentialsOf(ngoc);
    expect(after).toMatchObject({ totp: { secret } });
    expect(after.passkeys).toBeUndefined();
    expect(after.recovery_codes?.hashes).not.toEqual(before.recovery_codes?.hashes);
    expect(await isSignedIn(console_)).toBe(false);
    expect(await kinds()).toContain('account.recovered');
    later();
    expect(await isSignedIn(await signedIn(provider, renewed(ngoc, secret), '/account/wallet'))).toBe(true);
    const second = await browser.submit(await recover(ngoc), '/lost');
    expect(heading(second)).toBe('Hãy đến bộ phận Một cửa');
  });

  it('of level 2 whose last factor was removed: e-mail alone opens nothing', async () => {
    await provider.services.credentials.removeTotp(await idOf(provider, ngoc));
    expect(heading(await recover(ngoc))).toBe('Hãy đến bộ phận Một cửa');
  });
});

describe('a locked account', () => {
  it('that its owner locked opens with code, password and app, and keeps both', async () => {
    await lock(ngoc, 'by_owner');
    later();
    const page = await recover(ngoc);
    expect(heading(page)).toBe('Mở khóa tài khoản');
    expect((await browser.submit(page, '/present', { password: NEW_PASSWORD })).page?.status).toBe(422);
    const second = await browser.submit(page, '/present', { password: ngoc.password });
    expect(heading(second)).toBe('Nhập mã xác thực');
    expect((await statusOf(ngoc))?.kind).toBe('locked');
    const before = await credentialsOf(ngoc);
    const done = await browser.submit(second, '/totp', codeOf(ngoc.totpSecret));
    expect(heading(done)).toBe('Đã mở khóa tài khoản');
    expect(await statusOf(ngoc)).toEqual({ kind: 'active' });
    expect(await credentialsOf(ngoc)).toMatchObject({ password: before.password, totp: before.totp });
    later();
    expect(await isSignedIn(await signedIn(provider, ngoc))).toBe(true);
  });

  it('whose owner forgot the password opens with the app and a new one', async () => {
    await lock(ngoc, 'by_owner');
    later();
    const second = await browser.submit(await recover(ngoc), '/forgot');
    const password = await browser.submit(second, '/totp', codeOf(ngoc.totpSecret));
    expect(heading(await setPassword(password))).toBe('Đã lấy lại tài khoản');
    expect(await statusOf(ngoc)).toEqual({ kind: 'active' });
  });

  it('that was reported opens with a new password alone, never with the old one', async () => {
    await lock(an, 'reported');
    later();
    const page = await recover(an);
    expect(heading(page)).toBe('Đặt mật khẩu mới');
    const same = await browser.submit(page, '/new-password', { new_password: an.password });
    expect(same.page?.status).toBe(422);
    expect((await statusOf(an))?.kind).toBe('locked');
    expect(heading(await setPassword(page))).toBe('Đã lấy lại tài khoản');
    expect(await statusOf(an)).toEqual({ kind: 'active' });
  });

  it.each(['sim_changed', 'by_administrator'] as const)(
    '(%s) stays locked, and says so after the code alone',
    async (cause) => {
      await lock(an, cause);
      later();
      const code = await typeNumber(browser, '/recover', numberOf(an));
      expect(heading(code)).toBe('Nhập mã trong thư điện tử');
      const page = await browser.submit(code, '/code', { code: await mailedCode(provider) });
      expect(page.page?.status).toBe(403);
      expect(heading(page)).toBe('Tài khoản đang bị khóa');
      const forced = await postTo(browser, `${addressOf(page)}/new-password`, { new_password: NEW_PASSWORD });
      expect(heading(forced)).toBe('Tài khoản đang bị khóa');
      expect((await statusOf(an))?.kind).toBe('locked');
    },
  );
});

describe('a passkey that was chosen at level 1', () => {
  it('opens no account of level 2, locked or not', async () => {
    const console_ = await signedIn(provider, ngoc, '/account/factors/recovery-codes');
    const { phone } = await enrolPasskey(provider, ngoc, console_);
    const { phone: weak } = await enrolPasskey(provider, ngoc, console_);
    const { credentials } = provider.services;
    const id = await idOf(provider, ngoc);
    const kept = (await credentials.get(id)).passkeys?.find((one) => one.id === weak.id);
    if (kept === undefined) throw new Error('the passkey was not added');
    const { added_at: _, ...passkey } = kept;
    await credentials.removePasskey(id, weak.id);
    await credentials.addPasskey(id, passkey, { atLevel1: true });
    for (const locked of [false, true]) {
      if (locked) await lock(ngoc, 'reported');
      later();
      const page = await recover(ngoc);
      const refused = await browser.submit(page, '/passkey', { response: weak.get(asked(page)) });
      expect(refused.page?.status, `locked: ${locked}`).toBe(422);
      const taken = await browser.submit(refused, '/passkey', { response: phone.get(asked(refused)) });
      expect(heading(taken)).toBe('Đặt mật khẩu mới');
    }
  });
});

describe('a recovery under way', () => {
  it('ends with any lock, and with another recovery', async () => {
    const page = await recover(an);
    const other = openBrowser(provider);
    const elsewhere = await recover(an, other);
    expect(heading(await setPassword(elsewhere, other))).toBe('Đã lấy lại tài khoản');
    const late = await setPassword(page);
    expect(late.page?.status).toBe(409);
    expect(heading(late)).toBe('Lần này đã kết thúc');
    later();
    const third = await recover(an);
    await lock(an, 'reported');
    expect((await setPassword(third)).page?.status).toBe(409);
    expect((await statusOf(an))?.kind).toBe('locked');
  });

  it('done twice at the same moment in two browsers has one winner', async () => {
    const other = openBrowser(provider);
    const [one, two] = [await recover(an), await recover(an, other)];
    const ends = await Promise.all([
      setPassword(one),
      other.submit(two, '/new-password', { new_password: 'gà gáy năm canh rồi' }),
    ]);
    expect(ends.map(({ page }) => page?.status).toSorted()).toEqual([200, 409]);
  });

  it('pressed twice at the same moment comes to one end', async () => {
    const page = await recover(an);
    const ends = await Promise.all([setPassword(page), setPassword(page)]);
    expect(ends.map(heading)).toEqual(['Đã lấy lại tài khoản', 'Đã lấy lại tài khoản']);
    const hash = (await credentialsOf(an)).password?.hash;
    expect(heading(await setPassword(page))).toBe('Đã lấy lại tài khoản');
    expect((await credentialsOf(an)).password?.hash).toBe(hash);
  });

  it('belongs to its browser: whoever knows the address and the code has nothing', async () => {
    const visit = await typeNumber(browser, '/recover', numberOf(an));
    const code = await mailedCode(provider);
    const other = openBrowser(provider);
    const stolen = await postTo(other, `${addressOf(visit)}/code`, { code });
    expect(stolen.page?.status).toBe(404);
    const wrongGoal = addressOf(visit).replace('/recover/', '/activate/');
    expect((await browser.follow(wrongGoal)).page?.status).toBe(404);
    expect(heading(await browser.submit(visit, '/code', { code }))).toBe('Đặt mật khẩu mới');
  });

  it('takes no app but its own, and no code twice', async () => {
    const code = await printedCode(provider, ngoc);
    const letter = await browser.submit(await recover(ngoc), '/lost');
    const password = await browser.submit(letter, '/letter', { letter_code: code });
    const enrol = await browser.submit(password, '/new-password', { new_password: NEW_PASSWORD });
    const wrong = await browser.submit(enrol, '/app', codeOf(ngoc.totpSecret));
    expect(wrong.page?.status).toBe(422);
    const { secret } = await enrolApp(browser, wrong);
    expect(secret).not.toBe(ngoc.totpSecret);
    advance(1);
    expect((await credentialsOf(ngoc)).totp?.secret).toBe(ngoc.totpSecret);
  });
});
