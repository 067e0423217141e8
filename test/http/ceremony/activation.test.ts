import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import { heading, openBrowser, signIn, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register } from '../../support/relying-parties.ts';
import { begin, claimsOf, textOf } from '../../support/visits.ts';
import {
  addressOf,
  chooseAll,
  enrolApp,
  idOf,
  later,
  lettersOf,
  mailedCode,
  mailedToken,
  mui,
  NEW_PASSWORD,
  numberOf,
  postTo,
  printedCode,
  proveAddress,
  renewed,
  typeNumber,
} from './ceremony.ts';

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

const subjectOf = async () => provider.services.directory.get(await idOf(provider, mui));
const credentialsOf = async () => provider.services.credentials.get(await idOf(provider, mui));
const invite = async () => provider.services.invitations.invite(await idOf(provider, mui), 'vi');
const events = async (kind: string) =>
  (await provider.services.storage.collection(auditEvents).range('at', 0, Date.now() + 1))
    .map(({ doc }) => doc)
    .filter((event) => event.kind === kind);
const accept = (visit: Awaited<ReturnType<typeof browser.follow>>) =>
  browser.submit(visit, '/finish', { terms: 'accepted' });

/** Opens the link of a letter and presses the button. */
async function takeLink(token: string, by = browser) {
  return by.submit(await by.follow(`/activate?token=${token}`), '/activate/link');
}

describe('an issued account of level 1', () => {
  it.each(['link', 'code'])('is activated by a %s of the mail alone, and signs in at level 1', async (by) => {
    const id = await idOf(provider, mui);
    await provider.services.directory.update(id, (subject) => ({ ...subject, level: 1 }));
    await invite();
    const visit =
      by === 'link'
        ? await takeLink(await mailedToken(provider))
        : await proveAddress(provider, browser, '/activate', mui);
    const last = await browser.submit(visit, '/new-password', { new_password: NEW_PASSWORD });
    expect((await subjectOf())?.status.kind).toBe('not_activated');
    const done = await accept(last);
    expect(done.page?.status).toBe(200);
    expect((await subjectOf())?.status.kind).toBe('active');
    expect((await subjectOf())?.email?.verified).toBe(true);
    expect((await events('account.activated')).map(({ detail }) => detail)).toEqual([{ level: '1' }]);
    later();
    const rp = await register(provider);
    const begun = await begin(provider, rp);
    const left = await signIn(browser, begun.started.url, renewed(mui));
    expect(await claimsOf(begun.started, { left })).toMatchObject({ acr: '1' });
  });
});

describe('an issued account of level 2', () => {
  it('has no password, so that a sign-in answers as for a wrong one and shows the way', async () => {
    const rp = await register(provider);
    const { visit, browser: other } = await begin(provider, rp);
    const refused = await other.submit(visit, '/password', {
      personal_number: numberOf(mui),
      password: 'vuon-cau-truoc-ngo',
    });
    expect(refused.page?.status).toBe(422);
    expect(textOf(refused)).not.toContain('kích hoạt bằng');
    expect(refused.page?.text).toContain('href="/activate"');
  });

  it('is not activated by e-mail alone: without a letter the page sends to the counter', async () => {
    const visit = await proveAddress(provider, browser, '/activate', mui);
    expect(heading(visit)).toBe('Hãy đến bộ phận Một cửa');
    for (const path of ['new-password', 'app', 'finish']) {
      const fields = { new_password: NEW_PASSWORD, terms: 'accepted' };
      const tried = await postTo(browser, `${addressOf(visit)}/${path}`, fields);
      expect(heading(tried)).toBe('Hãy đến bộ phận Một cửa');
    }
    expect(await credentialsOf()).toEqual({});
    expect((await subjectOf())?.status.kind).toBe('not_activated');
  });

  it('is activated by code, letter, password, app and terms, and then signs in at level 2', async () => {
    const code = await printedCode(provider, mui);
    const letter = await proveAddress(provider, browser, '/activate', mui);
    expect(heading(letter)).toBe('Nhập mã trong thư định danh');
    const wrong = await browser.submit(letter, '/letter', { letter_code: 'ABCD-EFGH-JKMN' });
    expect(wrong.page?.status).toBe(422);
    const password = await browser.submit(wrong, '/letter', { letter_code: code.toLowerCase() });
    expect(heading(password)).toBe('Đặt mật khẩu mới');
    const { secret, visit } = await chooseAll(browser, password);
    expect(heading(visit)).toBe('Bước cuối cùng');
    expect(await credentialsOf()).toEqual({});
    const unread = await browser.submit(visit, '/finish');
    expect(unread.page?.status).toBe(422);
    expect((await subjectOf())?.status.kind).toBe('not_activated');
    const done = await accept(unread);
    expect(heading(done)).toBe('Tài khoản đã kích hoạt');
    expect(await subjectOf()).toMatchObject({ status: { kind: 'active' }, email: { verified: true } });
    expect(await events('account.activated')).toMatchObject([{ detail: { level: '2' } }]);
    expect(await provider.services.identificationLetters.standing(await idOf(provider, mui))).toBeUndefined();
    later();
    const rp = await register(provider);
    const begun = await begin(provider, rp, { acr_values: '2', scope: 'openid' }, browser);
    const left = await signIn(browser, begun.started.url, renewed(mui, secret));
    expect(await claimsOf(begun.started, { left })).toMatchObject({ acr: '2' });
    const devices = await provider.services.devices.list(await idOf(provider, mui));
    expect(devices).toMatchObject([{ by: 'activation' }]);
    expect((await lettersOf(provider)).map(({ subject }) => subject).join()).toContain('đã kích hoạt');
  });

  it('counts as activated once, however often the last button is pressed', async () => {
    const before = (await provider.services.counts.kept()).reduce((sum, { activated }) => sum + activated, 0);
    const code = await printedCode(provider, mui);
    const letter = await proveAddress(provider, browser, '/activate', mui);
    const { visit } = await chooseAll(
      browser,
      await browser.submit(letter, '/letter', { letter_code: code }),
    );
    const pressed = await Promise.all([accept(visit), accept(visit), accept(visit)]);
    expect(new Set(pressed.map(heading))).toEqual(new Set(['Tài khoản đã kích hoạt']));
    const after = (await provider.services.counts.kept()).reduce((sum, { activated }) => sum + activated, 0);
    expect(after).toBe(before + 1);
  });
});

describe('the link of an activation letter', () => {
  it('changes nothing when it is fetched, and is no more in the address after the button', async () => {
    await invite();
    const token = await mailedToken(provider);
    for (const method of ['GET', 'HEAD'] as const) {
      const fetched = await browser.follow(`/activate?token=${token}`);
      expect(fetched.page?.status, method).toBe(200);
      expect(fetched.page?.headers['referrer-policy']).toBe('strict-origin');
    }
    const visit = await takeLink(token);
    expect(heading(visit)).toBe('Hãy đến bộ phận Một cửa');
    expect(addressOf(visit)).not.toContain(token);
    expect(visit.page?.text).not.toContain(token);
    expect(JSON.stringify(provider.logged)).not.toContain(token);
  });

  it('works once: another browser that comes later is told so, the same one goes on', async () => {
    await invite();
    const token = await mailedToken(provider);
    const other = openBrowser(provider);
    const page = await browser.follow(`/activate?token=${token}`);
    const [first, second] = await Promise.all([
      takeLink(token, other),
      browser.submit(page, '/activate/link'),
    ]);
    expect([first, second].map((visit) => visit.page?.status).toSorted()).toEqual([200, 409]);
    const [winner, loser] = first.page?.status === 200 ? [other, browser] : [browser, other];
    expect(heading(await winner.follow(addressOf(first.page?.status === 200 ? first : second)))).toBe(
      'Hãy đến bộ phận Một cửa',
    );
    const used = await loser.follow(`/activate?token=${token}`);
    expect(used.page?.status).toBe(409);
    expect(heading(used)).toBe('Liên kết này đã được dùng');
    expect(used.page?.text).toContain('href="/activate"');
  });

  it('is void once a newer one was sent, and after its time', async () => {
    await invite();
    const old = await mailedToken(provider);
    await invite();
    const fresh = await mailedToken(provider);
    expect(fresh).not.toBe(old);
    expect(heading(await browser.follow(`/activate?token=${old}`))).toBe('Liên kết này không dùng được');
    const page = await browser.follow(`/activate?token=${fresh}`);
    expect(page.page?.status).toBe(200);
    advance(7 * 86_400 + 1);
    expect(heading(await browser.follow(`/activate?token=${fresh}`))).toBe('Liên kết này đã hết hạn');
    expect((await browser.submit(page, '/activate/link')).page?.status).toBe(409);
    expect(heading(await browser.follow('/activate?token=khong-co'))).toBe('Liên kết này không dùng được');
  });

  it('proves the address that it went to, and no other', async () => {
    await invite();
    const visit = await takeLink(await mailedToken(provider));
    await provider.services.directory.update(await idOf(provider, mui), (subject) => ({
      ...subject,
      email: { address: 'thi.mui.moi@congdan.example', verified: true },
    }));
    const over = await browser.follow(addressOf(visit));
    expect(over.page?.status).toBe(409);
    expect(heading(over)).toBe('Lần này đã kết thúc');
  });

  it('leads to the issuer, whatever host the request named', async () => {
    await invite();
    const texts = (await lettersOf(provider)).map(({ text }) => text).join();
    expect(texts).toContain(`${provider.issuer}/activate?token=`);
  });
});

describe('two activations of one account', () => {
  it('with one letter: exactly one wins, and the other changes nothing', async () => {
    const code = await printedCode(provider, mui);
    const reach = async (by: TestBrowser) => {
      const letter = await proveAddress(provider, by, '/activate', mui);
      return chooseAll(by, await by.submit(letter, '/letter', { letter_code: code }));
    };
    const other = openBrowser(provider);
    const one = await reach(browser);
    const two = await reach(other);
    const ends = await Promise.all([
      browser.submit(one.visit, '/finish', { terms: 'accepted' }),
      other.submit(two.visit, '/finish', { terms: 'accepted' }),
    ]);
    expect(ends.map(({ page }) => page?.status).toSorted()).toEqual([200, 409]);
    const winner = ends[0]?.page?.status === 200 ? one : two;
    expect((await credentialsOf()).totp?.secret).toBe(winner.secret);
  });

  it('a new letter voids the old one, also where its code was typed already', async () => {
    const code = await printedCode(provider, mui);
    const letter = await proveAddress(provider, browser, '/activate', mui);
    const { visit } = await chooseAll(
      browser,
      await browser.submit(letter, '/letter', { letter_code: code }),
    );
    const fresh = await printedCode(provider, mui);
    const back = await accept(visit);
    expect(heading(back)).toBe('Nhập mã trong thư định danh');
    expect((await browser.submit(back, '/letter', { letter_code: code })).page?.status).toBe(422);
    expect(heading(await browser.submit(back, '/letter', { letter_code: fresh }))).toBe('Bước cuối cùng');
  });
});

describe('a ceremony', () => {
  it('of one browser is nothing to another', async () => {
    const visit = await typeNumber(browser, '/activate', numberOf(mui));
    const address = addressOf(visit);
    const code = await mailedCode(provider);
    const other = openBrowser(provider);
    expect((await other.follow(address)).page?.status).toBe(404);
    await other.follow('/activate');
    expect((await other.submit(visit, '/code', { code })).page?.status).toBe(403);
    expect(heading(await browser.submit(visit, '/code', { code }))).toBe('Hãy đến bộ phận Một cửa');
  });

  it('ends after half an hour, and when the account is locked', async () => {
    const visit = await proveAddress(provider, browser, '/activate', mui);
    await provider.services.locks.lock(await idOf(provider, mui), 'by_administrator', 'Nghi vấn hồ sơ');
    const barred = await browser.follow(addressOf(visit));
    expect(barred.page?.status).toBe(403);
    expect(textOf(barred)).toContain('Nghi vấn hồ sơ');
    advance(31 * 60);
    expect((await browser.follow(addressOf(visit))).page?.status).toBe(404);
  });

  it('shows recovery codes once, and makes others where the page is opened anew', async () => {
    const code = await printedCode(provider, mui);
    const letter = await proveAddress(provider, browser, '/activate', mui);
    const password = await browser.submit(letter, '/letter', { letter_code: code });
    const enrol = await browser.submit(password, '/new-password', { new_password: NEW_PASSWORD });
    const { visit: shown } = await enrolApp(browser, enrol);
    const codesIn = (text = '') =>
      [...text.matchAll(/<li class="number">([\w-]+)<\/li>/g)].map(([, one]) => one);
    const first = codesIn(shown.page?.text);
    expect(first).toHaveLength(10);
    const opened = await browser.follow(addressOf(shown));
    expect(codesIn(opened.page?.text)).toEqual([]);
    const anew = await browser.submit(opened, '/codes');
    expect(codesIn(anew.page?.text)).toHaveLength(10);
    expect(heading(await browser.submit(shown, '/saved'))).toBe('Lưu mã khôi phục của bạn');
    expect(heading(await browser.submit(anew, '/saved'))).toBe('Bước cuối cùng');
  });
});
