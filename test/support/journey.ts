import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { currentTotpCode } from '../../src/demo/people/current-totp-code.ts';
import type { SyntheticPerson } from '../../src/demo/people/synthetic-person.ts';
import { inspect, inspectThoroughly, MOST_PLACES } from './browser-inspection.ts';
import type { TestPortal } from './browser-site.ts';
import { watch } from './browser-watch.ts';
import { advance } from './provider.ts';

/** One person's way through pages, told as they would tell it. Every page seen is inspected. */
export interface Journey {
  readonly page: Page;
  open(portal: TestPortal, path?: string): Promise<void>;
  /** Presses "Nộp hồ sơ" of the procedure named. */
  file(procedure: string): Promise<void>;
  /** Presses the button or link of this name; one in the page's body comes before one in its frame. */
  press(name: string): Promise<void>;
  tick(label: string): Promise<void>;
  /** Number, where it is asked for, and password, and Enter; `typed` where it is not what they should type. */
  typePassword(who: SyntheticPerson, typed?: { number?: string; password?: string }): Promise<void>;
  /** The code of the generator; waits in the server's time where this one was used. */
  typeCode(who: SyntheticPerson): Promise<void>;
  /** Waits for the page under this heading, and looks it over; `language` where it is not the one chosen last. */
  sees(heading: string, language?: 'vi' | 'en'): Promise<void>;
  /** The body of the page says this. */
  reads(...texts: string[]): Promise<void>;
  readsNot(...texts: string[]): Promise<void>;
  /** The same person in another tab of the same browser. */
  newTab(): Promise<Journey>;
  /** The paths of the pages shown so far; addresses that only redirect are not among them. */
  shown(where: 'provider' | 'portal'): string[];
  /** Does this, and waits until the browser has turned to the next page. */
  turnsTo(act: () => Promise<unknown>): Promise<void>;
  /** Presses Tab until the focus is on what has this name. */
  tabTo(name: string): Promise<void>;
  /** Throws what the browser complained about on the way. */
  expectNoTroubles(): void;
}

/** What the tabs of one window share. */
interface Manner {
  readonly troubles: readonly string[];
  /** False where the browser runs no script. */
  readonly script: boolean;
  /** What `lang` of every page has to be; follows a press of the language switch. */
  language: 'vi' | 'en';
}

const HOSTS = { provider: 'localhost', portal: '127.0.0.1' };

const usedCodes = new Set<string>();
const inspected = new Set<string>();

/** Starts at an empty tab of a browser that knows nothing. */
export async function startJourney(context: BrowserContext, script: boolean): Promise<Journey> {
  context.setDefaultTimeout(10_000);
  const { troubles } = watch(context);
  return journey(context, await context.newPage(), { troubles, script, language: 'vi' });
}

function journey(context: BrowserContext, page: Page, manner: Manner): Journey {
  const visited: URL[] = [];
  page.on('framenavigated', (frame) => visited.push(new URL(frame.url())));
  return {
    page,
    ...looking(page, manner),
    ...pressing(page, manner),
    ...typing(page),
    open: async (portal, path = '/') => void (await page.goto(`${portal.origin}${path}`)),
    shown: (where) =>
      visited.filter(({ hostname }) => hostname === HOSTS[where]).map(({ pathname }) => pathname),
    newTab: async () => journey(context, await context.newPage(), manner),
    expectNoTroubles: () => expect(manner.troubles).toEqual([]),
  };
}

function looking(page: Page, manner: Manner): Pick<Journey, 'sees' | 'reads' | 'readsNot'> {
  const body = async () => (await page.getByRole('main').innerText()).replace(/\s+/g, ' ');
  return {
    async sees(heading, language = manner.language) {
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
      await page.waitForLoadState('load');
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await lookOver(page, heading, manner.script);
    },
    async reads(...texts) {
      const read = await body();
      for (const text of texts) expect(read).toContain(text);
    },
    async readsNot(...texts) {
      const read = await body();
      for (const text of texts) expect(read).not.toContain(text);
    },
  };
}

/** The next page may have the same heading: it is there once the browser has turned to it. */
async function turnPage(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
}

type Presses = Pick<Journey, 'turnsTo' | 'file' | 'press' | 'tick' | 'tabTo'>;

function pressing(page: Page, manner: Manner): Presses {
  const named = async (name: string): Promise<Locator> => {
    const button = page.getByRole('button', { name, exact: true });
    const all = button.or(page.getByRole('link', { name, exact: true }));
    const inBody = page.getByRole('main').locator(all);
    return ((await inBody.count()) > 0 ? inBody : all).first();
  };
  return {
    turnsTo: (act) => turnPage(page, act),
    file: (procedure) => turnPage(page, () => page.getByRole('link', { name: procedure }).click()),
    async press(name) {
      if (name === 'English') manner.language = 'en';
      const target = await named(name);
      await turnPage(page, () => target.click());
    },
    tick: (label) => page.getByRole('checkbox', { name: label, exact: true }).check(),
    async tabTo(name) {
      const wanted = (await named(name)).or(page.getByLabel(name, { exact: true })).first();
      for (let press = 0; press < MOST_PLACES; press += 1) {
        await page.keyboard.press('Tab');
        if (await wanted.and(page.locator(':focus')).count()) return;
      }
      throw new Error(`Tab does not reach "${name}" on ${page.url()}`);
    },
  };
}

function typing(page: Page): Pick<Journey, 'typePassword' | 'typeCode'> {
  const submit = (field: string) => turnPage(page, () => page.locator(field).press('Enter'));
  return {
    async typePassword({ subject, password }, typed = {}) {
      const number = page.locator('#personal_number');
      if (await number.count()) await number.fill(typed.number ?? subject.personal_number);
      await page.locator('#password').fill(typed.password ?? password);
      await submit('#password');
    },
    async typeCode(who) {
      await page.locator('#code').fill(freshCode(who));
      await submit('#code');
    },
  };
}

/** Each kind of page is looked over in every size and colour once, then only as it stands. */
async function lookOver(page: Page, heading: string, script: boolean): Promise<void> {
  const summary = page.locator('[data-focus]');
  const failed = await summary.count();
  if (failed > 0 && script) expect(await page.locator(':focus').getAttribute('role')).toBe('alert');
  const kind = `${new URL(page.url()).pathname.replace(/\/[\w-]{21,}/, '')} ${heading} ${failed}`;
  if (inspected.has(kind) || !script) return inspect(page);
  inspected.add(kind);
  await inspectThoroughly(page);
}

/** A code opens one sign-in once: where this one was used, the server's clock moves on to the next. */
function freshCode(who: SyntheticPerson): string {
  const code = currentTotpCode(who.totpSecret ?? '', Date.now());
  if (!usedCodes.has(`${who.key} ${code}`)) {
    usedCodes.add(`${who.key} ${code}`);
    return code;
  }
  advance(31);
  return freshCode(who);
}
