import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { packedChromium } from './chromium-package.ts';

const options: LaunchOptions = {
  // Chromium refuses to run its sandbox as root.
  chromiumSandbox: process.getuid?.() !== 0,
  args: ['--disable-background-networking', '--disable-component-update', '--no-first-run', '--disable-sync'],
};

const launchInstalled = async (): Promise<Browser> => {
  try {
    return await chromium.launch({ ...options, channel: 'chrome' });
  } catch (cause) {
    throw new Error('Browser tests need Google Chrome here: install it, or run them on Linux x64.', {
      cause,
    });
  }
};

/**
 * A real browser with web security on. On Linux x64 it comes with `npm ci`; elsewhere it is the installed Chrome.
 * Close it when done.
 */
export const launchBrowser = async (): Promise<Browser> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return launchInstalled();
  return chromium.launch({ ...options, ...(await packedChromium()) });
};

const vietnamese = { locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' };

const phone = { ...vietnamese, viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

/** A cheap phone: 360 × 740, touch, Vietnamese. */
export const newPhone = (browser: Browser): Promise<BrowserContext> => browser.newContext(phone);

/** The same phone, running no script. */
export const newPhoneWithoutScript = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ ...phone, javaScriptEnabled: false });

/** A desktop window: 1280 × 800, Vietnamese. */
export const newDesktop = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ ...vietnamese, viewport: { width: 1280, height: 800 } });

const accessibilityTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** WCAG 2.2 at level AA, and axe's best practices. The failure names the rule, the way to mend it and the places. */
export const expectNoAxeViolations = async (page: Page): Promise<void> => {
  const { passes, violations } = await new AxeBuilder({ page }).withTags(accessibilityTags).analyze();
  if (passes.length === 0) throw new Error(`Nothing on ${page.url()} could be checked.`);
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`,
  );
  if (found.length > 0) throw new Error([`${page.url()} is not accessible`, ...found].join('\n'));
};
