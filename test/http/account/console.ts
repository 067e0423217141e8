import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import { openBrowser, type TestBrowser, typeCode, typePassword, type Visit } from '../../support/citizen.ts';
import { advance, type TestProvider } from '../../support/provider.ts';

/** A page of the account, after whatever sign-in it wants. The clock moves on, so that a code is never an old one. */
export async function enter(browser: TestBrowser, path: string, who: SyntheticPerson): Promise<Visit> {
  if (who.totpSecret) advance(31);
  let visit = await browser.follow(path);
  for (let step = 0; step < 4; step += 1) {
    const html = visit.page?.text ?? '';
    if (/action="[^"]*\/password"/.test(html)) visit = await typePassword(browser, visit, who);
    else if (/action="[^"]*\/totp"/.test(html)) visit = await typeCode(browser, visit, who);
    else return visit;
  }
  throw new Error('the sign-in does not end');
}

/** A new browser whose person is signed in: at level 2 where `path` asks for it. */
export async function signedIn(
  provider: TestProvider,
  who: SyntheticPerson,
  path = '/account',
): Promise<TestBrowser> {
  const browser = openBrowser(provider);
  const visit = await enter(browser, path, who);
  if (visit.page?.status !== 200) throw new Error(`not signed in: ${visit.page?.status}`);
  return browser;
}

/** Where a redirect leads, without going there. */
export const ledTo = async (browser: TestBrowser, path: string): Promise<string> => {
  const { headers, status } = await browser.get(path);
  return status === 303 ? String(headers.location) : `status ${status}`;
};
