import { afterEach, describe, expect, it, vi } from 'vitest';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { type ProviderOptions, startProvider, type TestProvider } from '../../support/provider.ts';
import { textOf } from '../../support/visits.ts';
import { enter } from '../account/console.ts';
import { askFor, change, contactsOf, pathOf, waitOut } from './change.ts';

const ngoc = person('all-documents');
const an = person('level-1');
const OLD = ngoc.subject.phone?.number ?? '';
const NEW = '+84970999001';
const MAIL = ngoc.subject.email?.address ?? '';
const PATH = pathOf('phone');
const CLOSED = 'Chưa đổi được ở đây';

let provider: TestProvider;
let browser: TestBrowser;
async function open(options: ProviderOptions = {}): Promise<void> {
  provider = await startProvider(options);
  browser = openBrowser(provider);
}
afterEach(async () => {
  vi.useRealTimers();
  await provider.close();
});

const contacts = () => contactsOf(provider);

describe('a new phone number', () => {
  it('is refused where no text message would reach it', async () => {
    await open();
    const form = await enter(browser, PATH, ngoc);
    for (const typed of ['0243 000 0001', '097000', '+1 202 555 0100', '<b>0970999001</b>', '']) {
      const page = await browser.submit(form, PATH, { phone: typed });
      expect(page.page?.status, typed).toBe(422);
    }
    expect((await browser.submit(form, PATH, { phone: OLD })).page?.status).toBe(422);
    expect(await contacts().sent()).toEqual([]);
  });

  it('is confirmed by text messages to both, and takes effect after its time', async () => {
    await open();
    const page = await change(provider, browser, ngoc, 'phone', NEW, '0970 999 001');
    expect(heading(page)).toBe('Số điện thoại sắp được đổi');
    expect(textOf(page)).toContain('0970 999 001');
    expect((await contacts().onRecord(ngoc)).phone).toEqual({ number: OLD, verified: true });
    expect(await contacts().linkTo(MAIL)).toContain('/contact-change/cancel?token=');
    expect(provider.texts.every(({ text }) => !text.includes('http'))).toBe(true);
    await waitOut(provider);
    expect((await contacts().onRecord(ngoc)).phone).toEqual({ number: NEW, verified: true });
    const told = (await contacts().sent()).filter(({ text }) => text.includes('được đổi'));
    expect(new Set(told.map(({ to }) => to))).toEqual(new Set([OLD, NEW, MAIL]));
  });

  it('is not confirmed by a code that went to the e-mail address', async () => {
    await open();
    await askFor(browser, ngoc, 'email', 'ngoc.moi@congdan.example');
    const old_code = await contacts().codeTo(MAIL);
    const page = await askFor(browser, ngoc, 'phone', NEW);
    const typed = { old_code, new_code: await contacts().codeTo(NEW) };
    expect(old_code).toMatch(/^\d{6}$/);
    expect((await browser.submit(page, `${PATH}/codes`, typed)).page?.status).toBe(422);
  });

  it('is the first one of somebody who proved two factors, by its own code alone', async () => {
    await open();
    await provider.services.directory.update(
      await contacts().idOf(ngoc),
      ({ phone: _, ...subject }) => subject,
    );
    expect(heading(await change(provider, browser, ngoc, 'phone', NEW))).toBe('Số điện thoại sắp được đổi');
    await waitOut(provider);
    expect((await contacts().onRecord(ngoc)).phone).toEqual({ number: NEW, verified: true });
  });
});

describe('nothing is changed online', () => {
  const expectClosed = async (who = ngoc, path = PATH): Promise<void> => {
    const page = await enter(browser, path, who);
    expect(page.page?.status).toBe(403);
    expect(heading(page)).toBe(CLOSED);
    expect(textOf(page)).toContain('bộ phận Một cửa');
    // A form of another tab, of before.
    const posted = await browser.agent
      .post(path)
      .set('Host', new URL(provider.issuer).host)
      .set('Accept', 'text/html')
      .type('form')
      .send({
        csrf: /name="csrf" value="([^"]*)"/.exec(page.page?.text ?? '')?.[1],
        phone: NEW,
        email: 'x@y.example',
      });
    expect(posted.status).toBe(403);
    expect(await contacts().sent()).toEqual([]);
  };

  it('where an address on record was never confirmed', async () => {
    await open();
    await provider.services.directory.update(await contacts().idOf(ngoc), (subject) => ({
      ...subject,
      email: { address: MAIL, verified: false },
      phone: { number: OLD, verified: false },
    }));
    await expectClosed();
    await expectClosed(ngoc, pathOf('email'));
  });

  it('where there is none on record and one factor only', async () => {
    await open();
    await provider.services.directory.update(
      await contacts().idOf(an),
      ({ phone: _, ...subject }) => subject,
    );
    await expectClosed(an);
  });

  it('while an expired paper holds the account at level 1', async () => {
    await open();
    await expectClosed(person('expired-card'), pathOf('email'));
  });

  it('where the province has no gateway for text messages', async () => {
    await open({ textbox: false });
    await expectClosed();
    const page = await enter(browser, pathOf('email'), ngoc);
    expect(heading(page)).toBe('Đổi địa chỉ thư điện tử');
  });
});

it('a person of level 1 changes the number with what a person of level 1 has', async () => {
  await open();
  const page = await change(provider, browser, an, 'phone', NEW);
  expect(heading(page)).toBe('Số điện thoại sắp được đổi');
});
