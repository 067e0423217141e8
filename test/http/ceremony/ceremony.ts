import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import { person, type TestBrowser, type Visit } from '../../support/citizen.ts';
import { advance, type TestProvider } from '../../support/provider.ts';

/** Issued at level 2, and never activated. */
export const mui = person('never-activated');
export const NEW_PASSWORD = 'thuyền nan đậu bến sông';

export const numberOf = ({ subject }: SyntheticPerson): string => subject.personal_number;

export const idOf = async ({ services }: TestProvider, who: SyntheticPerson): Promise<string> =>
  (await services.directory.findByNumber(numberOf(who)))?.id ?? '';

/** The letters that have left by now. */
export async function lettersOf(provider: TestProvider): Promise<TestProvider['letters']> {
  await provider.application.deliveries.run();
  return provider.letters;
}

/** The code of the letter that left last. */
export async function mailedCode(provider: TestProvider): Promise<string> {
  const letter = (await lettersOf(provider)).findLast(({ text }) => /^\s*\d{6}\s*$/m.test(text));
  return /^\s*(\d{6})\s*$/m.exec(letter?.text ?? '')?.[1] ?? '';
}

/** The token of the activation link that left last. */
export async function mailedToken(provider: TestProvider): Promise<string> {
  const texts = (await lettersOf(provider)).map(({ text }) => text).join('\n');
  return [...texts.matchAll(/\/activate\?token=([\w-]{43})/g)].at(-1)?.[1] ?? '';
}

/** Types a number at "/activate" or "/recover". */
export const typeNumber = async (browser: TestBrowser, path: string, number: string): Promise<Visit> =>
  browser.submit(await browser.follow(path), path, { personal_number: number });

/** To the page behind the code of the letter. */
export async function proveAddress(
  provider: TestProvider,
  browser: TestBrowser,
  path: string,
  who: SyntheticPerson,
): Promise<Visit> {
  const visit = await typeNumber(browser, path, numberOf(who));
  return browser.submit(visit, '/code', { code: await mailedCode(provider) });
}

/** A code that an administrator printed after identification. */
export const printedCode = async (provider: TestProvider, who: SyntheticPerson): Promise<string> =>
  (await provider.services.identificationLetters.issue(await idOf(provider, who))).code;

const secretOn = ({ page }: Visit): string => /secret=([A-Z2-7]+)/.exec(page?.text ?? '')?.[1] ?? '';

/** Enrols the app that the page offers, and gives its secret. */
export async function enrolApp(
  browser: TestBrowser,
  visit: Visit,
): Promise<{ readonly visit: Visit; readonly secret: string }> {
  const secret = secretOn(visit);
  const shown = await browser.submit(visit, '/app', { code: currentTotpCode(secret, Date.now()) });
  return { visit: shown, secret };
}

/** From the page for a new password to the end; the app that is enrolled on the way. */
export async function chooseAll(
  browser: TestBrowser,
  visit: Visit,
): Promise<{ readonly visit: Visit; readonly secret: string }> {
  const enrol = await browser.submit(visit, '/new-password', { new_password: NEW_PASSWORD });
  const { secret, visit: codes } = await enrolApp(browser, enrol);
  return { secret, visit: await browser.submit(codes, '/saved') };
}

/** A synthetic person after the ceremony. */
export const renewed = (who: SyntheticPerson, secret?: string): SyntheticPerson => ({
  ...who,
  password: NEW_PASSWORD,
  ...(secret === undefined ? {} : { totpSecret: secret }),
});

/** So that what was proved counts as after the change, and a code is a new one. */
export const later = (): void => advance(61);

/** Where a page stands. */
export const addressOf = ({ page }: Visit): string => new URL(String(page?.request.url)).pathname;

/** Posts a form that no page offers, with the token of a page that there is. */
export async function postTo(
  browser: TestBrowser,
  action: string,
  fields: Record<string, string>,
): Promise<Visit> {
  const { page } = await browser.follow('/activate');
  const text = (page?.text ?? '').replace('action="/activate"', `action="${action}"`);
  return browser.submit({ page: Object.assign(Object.create(page ?? {}), { text }) }, action, fields);
}
