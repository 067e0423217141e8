import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, type TestContext, test, vi } from 'vitest';
import { launchBrowser, newDesktop, newPhone, newPhoneWithoutScript } from './browser.ts';
import { startSite } from './browser-site.ts';
import { KNOWN_DEVICE } from './citizen.ts';
import { type Journey, startJourney } from './journey.ts';
import type { ProviderOptions } from './provider.ts';

/** For failures only; git ignores it. */
const PICTURES = join(import.meta.dirname, '..', '..', 'test-results');

let browser: Browser | undefined;
afterAll(() => browser?.close());

async function launched(): Promise<Browser> {
  browser ??= await launchBrowser();
  return browser;
}

type Cleaning = { onCleanup(clean: () => Promise<void>): void };

async function journeyOn(
  open: (browser: Browser) => Promise<BrowserContext>,
  task: TestContext['task'],
  { onCleanup }: Cleaning,
): Promise<Journey> {
  const context = await open(await launched());
  await context.addCookies([{ name: 'device', value: KNOWN_DEVICE, domain: 'localhost', path: '/' }]);
  const journey = await startJourney(context, open !== newPhoneWithoutScript);
  onCleanup(async () => {
    if (task.result?.state === 'fail') await photograph(context, task.name);
    await context.close();
    journey.expectNoTroubles();
  });
  return journey;
}

const photograph = (context: BrowserContext, name: string): Promise<unknown> =>
  Promise.all(
    context.pages().map((page, index) =>
      page.screenshot({
        path: join(PICTURES, `${name.replace(/[^\p{L}\d]+/gu, '-').slice(0, 80)}-${index + 1}.png`),
        fullPage: true,
      }),
    ),
  );

/**
 * A test with a site of its own and a browser that knows nothing but the device cookie of all test browsers. Each window is under watch: what the browser
 * complained about fails the test at its end.
 */
export const journeyTest = test
  .extend('provider', {} as ProviderOptions)
  .extend('site', async ({ provider }, { onCleanup }) => {
    const site = await startSite(provider);
    onCleanup(async () => {
      await site.close();
      vi.useRealTimers();
    });
    return site;
  })
  .extend('phone', ({ task }, cleaning) => journeyOn(newPhone, task, cleaning))
  .extend('desktop', ({ task }, cleaning) => journeyOn(newDesktop, task, cleaning))
  .extend('scriptless', ({ task }, cleaning) => journeyOn(newPhoneWithoutScript, task, cleaning));
