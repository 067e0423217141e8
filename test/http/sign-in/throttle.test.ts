import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatMoment } from '../../../src/messages/format.ts';
import { agree, openBrowser, person, type TestBrowser, type Visit } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, pageOf, textOf } from '../../support/visits.ts';

const WRONG = 'sai-mat-khau-roi';
const MINUTES_15 = 900;

describe('attempts', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider({
      config: { throttle: { password_address: [{ attempts: 60, seconds: MINUTES_15 }] } },
    });
    rp = await register(provider);
  });
  afterEach(() => advance(86_400));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const status = ({ page, left }: Visit) => (left === undefined ? page?.status : 303);
  async function type(personal_number: string, password: string, headers: Record<string, string> = {}) {
    const { browser, visit } = await begin(provider, rp);
    if (Object.keys(headers).length > 0) browser.agent.set(headers);
    return browser.submit(visit, '/password', { personal_number, password });
  }
  const fail = async (number: string, times: number, headers = {}) => {
    const statuses: (number | undefined)[] = [];
    for (let time = 0; time < times; time += 1) statuses.push(status(await type(number, WRONG, headers)));
    return statuses;
  };

  it.each([
    ['an account', person('level-1').subject.personal_number],
    ['a number that nobody has', '098999999998'],
  ])('on %s stop after ten, and the right password does not help', async (_, number) => {
    expect(await fail(number, 10)).toEqual(Array(10).fill(422));
    const held = await type(number, person('level-1').password);
    expect(status(held)).toBe(429);
    expect(held.page?.headers['retry-after']).toMatch(/^(8[89]\d|900)$/);
    expect(textOf(held)).toContain('Bạn đã thử quá nhiều lần');
  });

  it('on one account say until when, and go on then', async () => {
    const who = person('mother');
    advance(0);
    const until = Date.now() + MINUTES_15 * 1000;
    await fail(who.subject.personal_number, 10);
    advance(300);
    const held = await type(who.subject.personal_number, who.password);
    expect(held.page?.headers['retry-after']).toBe('600');
    expect(textOf(held)).toContain(formatMoment(until).split(' ')[1]);
    advance(599);
    expect(status(await type(who.subject.personal_number, who.password))).toBe(429);
    advance(1);
    expect(pageOf(await type(who.subject.personal_number, who.password))).toBe('consent');
  });

  it('that were refused while an account is held do not lengthen the wait, nor use up the day', async () => {
    const number = person('mother').subject.personal_number;
    await fail(number, 10);
    await fail(number, 45);
    advance(MINUTES_15);
    expect(status(await type(number, WRONG))).toBe(422);
  });

  it('on one account do not hold another', async () => {
    await fail(person('mother').subject.personal_number, 10);
    const other = person('guardian');
    expect(pageOf(await type(other.subject.personal_number, other.password))).toBe('consent');
  });

  it('from one address stop whatever the number, and take nothing from the accounts', async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => `0989${String(index).padStart(8, '0')}`);
    for (const number of numbers) expect(status(await type(number, WRONG))).toBe(422);
    const who = person('officer');
    for (let time = 0; time < 12; time += 1) {
      expect(status(await type(who.subject.personal_number, WRONG))).toBe(429);
    }
    advance(MINUTES_15);
    expect(pageOf(await type(who.subject.personal_number, who.password))).toBe('consent');
  });

  it('are counted by the true address, whatever X-Forwarded-For says', async () => {
    for (let index = 0; index < 60; index += 1) {
      const number = `0988${String(index).padStart(8, '0')}`;
      expect(status(await type(number, WRONG, { 'X-Forwarded-For': `198.51.100.${index}` }))).toBe(422);
    }
    expect(status(await type('098899999999', WRONG, { 'X-Forwarded-For': '203.0.113.9' }))).toBe(429);
  });

  it('of thirty at once are never more than the limit', async () => {
    const { personal_number } = person('guardian').subject;
    const begun = await Promise.all(Array.from({ length: 30 }, () => begin(provider, rp)));
    const tried = await Promise.all(
      begun.map(({ browser, visit }) =>
        browser.submit(visit, '/password', { personal_number, password: WRONG }),
      ),
    );
    expect(tried.filter((visit) => status(visit) === 422)).toHaveLength(10);
    expect(tried.filter((visit) => status(visit) === 429)).toHaveLength(20);
  });

  it('that failed are forgotten after one that succeeds', async () => {
    const who = person('guardian');
    for (let round = 0; round < 2; round += 1) {
      expect(await fail(who.subject.personal_number, 9)).toEqual(Array(9).fill(422));
      expect(pageOf(await type(who.subject.personal_number, who.password))).toBe('consent');
    }
  });

  it('that succeed are not held against their address', async () => {
    const who = person('guardian');
    for (let time = 0; time < 65; time += 1) {
      expect(pageOf(await type(who.subject.personal_number, who.password))).toBe('consent');
    }
  });

  it('leave a way back to the portal, and to the page', async () => {
    const { personal_number } = person('mother').subject;
    await fail(personal_number, 10);
    const { browser, visit } = await begin(provider, rp);
    const held = await browser.submit(visit, '/password', { personal_number, password: WRONG });
    const retry = /href="(\/interaction\/[\w-]+)"/.exec(held.page?.text ?? '')?.[1] ?? '';
    expect(pageOf(await browser.follow(retry))).toBe('password');
    expect(answerOf(await browser.submit(held, '/cancel')).error).toBe('access_denied');
  });

  describe('at the code', () => {
    const codePage = async (key: string, browser: TestBrowser = openBrowser(provider)) => {
      const who = person(key);
      const visit = await browser.follow((await start(rp, { acr_values: '2' })).url);
      const { personal_number } = who.subject;
      const code = await browser.submit(visit, '/password', { personal_number, password: who.password });
      expect(pageOf(code)).toBe('totp');
      return { browser, code };
    };

    it('stop after six, in every sign-in of that person, and only there', async () => {
      const { browser, code } = await codePage('officer');
      for (let time = 0; time < 6; time += 1) {
        expect(status(await browser.submit(code, '/totp', { code: '000000' }))).toBe(422);
      }
      const held = await browser.submit(code, '/totp', { code: '000000' });
      expect(status(held)).toBe(429);
      expect(held.page?.headers['retry-after']).toMatch(/^\d{3}$/);
      const elsewhere = await codePage('officer');
      expect(status(await elsewhere.browser.submit(elsewhere.code, '/totp', { code: '000000' }))).toBe(429);
      const another = await codePage('child-12');
      expect(status(await another.browser.submit(another.code, '/totp', { code: '000000' }))).toBe(422);
    });

    it('of twenty at once are never more than the limit', async () => {
      const begun = [];
      for (let time = 0; time < 20; time += 1) begun.push(await codePage('officer'));
      const tried = await Promise.all(
        begun.map(({ browser, code }) => browser.submit(code, '/totp', { code: '000000' })),
      );
      expect(tried.filter((visit) => status(visit) === 422)).toHaveLength(6);
    });

    it('that are held leave the way on at level 1', async () => {
      const { browser, code } = await codePage('officer');
      for (let time = 0; time < 7; time += 1) await browser.submit(code, '/totp', { code: '000000' });
      const visit = await browser.submit(code, '/level-1');
      expect(answerOf(pageOf(visit) === 'consent' ? await agree(browser, visit) : visit).code).toBeDefined();
    });
  });
});
