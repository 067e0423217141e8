import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { withdrawConsent } from '../../../src/oidc/grants.ts';
import { agree, openBrowser, person, signIn, type TestBrowser, type Visit } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, pageOf, textOf } from '../../support/visits.ts';

describe('the consent page', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let browser: TestBrowser;
  let subject: string;
  let number = 0;
  const who = person('all-documents');
  beforeAll(async () => {
    // A sign-in that lasts: these tests are about consent alone.
    const long = 100_000_000;
    provider = await startProvider({
      config: { session: { idle: long, absolute: long }, assurance: { idle: long, total: long } },
    });
    subject = (await provider.services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
    const first = await register(provider, { client_id: 'cong-dau-tien' });
    browser = openBrowser(provider);
    await signIn(browser, (await start(first, { acr_values: '2' })).url, who);
  });
  /** A relying party of its own for each test: nothing stands yet. */
  beforeEach(async () => {
    advance(31);
    number += 1;
    rp = await register(provider, { client_id: `cong-${number}` });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const ask = async (parameters: Record<string, string> = {}) =>
    (await begin(provider, rp, parameters, browser)).visit;
  const agreed = async (parameters: Record<string, string> = {}, optional: string[] = []) => {
    const visit = await agree(browser, await ask(parameters), optional);
    expect(answerOf(visit).code).toBeDefined();
  };
  const reasonOf = (visit: Visit) => {
    expect(pageOf(visit)).toBe('consent');
    return textOf(visit).match(/Vì sao hỏi bạn (.*?\.)/)?.[1];
  };

  it('says that it is the first time', async () => {
    expect(reasonOf(await ask())).toBe('Đây là lần đầu bạn đăng nhập vào cổng này.');
  });

  it('is not shown again for the same, or for less', async () => {
    await agreed({ scope: 'openid profile identity' });
    expect(pageOf(await ask({ scope: 'openid profile identity' }))).toBe('left');
    expect(pageOf(await ask({ scope: 'openid profile' }))).toBe('left');
    expect(answerOf(await ask({ scope: 'openid profile', prompt: 'none' })).code).toBeDefined();
  });

  it('is not shown again for what was refused', async () => {
    await agreed({ scope: 'openid profile email doc:residence' });
    expect(pageOf(await ask({ scope: 'openid profile email doc:residence' }))).toBe('left');
  });

  it('is shown again when more is asked, and says so', async () => {
    await agreed({ scope: 'openid profile' });
    const wider = { scope: 'openid profile phone' };
    expect(answerOf(await ask({ ...wider, prompt: 'none' })).error).toBe('consent_required');
    expect(reasonOf(await ask(wider))).toMatch(/^Lần này cổng xin nhiều thông tin hơn/);
  });

  it('is shown again when a single claim more is asked', async () => {
    await agreed({ scope: 'openid profile' });
    const claims = JSON.stringify({ userinfo: { phone_number: null } });
    expect(reasonOf(await ask({ scope: 'openid profile', claims }))).toMatch(/^Lần này cổng xin nhiều/);
    await agreed({ scope: 'openid profile', claims });
    expect(pageOf(await ask({ scope: 'openid profile', claims }))).toBe('left');
  });

  it('is not shown again for a claim that a scope of the request covers', async () => {
    const both = {
      scope: 'openid profile email',
      claims: JSON.stringify({ userinfo: { email: null, name: null } }),
    };
    await agreed(both);
    expect(pageOf(await ask(both))).toBe('left');
  });

  it('is shown again when a paper agreed to is another one, and not when it was only synchronised', async () => {
    const scope = 'doc:driving_licence';
    const request = { scope: `openid ${scope}` };
    const { holdings } = provider.services;
    const before = await holdings.get(subject, scope);
    if (before === undefined) throw new Error('there is no licence');
    await agreed(request, [scope]);
    await holdings.put({ ...before, synced_at: new Date().toISOString() });
    expect(pageOf(await ask(request))).toBe('left');
    const [licence] = before.records;
    if (licence === undefined) throw new Error('there is no licence');
    await holdings.put({ ...before, records: [{ ...licence, number: '970184000099' }] });
    expect(reasonOf(await ask(request))).toMatch(/^Thông tin hoặc giấy tờ của bạn đã thay đổi/);
    await agreed(request, [scope]);
    expect(pageOf(await ask(request))).toBe('left');
    await holdings.put(before);
  });

  it('is not shown again for a change in a paper that was refused', async () => {
    const scope = 'doc:vehicle_registration';
    const { holdings } = provider.services;
    const before = await holdings.get(subject, scope);
    if (before === undefined) throw new Error('there is no vehicle');
    await agreed({ scope: `openid ${scope}` });
    await holdings.put({ ...before, records: before.records.slice(0, 1) });
    expect(pageOf(await ask({ scope: `openid ${scope}` }))).toBe('left');
    await holdings.put(before);
  });

  it('is shown again after it was withdrawn, and says so', async () => {
    await agreed();
    await withdrawConsent(provider.services, subject, rp.clientId);
    expect(answerOf(await ask({ prompt: 'none' })).error).toBe('consent_required');
    expect(reasonOf(await ask())).toBe('Bạn đã rút lại sự đồng ý trước đây với cổng này.');
    await agreed();
    expect(pageOf(await ask())).toBe('left');
  });

  it('is shown again when the portal asks for it, and says so', async () => {
    await agreed();
    expect(reasonOf(await ask({ prompt: 'consent' }))).toBe('Cổng đề nghị bạn xác nhận lại sự đồng ý.');
    expect(pageOf(await ask())).toBe('left');
  });

  it('is shown again when the year is over, and says so', async () => {
    await agreed();
    advance(31_536_000 - 1);
    expect(pageOf(await ask())).toBe('left');
    advance(1);
    expect(reasonOf(await ask())).toBe('Sự đồng ý trước của bạn đã hết thời hạn.');
    await agreed();
    expect(pageOf(await ask())).toBe('left');
  });
});
