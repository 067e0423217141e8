import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import { type Authenticator, type Bent, openAuthenticator } from '../../support/authenticator.ts';
import { openBrowser, type TestBrowser, typeCode, typePassword, type Visit } from '../../support/citizen.ts';
import { advance, type TestProvider } from '../../support/provider.ts';
import { pageOf } from '../../support/visits.ts';

/** One text attribute of a page, as the browser reads it. */
function attributeOf({ page }: Visit, name: string): string {
  const [, value = ''] = new RegExp(`${name}="([^"]*)"`).exec(page?.text ?? '') ?? [];
  return value.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** What the page asks the browser for. */
export const asked = (visit: Visit) => JSON.parse(attributeOf(visit, 'data-options') || 'null');

/** Opens a page of the account, signing in with all that the person has wherever it is asked for. */
export async function openAccount(browser: TestBrowser, path: string, who: SyntheticPerson): Promise<Visit> {
  let visit = await browser.follow(path);
  for (let page = 0; page < 3; page += 1) {
    if (visit.page?.text.includes('name="new_password"')) return visit;
    if (pageOf(visit) === 'password') visit = await typePassword(browser, visit, who);
    if (pageOf(visit) === 'totp' && visit.page?.text.includes('/interaction/'))
      visit = await typeCode(browser, visit, who);
  }
  return visit;
}

/** Adds a passkey in the account, and gives the phone that holds it. */
export async function enrolPasskey(
  provider: TestProvider,
  who: SyntheticPerson,
  browser: TestBrowser = openBrowser(provider),
): Promise<{ readonly phone: Authenticator; readonly visit: Visit; readonly browser: TestBrowser }> {
  const phone = openAuthenticator(provider.issuer);
  const page = await openAccount(browser, '/account/factors/passkey', who);
  const response = phone.create(asked(page));
  const visit = await browser.submit(page, '/factors/passkey', { response, name: 'Điện thoại của tôi' });
  // A proof of the second of a change counts as before it.
  advance(1);
  return { phone, visit, browser };
}

/** Answers the sign-in page with a passkey. */
export const usePasskey = (
  browser: TestBrowser,
  visit: Visit,
  phone: Authenticator,
  bent: Bent = {},
): Promise<Visit> => browser.submit(visit, '/passkey', { response: phone.get(asked(visit), bent) });
