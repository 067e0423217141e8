import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, systemClock } from '../../src/clock/clock.ts';
import { createDevRoutes } from '../../src/demo/dev-routes.ts';
import { createMailbox } from '../../src/demo/mailbox.ts';
import { createLetterWriter } from '../../src/outbox/render.ts';
import { expectNoAxeViolations, launchBrowser, newPhone, newPhoneWithoutScript } from '../support/browser.ts';
import { inspect, inspectThoroughly } from '../support/browser-inspection.ts';
import { openTestStorage, type TestStorage } from '../support/storage.ts';
import { letters, waiting } from '../unit/outbox/sample-letters.ts';

const write = createLetterWriter({
  province: { vi: 'Tỉnh Mẫu', en: 'Sample Province' },
  accent: { light: '#0b5cad', onLight: '#ffffff' },
});
/** As long as names get: 60 characters. */
const name = 'Công Tằng Tôn Nữ Hoàng Nguyễn Phúc Trần Lê Thị Bích Ngọc Anh';

let opened: TestStorage;
let server: Server;
let browser: Browser;
let page: Page;
let origin: string;

beforeAll(async () => {
  opened = await openTestStorage();
  const mailbox = createMailbox({ storage: opened.storage, clock: systemClock });
  const app = new Koa();
  app.use(
    createDevRoutes({
      people: [],
      portalOrigin: 'http://127.0.0.1:3001',
      clock: systemClock,
      mailbox,
      mailServer: false,
    }).routes(),
  );
  server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const [index, letter] of letters.entries()) {
    const at = Date.now() - index;
    const to = { address: 'bich.ngoc@congdan.example', name };
    const row = waiting(letter, { at, to, messageId: `<${index}a@id.tinhmau.example>` });
    await mailbox.deliver(write(row, at + DAY), new AbortController().signal);
  }
  browser = await launchBrowser();
  page = await (await newPhoneWithoutScript(browser)).newPage();
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await opened?.close();
});

test('the mailbox, a letter and how a mail program shows it read well on a phone without script', async () => {
  await page.goto(`${origin}/dev/mail`);
  expect(await page.locator('li.card').count()).toBe(letters.length);
  const withScript = await (await newPhone(browser)).newPage();
  await withScript.goto(page.url());
  await inspectThoroughly(withScript);
  await page.getByRole('link', { name: 'Đăng nhập trên thiết bị mới' }).click();
  await withScript.goto(page.url());
  await inspectThoroughly(withScript);
  await page.getByRole('link', { name: 'Xem như trong ứng dụng thư' }).click();
  expect(await page.getByRole('link', { name: 'Không phải tôi' }).count()).toBe(1);
  await withScript.goto(page.url());
  // How the focus shows is the mail program's.
  await inspect(withScript);
  await expectNoAxeViolations(withScript);
});
