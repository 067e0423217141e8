import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import { openBrowser, person, type Visit } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, pageOf, textOf } from '../../support/visits.ts';

const derivations = vi.hoisted(() => ({ count: 0 }));
vi.mock('../../../src/keys/argon2-pool.ts', async (original) => {
  const real = await original<typeof import('../../../src/keys/argon2-pool.ts')>();
  return {
    ...real,
    createArgon2Pool: (...settings: Parameters<typeof real.createArgon2Pool>) => {
      const pool = real.createArgon2Pool(...settings);
      return {
        ...pool,
        derive: (...work: Parameters<typeof pool.derive>) => {
          derivations.count += 1;
          return pool.derive(...work);
        },
      };
    },
  };
});

const NOBODY = '098999999999';
const WRONG = 'sai-mat-khau-roi';
const accounts = {
  'an unknown number': NOBODY,
  'a level 1 account': person('level-1').subject.personal_number,
  'a level 2 account': person('all-documents').subject.personal_number,
  'a former number': person('renumbered').subject.former_numbers[0] ?? '',
  'a locked account': person('sim-changed').subject.personal_number,
  'an account never activated': person('never-activated').subject.personal_number,
  'the account of a deceased person': person('deceased').subject.personal_number,
  'an expired card': person('expired-card').subject.personal_number,
};

/** What of a refusal differs for other reasons than the account. */
const without = (visit: Visit, number: string) =>
  (visit.page?.text ?? '')
    .replaceAll(number, 'NUMBER')
    .replace(/nonce="[^"]*"|data-(options|seconds)="[^"]*"/g, '')
    .replace(/name="csrf" value="[^"]*"/g, '')
    .replace(/\/interaction\/[\w-]+/g, '');

describe('a wrong password', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    const wide = [{ attempts: 1000, seconds: 900 }];
    provider = await startProvider({
      config: { throttle: { password_account: wide, password_address: wide } },
    });
    rp = await register(provider);
  });
  afterAll(() => provider.close());

  async function attempt(personal_number: string, password: string) {
    const { browser, visit } = await begin(provider, rp);
    derivations.count = 0;
    const refused = await browser.submit(visit, '/password', { personal_number, password });
    return { refused, browser, cost: derivations.count };
  }

  it.each(Object.entries(accounts))('is refused alike, at the same cost, for %s', async (_, number) => {
    const reference = await attempt(NOBODY, WRONG);
    expect(reference.cost).toBe(1);
    const { refused, cost } = await attempt(number, WRONG);
    expect(refused.page?.status).toBe(422);
    expect(cost).toBe(reference.cost);
    expect(without(refused, number)).toBe(without(reference.refused, NOBODY));
    const names = Object.keys(reference.refused.page?.headers ?? {});
    expect(Object.keys(refused.page?.headers ?? {})).toEqual(names);
  });

  it.each(Object.entries(accounts))('that is too long is refused alike for %s', async (_, number) => {
    const reference = await attempt(NOBODY, 'x'.repeat(200));
    const { refused, cost } = await attempt(number, 'x'.repeat(200));
    expect(cost).toBe(reference.cost);
    expect(without(refused, number)).toBe(without(reference.refused, NOBODY));
  });

  it('is never given back on the page, and the number is', async () => {
    const { refused } = await attempt(NOBODY, WRONG);
    expect(refused.page?.text).not.toContain(WRONG);
    expect(refused.page?.text).toContain(`value="${NOBODY}"`);
  });

  it('leaves no session, no proof and one audit event without number or password', async () => {
    const { browser } = await attempt(accounts['a level 2 account'], WRONG);
    expect(answerOf((await begin(provider, rp, { prompt: 'none' }, browser)).visit).error).toBe(
      'login_required',
    );
    const rows = await provider.services.storage
      .collection(auditEvents)
      .range('at', 0, Date.now() + 1, { limit: 1000 });
    const last = rows.at(-1)?.doc;
    expect(last).toMatchObject({ kind: 'sign_in.refused', detail: { method: 'password' } });
    expect(JSON.stringify(rows)).not.toContain(WRONG);
    expect(JSON.stringify(rows)).not.toContain(accounts['a level 2 account']);
  });
});

describe('the right password', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(() => provider.close());

  it.each([
    ['sim-changed', 'Số điện thoại gắn với tài khoản không còn là của bạn.'],
    ['deceased', 'chủ tài khoản đã qua đời'],
  ])('of %s names the cause, and gives neither session nor code', async (key, sentence) => {
    const { personal_number } = person(key).subject;
    const { browser, visit, started } = await begin(provider, rp);
    const shown = await browser.submit(visit, '/password', {
      personal_number,
      password: person(key).password,
    });
    expect(shown.page?.status).toBe(403);
    expect(textOf(shown)).toContain(sentence);
    const again = await browser.follow(/action="([^"]*)\/cancel"/.exec(shown.page?.text ?? '')?.[1] ?? '');
    expect(pageOf(again)).toBe('password');
    expect(answerOf(await browser.submit(shown, '/cancel'))).toMatchObject({
      error: 'access_denied',
      state: started.checks.expectedState,
    });
    expect(answerOf((await begin(provider, rp, { prompt: 'none' }, browser)).visit).error).toBe(
      'login_required',
    );
  });

  it('of an account locked while its owner is signed in ends the session at its next use', async () => {
    const who = person('guardian');
    const found = await provider.services.directory.findByNumber(who.subject.personal_number);
    const { browser, visit } = await begin(provider, rp);
    const { personal_number } = who.subject;
    const consent = await browser.submit(visit, '/password', { personal_number, password: who.password });
    expect(pageOf(consent)).toBe('consent');
    await provider.services.directory.update(found?.id ?? '', (subject) => ({
      ...subject,
      status: { kind: 'locked', cause: 'reported', since: new Date().toISOString() },
    }));
    const answered = await browser.submit(consent, '/consent', { decision: 'agree' });
    expect(answered.page?.status).toBe(403);
    const next = await begin(provider, rp, {}, browser);
    expect(pageOf(next.visit)).toBe('password');
    expect(textOf(next.visit)).not.toContain('Đ••• V••• P•••');
    expect(pageOf((await begin(provider, rp, {}, openBrowser(provider))).visit)).toBe('password');
  });
});
