import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser, newPhone } from '../support/browser.ts';
import { complaintsAbout, focusComplaints, inspectThoroughly } from '../support/browser-inspection.ts';
import { type Watch, watch } from '../support/browser-watch.ts';

let browser: Browser;
let context: BrowserContext;
let page: Page;
let watched: Watch;

beforeAll(async () => {
  browser = await launchBrowser();
});
beforeEach(async () => {
  context = await newPhone(browser);
  watched = watch(context);
  page = await context.newPage();
  return () => context.close();
});
afterAll(() => browser?.close());

const show = (body: string, head = ''): Promise<void> =>
  page.setContent(`<!doctype html><html lang="vi"><head><title>Thử</title>
    <meta name="viewport" content="width=device-width">
    <style>button { min-height: 3rem; min-width: 3rem } :focus-visible { outline: 3px solid black }</style>${head}</head>
    <body><main><h1>Thử</h1>${body}</main></body></html>`);

const faults = [
  { what: 'a low button', body: '<button style="min-height: 0">Lưu</button>', told: 'button "Lưu" is' },
  {
    what: 'a box without a tall label',
    body: '<input type="checkbox" aria-label="Có">',
    told: 'input "Có" is',
  },
  { what: 'a low link of a list', body: '<ul><li><a href="/">Sửa</a></li></ul>', told: 'a "Sửa" is' },
  { what: 'a wide table', body: '<div style="width: 500px">Rộng</div>', told: 'px wide in a window of 360' },
  { what: 'a second h1', body: '<h1>Nữa</h1>', told: 'there are 2 headings h1' },
];
test.for(faults)('$what is complained about', async ({ body, told }) => {
  await show(body);
  expect(await complaintsAbout(page)).toEqual([expect.stringContaining(told)]);
});

test('focus without a mark, out of sight, or nowhere is complained about', async () => {
  await show('<button>Lưu</button>', '<style>:focus-visible { outline: none }</style>');
  expect(await focusComplaints(page)).toEqual(['button "Lưu" does not show the focus']);
  await show('<button style="position: fixed; top: -90px">Lưu</button>');
  expect(await focusComplaints(page)).toEqual(['button "Lưu" has the focus out of sight']);
  await show('<p>Lưu</p>');
  expect(await focusComplaints(page)).toEqual(['the keyboard reaches nothing']);
});

test('grey on grey in dark only is complained about', async () => {
  await show(
    '<p>Chữ</p><button>Lưu</button>',
    '<style>@media (prefers-color-scheme: dark) { p { color: #999; background: #888 } }</style>',
  );
  await expect(inspectThoroughly(page)).rejects.toThrow('color-contrast');
});

test('an error of a script or a policy, and a request to elsewhere, are taken down', async () => {
  await context.route('http://elsewhere.invalid/**', (route) => route.abort());
  await show('<img src="http://elsewhere.invalid/x.png" alt=""><script>throw new Error("hỏng")</script>');
  await expect.poll(() => watched.troubles.join('\n')).toContain('request to http://elsewhere.invalid/x.png');
  expect(watched.troubles.join('\n')).toContain('script: hỏng');
  await show(
    '<p onclick="1">Chữ</p>',
    `<meta http-equiv="Content-Security-Policy" content="style-src 'none'">
    <style>p { color: red }</style>`,
  );
  await expect.poll(() => watched.troubles.join('\n')).toContain('Content Security Policy');
});

test('a page without fault passes, and the browser has nothing to say', async () => {
  await show('<p>Chữ <a href="/">liên kết</a> trong câu.</p><button>Lưu</button>');
  await inspectThoroughly(page);
  expect(await complaintsAbout(page)).toEqual([]);
  expect(watched.troubles).toEqual([]);
});
