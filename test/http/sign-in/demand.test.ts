import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree, openBrowser, person, typeCode, typePassword, type Visit } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, type Begun, begin, claimsOf, pageOf } from '../../support/visits.ts';

const essential = (...values: string[]) => JSON.stringify({ id_token: { acr: { essential: true, values } } });

describe('the level of a sign-in', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  // A one-time code opens one sign-in: each test has a step of its own.
  beforeEach(() => advance(31));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  /** As far as the page after the password. */
  async function proved(key: string, parameters: Record<string, string>): Promise<Begun> {
    const begun = await begin(provider, rp, parameters);
    return { ...begun, visit: await typePassword(begun.browser, begun.visit, person(key)) };
  }
  const finish = async ({ browser, started }: Begun, visit: Visit) =>
    claimsOf(started, pageOf(visit) === 'consent' ? await agree(browser, visit) : visit);

  it('is 1 without a demand, also for an account of level 2, and no code is asked for', async () => {
    const begun = await proved('all-documents', {});
    expect(pageOf(begun.visit)).toBe('consent');
    expect(await finish(begun, begun.visit)).toMatchObject({ acr: '1', amr: ['pwd'] });
  });

  it('is 2 where it is wished and the code is given', async () => {
    const begun = await proved('all-documents', { acr_values: '2' });
    const visit = await typeCode(begun.browser, begun.visit, person('all-documents'));
    expect(await finish(begun, visit)).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
  });

  it('is 1 where it is wished and the person goes on without, who is not asked again', async () => {
    const begun = await proved('mother', { acr_values: '2' });
    expect(pageOf(begun.visit)).toBe('totp');
    const visit = await begun.browser.submit(begun.visit, '/level-1');
    expect(pageOf(visit)).toBe('consent');
    expect(await finish(begun, visit)).toMatchObject({ acr: '1', amr: ['pwd'] });
  });

  it('is 1 without a dead end where 2 is wished of a level 1 account', async () => {
    const begun = await proved('level-1', { acr_values: '2' });
    expect(await finish(begun, begun.visit)).toMatchObject({ acr: '1' });
  });

  it('is not changed by wishes that nobody knows', async () => {
    const begun = await proved('guardian', { acr_values: 'urn:mace:incommon:iap:silver 3 0x2 02' });
    expect(await finish(begun, begun.visit)).toMatchObject({ acr: '1' });
  });

  it('follows the first wish that is known', async () => {
    expect(pageOf((await proved('guardian', { acr_values: 'urn:x 2 1' })).visit)).toBe('totp');
    expect(pageOf((await proved('guardian', { acr_values: '1 2' })).visit)).not.toBe('totp');
  });

  it('is 2 where it is essential, and there is no way on at level 1', async () => {
    const begun = await proved('officer', { claims: essential('2') });
    expect(pageOf(begun.visit)).toBe('totp');
    expect(begun.visit.page?.text).not.toContain('/level-1');
    const visit = await typeCode(begun.browser, begun.visit, person('officer'));
    expect(await finish(begun, visit)).toMatchObject({ acr: '2' });
  });

  it('is what is essential, whatever is wished beside it', async () => {
    const begun = await proved('child-12', { claims: essential('2'), acr_values: '1' });
    expect(begun.visit.page?.text).not.toContain('/level-1');
    const visit = await typeCode(begun.browser, begun.visit, person('child-12'));
    expect(await finish(begun, visit)).toMatchObject({ acr: '2' });
  });

  it('cannot be met by a level that only resembles one', async () => {
    const { visit } = await proved('mother', { claims: essential('0x2') });
    expect(answerOf(visit).error).toBe('unmet_authentication_requirements');
  });

  it('is 2 for a document, without a way on at level 1', async () => {
    const { visit } = await proved('mother', { scope: 'openid doc:id_card', acr_values: '1' });
    expect(pageOf(visit)).toBe('totp');
    expect(visit.page?.text).not.toContain('/level-1');
  });

  it('is 2 where the relying party has it as its floor', async () => {
    const strict = await register(provider, { client_id: 'cong-muc-do-2', acr_floor: 2 });
    const { browser, started, visit } = await begin(provider, strict);
    const code = await typePassword(browser, visit, person('all-documents'));
    expect(pageOf(code)).toBe('totp');
    expect(code.page?.text).not.toContain('/level-1');
    const asked = await typeCode(browser, code, person('all-documents'));
    expect(await claimsOf(started, await agree(browser, asked))).toMatchObject({ acr: '2' });
  });

  it('of nobody is login_required without a page', async () => {
    const { visit, started } = await begin(provider, rp, { prompt: 'none', acr_values: '2' });
    expect(answerOf(visit)).toEqual({
      error: 'login_required',
      error_description: expect.any(String),
      state: started.checks.expectedState,
      iss: provider.issuer,
    });
  });

  it('is shown as two steps only where a second one may come', async () => {
    const steps = async (parameters: Record<string, string>) =>
      (await openBrowser(provider).follow((await begin(provider, rp, parameters)).started.url)).page?.text;
    expect(await steps({})).not.toContain('Bước 1 trên 2');
    expect(await steps({ acr_values: '2' })).toContain('Bước 1 trên 2');
    expect(await steps({ claims: essential('2') })).toContain('Bước 1 trên 2');
  });
});
