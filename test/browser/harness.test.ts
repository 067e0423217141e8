import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoAxeViolations, launchBrowser, newDesktop, newPhone } from '../support/browser.ts';

const html = `<!doctype html>
<html lang="vi">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Đăng nhập</title></head>
  <body><main><h1>Bạn đang đăng nhập vào <span id="name">Cổng dịch vụ công</span></h1></main></body>
</html>`;

const listen = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8').end(html);
    }).listen(0, '127.0.0.1', () => resolve(server));
  });

const originOf = (server: Server): string => {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server does not listen.');
  return `http://127.0.0.1:${address.port}`;
};

let browser: Browser;
let servers: Server[];
let page: Page;

beforeAll(async () => {
  servers = await Promise.all([listen(), listen()]);
  browser = await launchBrowser();
  page = await (await newPhone(browser)).newPage();
  await page.goto(servers.map(originOf)[0] ?? '');
});

afterAll(async () => {
  await browser?.close();
  for (const server of servers ?? []) server.close();
});

test('web security is on: a page cannot read what another origin answers', async () => {
  const other = servers.map(originOf)[1] ?? '';
  const read = (url: string) =>
    page.evaluate((address) => fetch(address).then((answer) => answer.text()), url);
  await expect(read(other)).rejects.toThrow('Failed to fetch');
  await expect(read(page.url())).resolves.toContain('Cổng dịch vụ công');
});

test('a page that breaks an accessibility rule fails, by the name of the rule', async () => {
  const broken = await (await newDesktop(browser)).newPage();
  await broken.setContent(html.replace('</main>', '<img src="data:,"></main>'));
  await expect(expectNoAxeViolations(broken)).rejects.toThrow('image-alt');
  await broken.close();
});

test('an accessible page passes', async () => {
  await expectNoAxeViolations(page);
  expect(page.viewportSize()).toEqual({ width: 360, height: 740 });
});

test('Vietnamese letters have glyphs of their own, with their diacritics', async () => {
  const letters = [...'uUưƯứữỨỮeêếệễđĐdỹẵ'];
  // U+10FFFE is no character: it shows what stands for a missing glyph.
  const pictures = await page.evaluate<
    string[]
  >(`${JSON.stringify(['\u{10fffe}', ' ', ...letters])}.map((letter) => {
    const context = new OffscreenCanvas(80, 80).getContext('2d');
    context.font = '48px sans-serif';
    context.fillText(letter, 16, 60);
    return context.getImageData(0, 0, 80, 80).data.join();
  })`);
  const [missing, blank, ...drawn] = pictures;
  expect(new Set(drawn).size).toBe(letters.length);
  expect(drawn).not.toContain(missing);
  expect(drawn).not.toContain(blank);
});

test('text takes up space, and a screenshot shows more than the ground', async () => {
  const box = await page.locator('#name').boundingBox();
  expect(box?.width).toBeGreaterThan(100);
  const blank = await (await newPhone(browser)).newPage();
  const [shown, empty] = [await page.screenshot(), await blank.screenshot()];
  expect(shown.length).toBeGreaterThan(2 * empty.length);
});

test('the browser speaks Vietnamese and keeps the time of Việt Nam', async () => {
  const told = await page.evaluate(() => [
    navigator.language,
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  ]);
  expect(told).toEqual(['vi-VN', 'Asia/Saigon']);
});
