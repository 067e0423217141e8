import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import { agree, person, typeCode, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { type Begun, begin, claimsOf, pageOf, textOf, withAction } from '../../support/visits.ts';

describe('a one-time code', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  const who = person('all-documents');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  beforeEach(() => advance(91));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  async function codePage(key = 'all-documents'): Promise<Begun> {
    const begun = await begin(provider, rp, { acr_values: '2', scope: 'openid' });
    return { ...begun, visit: await typePassword(begun.browser, begun.visit, person(key)) };
  }
  const codeAt = (seconds: number, key = 'all-documents') =>
    currentTotpCode(person(key).totpSecret ?? '', Date.now() + seconds * 1000);
  const type = ({ browser, visit }: Begun, code: string) => browser.submit(visit, '/totp', { code });
  const refused = async (begun: Begun, code: string) => {
    const visit = await type(begun, code);
    expect(visit.page?.status).toBe(422);
    expect(textOf(visit)).toContain('Mã không đúng hoặc đã hết hạn');
    expect(visit.page?.text).not.toContain(code);
  };

  it.each([-60, 30, 60, 90])('of %i seconds away is refused', async (seconds) => {
    await refused(await codePage(), codeAt(seconds));
  });

  it('of the step before is accepted, for a phone whose clock is late', async () => {
    const visit = await type(await codePage(), codeAt(-30));
    expect(['consent', 'left']).toContain(pageOf(visit));
  });

  it('that opened one sign-in is refused in the next', async () => {
    const code = codeAt(0);
    expect(['consent', 'left']).toContain(pageOf(await type(await codePage(), code)));
    const second = await codePage();
    await refused(second, code);
    advance(30);
    await refused(second, code);
    expect(pageOf(await typeCode(second.browser, second.visit, who))).not.toBe('totp');
  });

  it('opens one of two sign-ins that use it at once', async () => {
    const code = codeAt(0);
    const begun = [await codePage(), await codePage(), await codePage()];
    const pages = (await Promise.all(begun.map((one) => type(one, code)))).map(pageOf);
    expect(pages.filter((page) => page === 'totp')).toHaveLength(2);
  });

  it('of one person is nothing in another’s sign-in, and is not used up by it', async () => {
    const code = codeAt(0);
    await refused(await codePage('mother'), code);
    expect(pageOf(await type(await codePage(), code))).not.toBe('totp');
  });

  it.each(['', '12345', '1234567', 'abcdef', '000000\u0000'])('%j is asked for again', async (code) => {
    const visit = await type(await codePage('mother'), code);
    expect(visit.page?.status).toBe(422);
    expect(pageOf(visit)).toBe('totp');
  });

  it('may be typed with spaces or in full width', async () => {
    const wide = codeAt(0).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    expect(pageOf(await type(await codePage(), ` ${wide.slice(0, 3)} ${wide.slice(3)} `))).not.toBe('totp');
  });

  it('is worth nothing before the password', async () => {
    const { browser, started, visit } = await begin(provider, rp, { acr_values: '2' });
    const skipped = await browser.submit(withAction(visit, '/password', '/totp'), '/totp', {
      code: codeAt(0),
    });
    expect(pageOf(skipped)).toBe('password');
    const code = await typePassword(browser, skipped, who);
    expect(pageOf(code)).toBe('totp');
    const done = await typeCode(browser, code, who);
    expect(
      await claimsOf(started, pageOf(done) === 'consent' ? await agree(browser, done) : done),
    ).toMatchObject({
      acr: '2',
    });
  });

  it('posted twice by two clicks at once goes on, and is one proof', async () => {
    const { browser, started, visit } = await codePage();
    const code = codeAt(0);
    const [first, second] = await Promise.all([
      browser.post(visit, '/totp', { code }),
      browser.post(visit, '/totp', { code }),
    ]);
    expect([first.status, second.status]).toEqual([303, 303]);
    const next = await browser.follow(second.headers.location ?? '');
    expect(
      await claimsOf(started, pageOf(next) === 'consent' ? await agree(browser, next) : next),
    ).toMatchObject({
      acr: '2',
    });
  });
});
