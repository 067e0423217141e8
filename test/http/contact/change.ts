import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import type { ContactKind } from '../../../src/subject/contact.ts';
import type { TestBrowser, Visit } from '../../support/citizen.ts';
import { advance, type TestProvider } from '../../support/provider.ts';
import { enter } from '../account/console.ts';

/** As long as a change waits in these tests, in seconds: the development profile's. */
export const COOLING = 60;

/** What the tests look at and do at one provider. */
export function contactsOf(provider: TestProvider) {
  const { services, application } = provider;
  const idOf = async ({ subject }: SyntheticPerson): Promise<string> =>
    (await services.directory.findByNumber(subject.personal_number))?.id ?? '';
  return {
    idOf,
    async onRecord(who: SyntheticPerson) {
      const subject = await services.directory.get(await idOf(who));
      return { email: subject?.email, phone: subject?.phone };
    },
    /** Everything that left, to whom it went. */
    async sent(): Promise<{ readonly to: string; readonly text: string }[]> {
      await application.deliveries.run();
      return [
        ...provider.letters.map(({ text, to }) => ({ to: to.address, text })),
        ...provider.texts.map(({ text, to }) => ({ to: to.phone, text })),
      ];
    },
    /** The last code that went there; empty where none did. */
    async codeTo(address: string): Promise<string> {
      const all = (await this.sent()).filter(({ to }) => to === address);
      return all.flatMap(({ text }) => /(?:^|\s)(\d{6})(?:\s|$)/.exec(text)?.[1] ?? []).at(-1) ?? '';
    },
    /** The token of the last link to take a change back. */
    async linkTo(address: string): Promise<string> {
      const all = (await this.sent()).filter(({ to }) => to === address);
      return all.flatMap(({ text }) => /https?:\S+\/contact-change\/\S+/.exec(text)?.[0] ?? []).at(-1) ?? '';
    },
  };
}

export const pathOf = (what: ContactKind): string => `/account/contact/${what}`;

/** Opens the page, signing in as it wants, and asks for another address. */
export async function askFor(
  browser: TestBrowser,
  who: SyntheticPerson,
  what: ContactKind,
  to: string,
): Promise<Visit> {
  return browser.submit(await enter(browser, pathOf(what), who), pathOf(what), { [what]: to });
}

/** The whole way up to the change that waits; who has nothing on record is sent no code for it. */
export async function change(
  provider: TestProvider,
  browser: TestBrowser,
  who: SyntheticPerson,
  what: ContactKind,
  to: string,
  typed = to,
): Promise<Visit> {
  const contacts = contactsOf(provider);
  const { email, phone } = await contacts.onRecord(who);
  const from = what === 'email' ? email?.address : phone?.number;
  const page = await askFor(browser, who, what, typed);
  const codes = {
    ...(from === undefined ? {} : { old_code: await contacts.codeTo(from) }),
    new_code: await contacts.codeTo(to),
  };
  return browser.submit(page, `${pathOf(what)}/codes`, codes);
}

/** Lets the change wait out its time, and the job look at it. */
export async function waitOut(provider: TestProvider, seconds = COOLING + 1): Promise<void> {
  advance(seconds);
  await provider.application.contactChanges.run();
}

/** What happened in the account, as its owner reads it. */
export async function historyOf(browser: TestBrowser, who: SyntheticPerson): Promise<string[]> {
  const text = (await enter(browser, '/account/activity', who)).page?.text ?? '';
  return [...text.matchAll(/entry-title">([^<]*)</g)].map(([, title = '']) => title);
}
