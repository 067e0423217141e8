import { createHistory } from '../../../src/audit/history.ts';
import type { SyntheticPerson } from '../../../src/demo/people/synthetic-person.ts';
import type { RenderedLetter } from '../../../src/outbox/render.ts';
import { openBrowser, signIn, type TestBrowser, typePassword } from '../../support/citizen.ts';
import type { TestProvider } from '../../support/provider.ts';
import { start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { type Begun, begin } from '../../support/visits.ts';

const PHONE =
  'Mozilla/5.0 (Linux; Android 14; SM-A055F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36';

/** A browser in which nobody has signed in yet. */
export function newBrowser(provider: TestProvider): TestBrowser {
  const browser = openBrowser(provider, { device: 'new' });
  browser.agent.set('User-Agent', PHONE);
  return browser;
}

/** A browser in which the person is known and signed in. */
export async function knownBrowser(
  provider: TestProvider,
  rp: TestRelyingParty,
  who: SyntheticPerson,
): Promise<TestBrowser> {
  const browser = openBrowser(provider);
  await signIn(browser, (await start(rp)).url, who);
  return browser;
}

/** The right password in a browser that is not known. */
export async function atDevicePage(
  provider: TestProvider,
  rp: TestRelyingParty,
  who: SyntheticPerson,
  browser: TestBrowser = newBrowser(provider),
): Promise<Begun> {
  const begun = await begin(provider, rp, {}, browser);
  return { ...begun, visit: await typePassword(browser, begun.visit, who) };
}

const ABOUT_DEVICES = /^(Mã xác nhận|Đăng nhập trên thiết bị mới)/;

/** Letters that left until now: codes, and those about new devices. */
export async function lettersOf({ application, letters }: TestProvider): Promise<RenderedLetter[]> {
  await application.deliveries.run();
  return letters.filter(({ subject }) => ABOUT_DEVICES.test(subject));
}

/** The code in the last letter that holds one. */
export async function lastCode(provider: TestProvider): Promise<string> {
  const letter = (await lettersOf(provider)).findLast(({ subject }) => subject.startsWith('Mã xác nhận'));
  const [code] = /\b\d{6}\b/.exec(letter?.text ?? '') ?? [];
  if (code === undefined) throw new Error('no code was sent');
  return code;
}

/** Another code of six digits. */
export const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** The link in the last letter about a new device. */
export async function lastLink(provider: TestProvider): Promise<string> {
  const letter = (await lettersOf(provider)).findLast(({ subject }) =>
    subject.startsWith('Đăng nhập trên thiết bị mới'),
  );
  const [link] = /http\S+not-me\?token=[\w-]+/.exec(letter?.text ?? '') ?? [];
  if (link === undefined) throw new Error('no such letter was sent');
  return link;
}

export async function subjectOf({ services }: TestProvider, who: SyntheticPerson): Promise<string> {
  return (await services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
}

/** The number that a waiting page shows. */
export const numberOn = (html: string): string => /device-number[^>]*>(\d\d)</.exec(html)?.[1] ?? '';

/** What the trail says of a person, the latest first. */
export async function kindsOf(provider: TestProvider, who: SyntheticPerson): Promise<string[]> {
  const events = await createHistory(provider.services).read(await subjectOf(provider, who), { limit: 100 });
  return events.map(({ event }) => event.kind);
}
