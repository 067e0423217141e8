import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, person, type TestBrowser, type Visit } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { type WaitingStorage, waitingStorage } from '../../support/waiting-storage.ts';
import { idOf, lettersOf, numberOf, typeNumber } from './ceremony.ts';

const NOBODY = '098999999999';
const accounts = {
  'an account of level 1': numberOf(person('level-1')),
  'an account of level 2': numberOf(person('all-documents')),
  'a former number': person('renumbered').subject.former_numbers[0] ?? '',
  'a locked account': numberOf(person('sim-changed')),
  'an account never activated': numberOf(person('never-activated')),
  'the account of a deceased person': numberOf(person('deceased')),
};

/** What of a page differs for other reasons than the account. */
const without = ({ page }: Visit): string =>
  (page?.text ?? '')
    .replace(/nonce="[^"]*"|name="csrf" value="[^"]*"/g, '')
    .replace(/\/(activate|recover)\/[\w-]{22}/g, '/$1/ID')
    .replace(/\d\d\/\d\d\/\d{4} \d\d:\d\d/g, 'MOMENT');

/** Done by the job that sends letters, while the answer is under way or after it. */
const ofDeliveries = (name: string): boolean =>
  /^(audit_events|leases)\./.test(name) || /^(outbox|mail)_letters\.(?!insert)/.test(name);

/** What was waited for, in order. A letter for nobody is a row of another collection, and costs as much. */
const shapeOf = (waits: readonly string[][]): string =>
  waits
    .map((names) => names.filter((name) => !ofDeliveries(name)))
    .filter((names) => names.length > 0)
    .map((names) =>
      names.map((name) => name.replace('outbox_letters.insert', 'one_time_codes.put')).join('+'),
    )
    .join(' ');

let nobody = 0;
/** A number that nobody has, and nobody asked about. */
const unknown = (): string => {
  nobody += 1;
  return String(Number(NOBODY) - nobody).padStart(12, '0');
};

describe.each(['/activate', '/recover'])('%s', (path) => {
  let provider: TestProvider;
  let browser: TestBrowser;
  let waiting: WaitingStorage;
  beforeAll(async () => {
    provider = await startProvider({
      config: { throttle: { code_sent_address: [{ attempts: 1000, seconds: 3600 }] } },
      storage: (real) => {
        waiting = waitingStorage(real);
        return waiting.storage;
      },
    });
    browser = openBrowser(provider);
  });
  afterAll(() => provider.close());

  async function attempt(number: string) {
    const start = await browser.follow(path);
    let asked = start;
    const toAsk = await waiting.waits(async () => {
      asked = await browser.submit(start, path, { personal_number: number });
    });
    let refused = asked;
    const toRefuse = await waiting.waits(async () => {
      refused = await browser.submit(asked, '/code', { code: '000000' });
    });
    return { asked, refused, toAsk: shapeOf(toAsk), toRefuse: shapeOf(toRefuse) };
  }

  it.each(Object.entries(accounts))('answers alike, at the same cost, for %s', async (_, number) => {
    const reference = await attempt(unknown());
    const { asked, refused, toAsk, toRefuse } = await attempt(number);
    expect(asked.page?.status).toBe(200);
    expect(without(asked)).toBe(without(reference.asked));
    expect(without(refused)).toBe(without(reference.refused));
    expect(refused.page?.status).toBe(422);
    expect(Object.keys(asked.page?.headers ?? {})).toEqual(Object.keys(reference.asked.page?.headers ?? {}));
    expect(toAsk).toBe(reference.toAsk);
    expect(toRefuse).toBe(reference.toRefuse);
    expect(toAsk.split(' ').length).toBeGreaterThan(3);
  });

  it('holds up everybody alike after so many codes, and says until when', async () => {
    const hold = async (number: string) => {
      let visit = await typeNumber(browser, path, number);
      for (let more = 0; more < 6 && visit.page?.status !== 429; more += 1)
        visit = await typeNumber(browser, path, number);
      return visit;
    };
    const [known, stranger] = [await hold(numberOf(person('guardian'))), await hold(unknown())];
    expect(known.page?.status).toBe(429);
    expect(known.page?.headers['retry-after']).toBeDefined();
    expect(without(stranger).replace(/\d+ phút/, '')).toBe(without(known).replace(/\d+ phút/, ''));
  });

  it('sends letters to whom they are of use alone', async () => {
    const sent = (await lettersOf(provider)).map(({ to }) => to.address);
    const addressOf = async (key: string) =>
      (await provider.services.directory.get(await idOf(provider, person(key))))?.email?.address ?? '';
    const [waiting, active] = [await addressOf('never-activated'), await addressOf('level-1')];
    expect(sent.includes(waiting)).toBe(path === '/activate');
    expect(sent.includes(active)).toBe(path === '/recover');
  });

  it('takes no number that is none', async () => {
    const wrong = await browser.submit(await browser.follow(path), path, { personal_number: '098 09' });
    expect(wrong.page?.status).toBe(422);
    expect(wrong.page?.text).toContain('value="098 09"');
  });
});

describe('one network address', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider({
      config: { throttle: { code_sent_address: [{ attempts: 2, seconds: 3600 }] } },
    });
  });
  afterAll(() => provider.close());

  it('has so many codes sent and no more, to whomever', async () => {
    const browser = openBrowser(provider);
    const numbers = [NOBODY, accounts['an account of level 1'], accounts['an account of level 2']];
    const statuses = [];
    for (const number of numbers) statuses.push((await typeNumber(browser, '/recover', number)).page?.status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});
