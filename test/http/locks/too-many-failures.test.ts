import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import { openBrowser, person, typePassword, type Visit } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, pageOf, textOf } from '../../support/visits.ts';

const who = person('officer');
const HOUR = 3600;

let provider: TestProvider;
let rp: TestRelyingParty;
beforeAll(async () => {
  const totp_account = [
    { attempts: 3, seconds: 900 },
    { attempts: 5, seconds: 86_400 },
  ];
  provider = await startProvider({ config: { throttle: { totp_account } } });
  rp = await register(provider);
});
beforeEach(() => advance(61));
afterAll(async () => {
  vi.useRealTimers();
  await provider.close();
});

const found = () => provider.services.directory.findByNumber(who.subject.personal_number);
const status = ({ page }: Visit) => page?.status;
async function codePage() {
  const begun = await begin(provider, rp, { acr_values: '2' }, openBrowser(provider));
  const visit = await typePassword(begun.browser, begun.visit, who);
  expect(pageOf(visit)).toBe('totp');
  return { ...begun, visit };
}

describe('guesses at the code, after the right password', () => {
  it('do not lock by the short window alone', async () => {
    const { browser, visit } = await codePage();
    const answers: (number | undefined)[] = [];
    for (let time = 0; time < 6; time += 1) {
      answers.push(status(await browser.submit(visit, '/totp', { code: '000000' })));
    }
    expect(answers).toEqual([422, 422, 422, 429, 429, 429]);
    expect((await found())?.subject.status).toEqual({ kind: 'active' });
  });

  it('lock the account when the long window has had enough, and say so there and then', async () => {
    advance(HOUR);
    const { browser, visit } = await codePage();
    for (let time = 0; time < 2; time += 1) {
      expect(status(await browser.submit(visit, '/totp', { code: '000000' }))).toBe(422);
    }
    const locked = await browser.submit(visit, '/totp', { code: '000000' });
    expect(status(locked)).toBe(403);
    expect(textOf(locked)).toContain('quá nhiều lần nhập sai mã xác thực');
    expect(locked.page?.text).toContain('href="/recover"');
    expect((await found())?.subject.status).toMatchObject({ kind: 'locked', cause: 'too_many_failures' });
    await provider.application.deliveries.run();
    expect(provider.letters.filter(({ subject }) => subject.includes('bị khóa'))).toHaveLength(1);
  });

  it('get no further by the right code, and the lock shows after the password only', async () => {
    const { browser, visit } = await begin(provider, rp, { acr_values: '2' });
    const wrong = await browser.submit(visit, '/password', {
      personal_number: who.subject.personal_number,
      password: 'sai-mat-khau-roi',
    });
    expect(status(wrong)).toBe(422);
    expect(status(await typePassword(browser, wrong, who))).toBe(403);
  });

  it('hold nobody up once the account is unlocked: the lock stood for the window', async () => {
    const id = (await found())?.id ?? '';
    await provider.services.locks.unlock(id, ['too_many_failures'], 'owner');
    advance(61);
    const { browser, visit } = await codePage();
    const code = currentTotpCode(who.totpSecret ?? '', Date.now());
    expect(pageOf(await browser.submit(visit, '/totp', { code }))).not.toBe('totp');
  });
});

describe('a flood of wrong passwords', () => {
  it('locks nobody: numbers are known to many', async () => {
    const { subject, password } = person('mother');
    const flood = { attempts: 1000, seconds: 900 };
    const other = await startProvider({
      config: { throttle: { password_address: [flood], password_account: [{ attempts: 5, seconds: 900 }] } },
    });
    const portal = await register(other);
    for (let time = 0; time < 12; time += 1) {
      const { browser, visit } = await begin(other, portal);
      await browser.submit(visit, '/password', { personal_number: subject.personal_number, password: 'x' });
    }
    const { directory } = other.services;
    expect((await directory.findByNumber(subject.personal_number))?.subject.status).toEqual({
      kind: 'active',
    });
    advance(901);
    const { browser, visit } = await begin(other, portal);
    const entered = await browser.submit(visit, '/password', {
      personal_number: subject.personal_number,
      password,
    });
    expect(pageOf(entered)).toBe('consent');
    await other.close();
  });
});
