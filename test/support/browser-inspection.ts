import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expectNoAxeViolations } from './browser.ts';

const script = (name: string): string =>
  readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
    .trim()
    .replace(/;$/, '');

const inspection = script('./browser-inspection.js');
const focus = script('./browser-focus.js');

interface Focus {
  readonly place: number;
  readonly name: string;
  readonly marked: boolean;
  readonly inSight: boolean;
}

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };
const MANNERS = [
  [PHONE, 'light'],
  [DESKTOP, 'dark'],
] as const;
/** More presses of Tab than any page has places to go. */
export const MOST_PLACES = 80;

/** What is wrong with the page as it stands in its window: targets, width, title. */
export const complaintsAbout = (page: Page): Promise<string[]> => page.evaluate<string[]>(inspection);

/** Walks the page by Tab; says which places do not show that they have the focus. Leaves the focus nowhere. */
export async function focusComplaints(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  let farthest = 0;
  for (let press = 0; press < MOST_PLACES; press += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<Focus | null>(focus);
    // Past the last place, or round again.
    if (at === null || at.place <= farthest) break;
    farthest = at.place;
    if (!at.marked) complaints.push(`${at.name} does not show the focus`);
    if (!at.inSight) complaints.push(`${at.name} has the focus out of sight`);
  }
  if (farthest === 0) complaints.push('the keyboard reaches nothing');
  await page.evaluate('document.activeElement?.blur()');
  return complaints;
}

/** Throws with every complaint in its one message. */
export async function inspect(page: Page): Promise<void> {
  fail(page, await complaintsAbout(page));
}

/** The page on a phone in light and on a desktop in dark, by axe, and by keyboard. */
export async function inspectThoroughly(page: Page): Promise<void> {
  const before = page.viewportSize() ?? PHONE;
  for (const [size, colorScheme] of MANNERS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    fail(page, await complaintsAbout(page));
    await expectNoAxeViolations(page);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  fail(page, await focusComplaints(page));
}

function fail(page: Page, complaints: readonly string[]): void {
  if (complaints.length === 0) return;
  throw new Error([`${page.url()}, ${page.viewportSize()?.width} px:`, ...complaints].join('\n  '));
}
