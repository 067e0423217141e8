import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { textOf } from '../../support/visits.ts';
import { runPerson } from '../cli/people.ts';
import { change, contactsOf, historyOf, pathOf, waitOut } from './change.ts';

const ngoc = person('all-documents');
const OLD = ngoc.subject.email?.address ?? '';
const NEW = 'ngoc.moi@congdan.example';
const PATH = pathOf('email');
const OVER = 'Liên kết không còn hiệu lực';

let provider: TestProvider;
let browser: TestBrowser;
let anybody: TestBrowser;
beforeEach(async () => {
  provider = await startProvider();
  browser = openBrowser(provider);
  anybody = openBrowser(provider);
  await change(provider, browser, ngoc, 'email', NEW);
});
afterEach(async () => {
  vi.useRealTimers();
  await provider.close();
});

const contacts = () => contactsOf(provider);
const addressOf = async () => (await contacts().onRecord(ngoc)).email?.address;

describe('the link to take a change back', () => {
  it('changes nothing when it is looked at, and works signed out, once', async () => {
    const link = await contacts().linkTo(OLD);
    for (let time = 0; time < 2; time += 1) {
      const page = await anybody.follow(link);
      expect(page.page?.status).toBe(200);
      expect(heading(page)).toBe('Hủy thay đổi thông tin liên hệ?');
      expect(textOf(page)).not.toContain(NEW);
      expect(page.page?.headers['cache-control']).toBe('no-store');
    }
    const page = await anybody.follow(link);
    const done = await anybody.submit(page, '/contact-change/cancel');
    expect(heading(done)).toBe('Đã hủy thay đổi');
    expect(done.page?.text).not.toContain(new URL(link).searchParams.get('token'));
    const again = await anybody.submit(page, '/contact-change/cancel');
    expect(again.page?.status).toBe(409);
    expect(heading(again)).toBe(OVER);
    expect((await anybody.follow(link)).page?.status).toBe(404);
    await waitOut(provider);
    expect(await addressOf()).toBe(OLD);
    expect(await historyOf(browser, ngoc)).toContain('Việc đổi thông tin liên hệ bị hủy');
  });

  it('is none with anything but its token', async () => {
    const queries = [
      '',
      '?token=',
      '?token=x',
      '?token=a&token=b',
      '?token[$ne]=',
      `?token=${'A'.repeat(43)}`,
    ];
    for (const query of [...queries, '?next=https://evil.example']) {
      const page = await anybody.follow(`/contact-change/cancel${query}`);
      expect(page.page?.status, query).toBe(404);
      expect(heading(page)).toBe(OVER);
      expect(page.page?.text).not.toContain('evil.example');
    }
  });

  it('is not taken from a form of somebody else’s', async () => {
    const link = await contacts().linkTo(OLD);
    const token = new URL(link).searchParams.get('token') ?? '';
    const answer = await anybody.agent
      .post('/contact-change/cancel')
      .set('Host', new URL(provider.issuer).host)
      .set('Origin', 'https://evil.example')
      .type('form')
      .send({ token, csrf: 'x' });
    expect(answer.status).toBe(403);
    expect(await provider.services.contactChanges.pending(await contacts().idOf(ngoc))).toHaveLength(1);
  });

  it('ends with the change, and stays out of the log', async () => {
    const link = await contacts().linkTo(OLD);
    const page = await anybody.follow(link);
    await waitOut(provider);
    expect((await anybody.follow(link)).page?.status).toBe(404);
    const late = await anybody.submit(page, '/contact-change/cancel');
    expect(late.page?.status).toBe(409);
    expect(await addressOf()).toBe(NEW);
    const token = new URL(link).searchParams.get('token') ?? 'no token';
    const lines = JSON.stringify(provider.logged);
    expect(lines).not.toContain(token);
    expect(lines).not.toContain(OLD);
    expect(lines).not.toContain(NEW);
  });
});

describe('a change that waits', () => {
  it('is cancelled by its owner', async () => {
    const page = await browser.submit(await browser.follow(PATH), `${PATH}/cancel`);
    expect(textOf(page)).toContain('Đã hủy thay đổi');
    await waitOut(provider);
    expect(await addressOf()).toBe(OLD);
  });

  it('neither gives way to another nor comes sooner for asking again', async () => {
    const pending = await provider.services.contactChanges.pending(await contacts().idOf(ngoc));
    const other = openBrowser(provider);
    // A form of before the change waited, of another tab.
    const form = await browser.follow('/account/contact/phone');
    const stale = { page: Object.assign(Object.create(form.page ?? {}), { text: form.page?.text }) };
    stale.page.text = stale.page.text.replaceAll('/account/contact/phone', PATH);
    await browser.submit(stale, PATH, { email: 'ke.khac@congdan.example' });
    expect(await provider.services.contactChanges.pending(await contacts().idOf(ngoc))).toEqual(pending);
    expect((await contacts().sent()).some(({ to }) => to === 'ke.khac@congdan.example')).toBe(false);
    expect((await other.get(PATH)).status).toBe(303);
  });

  it('is ended by a new password', async () => {
    const form = await browser.follow('/account/password');
    const done = await browser.submit(form, '/account/password', {
      password: ngoc.password,
      new_password: 'thuyền nan đậu bến sông',
    });
    expect(heading(done)).toBe('Đã đổi mật khẩu');
    await waitOut(provider);
    expect(await addressOf()).toBe(OLD);
  });

  it('is ended by a lock, also where the account is unlocked in time', async () => {
    const id = await contacts().idOf(ngoc);
    await provider.services.locks.lock(id, 'by_owner');
    await provider.services.locks.unlock(id, ['by_owner'], 'owner');
    await waitOut(provider);
    expect(await addressOf()).toBe(OLD);
  });

  it('is ended by what a counter records, also of the other kind', async () => {
    const { phone } = await contacts().onRecord(ngoc);
    const { code } = await runPerson(provider, ngoc.subject.personal_number, [
      'contact',
      '--phone',
      '0970 000 099',
    ]);
    expect(code).toBe(0);
    expect((await contacts().onRecord(ngoc)).phone).not.toEqual(phone);
    await waitOut(provider);
    expect(await addressOf()).toBe(OLD);
  });
});
