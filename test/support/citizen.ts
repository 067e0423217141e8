import request, { type Response } from 'supertest';
import { currentTotpCode } from '../../src/demo/people/current-totp-code.ts';
import { syntheticPeople } from '../../src/demo/people/synthetic-people.ts';
import type { SyntheticPerson } from '../../src/demo/people/synthetic-person.ts';
import type { TestProvider } from './provider.ts';

/** A synthetic person by key. */
export function person(key: string): SyntheticPerson {
  const found = syntheticPeople(Date.now()).find((one) => one.key === key);
  if (found === undefined) throw new Error(`there is no synthetic person "${key}"`);
  return found;
}

/** A browser without script: keeps cookies, follows what it is told to, posts the forms that it finds. */
export interface TestBrowser {
  get(address: string | URL): Promise<Response>;
  /** Goes on through redirects of the provider's own; stops at a page, or at an address elsewhere. */
  follow(address: string | URL): Promise<Visit>;
  /** Posts a form of the page last seen to its action, hidden fields included. */
  submit(visit: Visit, action: string, fields?: Record<string, string | string[]>): Promise<Visit>;
  /** Posts in the same way and stops at the answer, as a browser whose navigation is cut off. */
  post(visit: Visit, action: string, fields?: Record<string, string | string[]>): Promise<Response>;
  readonly agent: ReturnType<typeof request.agent>;
}

export interface Visit {
  /** The page; undefined once the person has left for the relying party. */
  readonly page?: Response;
  /** Where the person was sent, away from the provider. */
  readonly left?: URL;
}

/** The device cookie of every browser of tests that are not about devices: whoever signs in with it again is known. */
export const KNOWN_DEVICE = 'known-in-tests-known-in-tests-known-in-test';

/**
 * A browser that knows nothing of an earlier sign-in but the device cookie: that of all test browsers, or one of its own
 * (`device: 'new'`), as in a browser that was never used.
 */
export function openBrowser(
  { address, issuer }: Pick<TestProvider, 'address' | 'issuer'>,
  { device = 'known' }: { readonly device?: 'known' | 'new' } = {},
): TestBrowser {
  const agent = request.agent(address);
  const deviceCookie = issuer.startsWith('https:') ? '__Host-device' : 'device';
  if (device === 'known')
    agent.jar.setCookie(`${deviceCookie}=${KNOWN_DEVICE}`, new URL(address).hostname, '/');
  const host = new URL(issuer).host;
  const path = (target: string | URL) => {
    const url = new URL(target, issuer);
    return `${url.pathname}${url.search}`;
  };
  const get = (target: string | URL) =>
    agent.get(path(target)).set('Host', host).set('Accept', 'text/html').redirects(0);

  async function settle(response: Response): Promise<Visit> {
    const location = response.headers.location;
    if (location === undefined) return { page: response };
    const url = new URL(location, issuer);
    return url.origin === issuer ? settle(await get(url)) : { left: url };
  }

  async function post({ page }: Visit, action: string, fields: Record<string, string | string[]> = {}) {
    if (page === undefined) throw new Error('there is no page to submit');
    const form = formOf(page.text, action);
    return agent
      .post(path(form.action))
      .set('Host', host)
      .set('Accept', 'text/html')
      .set('Origin', issuer)
      .type('form')
      .redirects(0)
      .send(encode({ ...form.hidden, ...fields }));
  }

  return {
    agent,
    get,
    post,
    follow: async (target) => settle(await get(target)),
    submit: async (visit, action, fields) => settle(await post(visit, action, fields)),
  };
}

const encode = (fields: Record<string, string | string[]>): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  ).toString();

const unescapeHtml = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The form whose action ends so, with its hidden fields. A page without it is a failed test. */
export function formOf(html: string, action: string): { action: string; hidden: Record<string, string> } {
  for (const [, attributes = '', inner = ''] of html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const target = unescapeHtml(/action="([^"]*)"/.exec(attributes)?.[1] ?? '');
    if (!target.endsWith(action)) continue;
    const hidden = [...inner.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      unescapeHtml(/name="([^"]*)"/.exec(input)?.[1] ?? ''),
      unescapeHtml(/value="([^"]*)"/.exec(input)?.[1] ?? ''),
    ]);
    return { action: target, hidden: Object.fromEntries(hidden) };
  }
  throw new Error(
    `the page has no form to ${action}: ${/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? html.slice(0, 300)}`,
  );
}

/** The heading of a page. */
export const heading = ({ page }: Visit): string =>
  (/<h1[^>]*>(.*?)<\/h1>/s.exec(page?.text ?? '')?.[1] ?? '').replace(/<[^>]*>/g, '').trim();

/** Types number and password. */
export const typePassword = (browser: TestBrowser, visit: Visit, who: SyntheticPerson): Promise<Visit> =>
  browser.submit(visit, '/password', {
    personal_number: who.subject.personal_number,
    password: who.password,
  });

/** Types the one-time code that the person's generator shows now. */
export const typeCode = (browser: TestBrowser, visit: Visit, who: SyntheticPerson): Promise<Visit> =>
  browser.submit(visit, '/totp', { code: currentTotpCode(who.totpSecret ?? '', Date.now()) });

/** Agrees to what is required and to the optional scopes given. */
export const agree = (browser: TestBrowser, visit: Visit, optional: string[] = []): Promise<Visit> =>
  browser.submit(visit, '/consent', { decision: 'agree', scope: optional });

/** A whole sign-in: whatever pages come are answered as this person would. Ends away from the provider. */
export async function signIn(
  browser: TestBrowser,
  address: URL,
  who: SyntheticPerson,
  optional: string[] = [],
): Promise<URL> {
  let visit = await browser.follow(address);
  for (let page = 0; page < 5 && visit.left === undefined; page += 1) {
    const html = visit.page?.text ?? '';
    if (/action="[^"]*\/password"/.test(html)) visit = await typePassword(browser, visit, who);
    else if (/action="[^"]*\/totp"/.test(html)) visit = await typeCode(browser, visit, who);
    else if (/action="[^"]*\/consent"/.test(html)) visit = await agree(browser, visit, optional);
    else break;
  }
  if (visit.left === undefined) throw new Error(`the sign-in stopped at a page: ${heading(visit)}`);
  return visit.left;
}
