import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { textOf } from '../../support/visits.ts';
import { enter } from '../account/console.ts';
import { askFor, COOLING, change, contactsOf, historyOf, pathOf, waitOut } from './change.ts';

const ngoc = person('all-documents');
const mother = person('mother');
const OLD = ngoc.subject.email?.address ?? '';
const NEW = 'ngoc.moi@congdan.example';
const PENDING = 'Địa chỉ thư điện tử sắp được đổi';
const PATH = pathOf('email');

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

const contacts = () => contactsOf(provider);
const addressOf = async (who = ngoc) => (await contacts().onRecord(who)).email;

describe('a new e-mail address', () => {
  it('that is none, or the present one, is refused, and nothing is sent', async () => {
    const refused = [
      ['', 'Nhập địa chỉ mới'],
      ['  ', 'Nhập địa chỉ mới'],
      ['khong-phai-dia-chi', 'không đúng dạng'],
      ['a@b.example\r\nBcc: c@d.example', 'không đúng dạng'],
      ['"x"@congdan.example', 'không đúng dạng'],
      ['a@b.example,c@d.example', 'không đúng dạng'],
      ['"><script>alert(1)</script>@congdan.example', 'không đúng dạng'],
      [`${'a'.repeat(300)}@congdan.example`, 'không đúng dạng'],
      [OLD, 'Đây là địa chỉ hiện tại'],
      [` ${OLD.toUpperCase()} `, 'Đây là địa chỉ hiện tại'],
    ] as const;
    const form = await enter(browser, PATH, ngoc);
    for (const [typed, sentence] of refused) {
      const page = await browser.submit(form, PATH, { email: typed });
      expect(page.page?.status, typed).toBe(422);
      expect(textOf(page), typed).toContain(sentence);
      expect(page.page?.text).not.toContain('<script>alert');
    }
    expect(await contacts().sent()).toEqual([]);
  });

  it('that somebody else has is taken like any other', async () => {
    const theirs = mother.subject.email?.address ?? '';
    const page = await askFor(browser, ngoc, 'email', theirs);
    const other = await askFor(openBrowser(provider), person('guardian'), 'email', NEW);
    expect(heading(page)).toBe(heading(other));
    expect(page.page?.status).toBe(200);
  });

  it('is confirmed by the codes of both, waits, and then takes effect once', async () => {
    const page = await change(provider, browser, ngoc, 'email', NEW);
    expect(heading(page)).toBe(PENDING);
    expect(textOf(page)).toContain(NEW);
    expect(await addressOf()).toEqual({ address: OLD, verified: true });
    advance(COOLING - 2);
    await provider.application.contactChanges.run();
    expect(await addressOf()).toEqual({ address: OLD, verified: true });
    advance(3);
    const two = [provider.application.contactChanges.run(), browser.follow(PATH)] as const;
    await Promise.all(two);
    expect(await addressOf()).toEqual({ address: NEW, verified: true });
    await provider.application.contactChanges.run();
    const told = (await contacts().sent()).filter(({ text }) => text.includes('vừa được đổi'));
    expect(told.map(({ to }) => to).toSorted()).toEqual([OLD, NEW].toSorted());
    expect(await historyOf(browser, ngoc)).toEqual(
      expect.arrayContaining([
        'Thông tin liên hệ được đổi',
        'Yêu cầu đổi thông tin liên hệ, đang chờ có hiệu lực',
      ]),
    );
  });

  it('gets no letter but its code and the news, while everything else goes to the old one', async () => {
    await change(provider, browser, ngoc, 'email', NEW);
    const before = (await contacts().sent()).length;
    await provider.services.locks.lock(await contacts().idOf(ngoc), 'by_owner');
    const after = (await contacts().sent()).slice(before);
    expect(after.map(({ to }) => to)).toEqual([OLD]);
  });

  it('is told to both at once, the old one alone with a link that takes it back', async () => {
    await change(provider, browser, ngoc, 'email', NEW);
    const told = (await contacts().sent()).filter(({ text }) => text.includes('Có yêu cầu đổi'));
    expect(told.map(({ to }) => to).toSorted()).toEqual([OLD, NEW].toSorted());
    expect(await contacts().linkTo(NEW)).toBe('');
    expect(await contacts().linkTo(OLD)).toMatch(
      new RegExp(`^${provider.issuer}/contact-change/cancel\\?token=[\\w-]{43}$`),
    );
  });

  it('shows on the first page and among the notices, with the way to cancel it', async () => {
    await change(provider, browser, ngoc, 'email', NEW);
    for (const path of ['/account', '/account/notices']) {
      const page = await browser.follow(path);
      expect(textOf(page)).toContain(PENDING);
      expect(page.page?.text).toContain(`href="${PATH}"`);
    }
    await browser.submit(await browser.follow(PATH), `${PATH}/cancel`);
    for (const path of ['/account', '/account/notices'])
      expect((await browser.follow(path)).page?.text).not.toContain(`href="${PATH}"`);
  });
});

describe('the codes of a change', () => {
  it('are each for their own side', async () => {
    const page = await askFor(browser, ngoc, 'email', NEW);
    const [old_code, new_code] = [await contacts().codeTo(OLD), await contacts().codeTo(NEW)];
    expect(old_code).toMatch(/^\d{6}$/);
    expect(old_code).not.toBe(new_code);
    const swapped = await browser.submit(page, `${PATH}/codes`, { old_code: new_code, new_code: old_code });
    expect(swapped.page?.status).toBe(422);
    expect(textOf(swapped)).toContain('hiện tại không đúng');
    const twice = await browser.submit(page, `${PATH}/codes`, { old_code, new_code: old_code });
    expect(textOf(twice)).toContain('mới không đúng');
    // The old side is proved by now, and not asked for again.
    expect(twice.page?.text).not.toContain('name="old_code"');
    expect(heading(await browser.submit(twice, `${PATH}/codes`, { new_code }))).toBe(PENDING);
  });

  it('are both wanted, and kept off the page', async () => {
    const page = await askFor(browser, ngoc, 'email', NEW);
    const old_code = await contacts().codeTo(OLD);
    const refused = await browser.submit(page, `${PATH}/codes`, { old_code });
    expect(refused.page?.status).toBe(422);
    expect(refused.page?.text).not.toContain(old_code);
    expect(await addressOf()).toEqual({ address: OLD, verified: true });
  });

  it('of a change that another one took the place of are void', async () => {
    const first = await askFor(browser, ngoc, 'email', NEW);
    const codes = { old_code: await contacts().codeTo(OLD), new_code: await contacts().codeTo(NEW) };
    await askFor(browser, ngoc, 'email', 'mot.dia.chi.khac@congdan.example').catch(() => undefined);
    const form = await browser.follow(PATH);
    await browser.submit(form, `${PATH}/cancel`);
    await browser.submit(await browser.follow(PATH), PATH, { email: 'mot.dia.chi.khac@congdan.example' });
    const stale = await browser.submit(first, `${PATH}/codes`, codes);
    expect(heading(stale)).toBe('Nhập mã xác nhận');
    expect(textOf(stale)).toContain('mot.dia.chi.khac@congdan.example');
    const forged = await browser.submit(stale, `${PATH}/codes`, codes);
    expect(forged.page?.status).toBe(422);
  });

  it('can be sent again, no more often than codes are', async () => {
    let page = await askFor(browser, ngoc, 'email', NEW);
    const first = await contacts().codeTo(OLD);
    page = await browser.submit(page, `${PATH}/again`);
    const codes = { old_code: first, new_code: await contacts().codeTo(NEW) };
    expect((await browser.submit(page, `${PATH}/codes`, codes)).page?.status).toBe(422);
    for (let time = 0; time < 3; time += 1) page = await browser.submit(page, `${PATH}/again`);
    expect(page.page?.status).toBe(200);
    const held = await browser.submit(page, `${PATH}/again`);
    expect(held.page?.status).toBe(429);
    expect(Number(held.page?.headers['retry-after'])).toBeGreaterThan(60);
    const good = { old_code: await contacts().codeTo(OLD), new_code: await contacts().codeTo(NEW) };
    expect(heading(await browser.submit(page, `${PATH}/codes`, good))).toBe(PENDING);
  });

  it('are guessed at a few times only', async () => {
    const page = await askFor(browser, ngoc, 'email', NEW);
    const statuses: (number | undefined)[] = [];
    for (let time = 0; time < 7; time += 1) {
      const typed = { old_code: '000000', new_code: await contacts().codeTo(NEW) };
      statuses.push((await browser.submit(page, `${PATH}/codes`, typed)).page?.status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 422, 429]);
  });

  it('end after ten minutes, and the change that they belong to after thirty', async () => {
    const page = await askFor(browser, ngoc, 'email', NEW);
    const codes = { old_code: await contacts().codeTo(OLD), new_code: await contacts().codeTo(NEW) };
    advance(601);
    expect((await browser.submit(page, `${PATH}/codes`, codes)).page?.status).toBe(422);
    advance(1200);
    expect(heading(await enter(browser, PATH, ngoc))).toBe('Đổi địa chỉ thư điện tử');
  });

  it('sent twice at once begin one change', async () => {
    const page = await askFor(browser, ngoc, 'email', NEW);
    const codes = { old_code: await contacts().codeTo(OLD), new_code: await contacts().codeTo(NEW) };
    await Promise.all([1, 2, 3].map(() => browser.post(page, `${PATH}/codes`, codes)));
    expect(heading(await browser.follow(PATH))).toBe(PENDING);
    const told = (await contacts().sent()).filter(({ text }) => text.includes('Có yêu cầu đổi'));
    expect(told).toHaveLength(2);
  });
});

describe('a session that is not fresh, or not level 2, of somebody who is', () => {
  it('is asked to prove both factors, and its form changes nothing', async () => {
    const page = await enter(browser, PATH, ngoc);
    advance(901);
    const { left, page: answer } = await browser.submit(page, PATH, { email: NEW });
    expect(left).toBeUndefined();
    expect(answer?.text).toContain('/password"');
    expect(await contacts().sent()).toEqual([]);
  });

  it('cannot type codes that it has, either', async () => {
    const page = await askFor(browser, ngoc, 'email', NEW);
    const codes = { old_code: await contacts().codeTo(OLD), new_code: await contacts().codeTo(NEW) };
    advance(500);
    const id = await contacts().idOf(ngoc);
    await provider.services.credentials.voidProofs(id);
    await browser.submit(await browser.follow('/account'), '/sign-out');
    const answer = await browser.post(page, `${PATH}/codes`, codes);
    expect(String(answer.headers.location)).toContain('/authorize?');
    expect(await provider.services.contactChanges.pending(id)).toEqual([]);
  });
});

it('another person sees and changes nothing of it', async () => {
  const page = await askFor(browser, ngoc, 'email', NEW);
  const codes = { old_code: await contacts().codeTo(OLD), new_code: await contacts().codeTo(NEW) };
  const hers = openBrowser(provider);
  const own = await askFor(hers, mother, 'email', 'me.moi@congdan.example');
  const [, change = ''] = /name="change" value="([^"]*)"/.exec(page.page?.text ?? '') ?? [];
  expect(change).not.toBe('');
  const stolen = await hers.submit(own, `${PATH}/codes`, { ...codes, change });
  expect(textOf(stolen)).not.toContain(NEW);
  await hers.submit(own, `${PATH}/codes`, codes);
  expect(await provider.services.contactChanges.pending(await contacts().idOf(mother))).toEqual([]);
  await waitOut(provider);
  expect((await addressOf(mother))?.address).toBe(mother.subject.email?.address);
});
