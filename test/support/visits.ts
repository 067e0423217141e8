import { openBrowser, type TestBrowser, type Visit } from './citizen.ts';
import type { TestProvider } from './provider.ts';
import { redeem, type Started, start, type TestRelyingParty } from './relying-parties.ts';

/** A sign-in that has just begun, at its first page, or already back at the relying party. */
export interface Begun {
  readonly browser: TestBrowser;
  readonly started: Started;
  readonly visit: Visit;
}

/** Sends a browser (a new one, if none is given) to the provider with a request. */
export async function begin(
  provider: TestProvider,
  rp: TestRelyingParty,
  parameters: Record<string, string> = {},
  browser: TestBrowser = openBrowser(provider),
): Promise<Begun> {
  const started = await start(rp, parameters);
  return { browser, started, visit: await browser.follow(started.url) };
}

/** Which page this is, by the forms that it has. */
export function pageOf({ page, left }: Visit): string {
  if (left !== undefined) return 'left';
  const html = page?.text ?? '';
  const forms = [...html.matchAll(/<form[^>]* action="[^"]*\/([^"/]+)"/g)].map(([, action]) => action);
  return ['password', 'totp', 'consent', 'too-low'].find((name) => forms.includes(name)) ?? `${page?.status}`;
}

/** What came back to the relying party: `code` or `error`, `state`, `iss`. */
export function answerOf({ page, left }: Visit): Record<string, string> {
  if (left === undefined) throw new Error(`the person is still at the provider: ${page?.status}`);
  return Object.fromEntries(left.searchParams);
}

/** The claims of the ID token that a finished sign-in is redeemed for. */
export async function claimsOf(started: Started, visit: Visit) {
  if (visit.left === undefined) throw new Error(`the sign-in stopped at a page: ${pageOf(visit)}`);
  const claims = (await redeem(started, visit.left)).claims();
  if (claims === undefined) throw new Error('there is no ID token');
  return claims;
}

/** The words of a page, without markup. */
export const textOf = ({ page }: Visit): string =>
  (page?.text ?? '')
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

/** The same page with one form turned to another action of the same sign-in, as a tamperer would. */
export function withAction(visit: Visit, from: string, to: string): Visit {
  if (visit.page === undefined) throw new Error('there is no page to tamper with');
  const text = visit.page.text.replaceAll(`${from}"`, `${to}"`);
  return { page: Object.assign(Object.create(visit.page) as typeof visit.page, { text }) };
}
