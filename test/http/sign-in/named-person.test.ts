import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree, openBrowser, person, signIn, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { answerOf, begin, claimsOf, pageOf } from '../../support/visits.ts';

describe('the protocol', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  const who = person('all-documents');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  beforeEach(() => advance(31));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  it.each(['id_token_hint', 'claims'] as const)(
    'tells a relying party that names a person by %s when somebody else signed in',
    async (by) => {
      const theirs = await start(rp);
      const tokens = await redeem(theirs, await signIn(openBrowser(provider), theirs.url, person('mother')));
      const sub = { id_token: { sub: { value: tokens.claims()?.sub } } };
      const named =
        by === 'claims' ? { claims: JSON.stringify(sub) } : { id_token_hint: tokens.id_token ?? '' };
      const { browser, visit } = await begin(provider, rp, named);
      const other = await typePassword(browser, visit, who);
      expect(answerOf(other)).toMatchObject({ error: 'login_required' });
      const again = await begin(provider, rp, named);
      const right = await typePassword(again.browser, again.visit, person('mother'));
      expect((await claimsOf(again.started, right)).sub).toBe(tokens.claims()?.sub);
    },
  );

  it('counts fresh proofs alone for a request that wants them fresh', async () => {
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp, { acr_values: '2' })).url, who);
    const { visit, started } = await begin(provider, rp, { prompt: 'login', acr_values: '2' }, browser);
    const code = await browser.submit(visit, '/password', {
      password: who.password,
    });
    const declined = await browser.submit(code, '/level-1');
    expect(await claimsOf(started, declined)).toMatchObject({
      acr: '1',
      amr: ['pwd'],
    });
    const next = await begin(provider, rp, { acr_values: '2' }, browser);
    // The older code ended with the sign-in that it belonged to.
    expect(pageOf(next.visit)).toBe('totp');
  });

  it('does not ask on a second device what was decided on the first', async () => {
    const mother = person('mother');
    const devices = [openBrowser(provider), openBrowser(provider)];
    for (const device of devices) await signIn(device, (await start(rp)).url, mother);
    const [first, second] = devices;
    const wider = { scope: 'openid profile email' };
    await signIn(first ?? openBrowser(provider), (await start(rp, wider)).url, mother, ['email']);
    const { started, visit } = await begin(provider, rp, wider, second);
    expect(pageOf(visit)).toBe('left');
    const tokens = await redeem(started, visit.left ?? new URL('about:blank'));
    expect(await userInfo(started, tokens)).toMatchObject({
      email: mother.subject.email?.address,
    });
  });

  it('gives what a scope was agreed to, though a claim of it was refused before', async () => {
    const guardian = person('guardian');
    const browser = openBrowser(provider);
    const claims = JSON.stringify({ userinfo: { phone_number: null } });
    await signIn(browser, (await start(rp, { claims })).url, guardian);
    const { started, visit } = await begin(provider, rp, { scope: 'openid profile phone' }, browser);
    const { left } = await agree(browser, visit, ['phone']);
    const tokens = await redeem(started, left ?? new URL('about:blank'));
    expect(await userInfo(started, tokens)).toMatchObject({
      phone_number: guardian.subject.phone?.number,
    });
  });

  it('tells a demand for a second factor that nobody enrolled as unmet, also without a page', async () => {
    const officer = person('officer');
    const found = await provider.services.directory.findByNumber(officer.subject.personal_number);
    await provider.services.credentials.removeTotp(found?.id ?? '');
    advance(1);
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, officer);
    const claims = JSON.stringify({
      id_token: { acr: { essential: true, value: '2' } },
    });
    const { visit } = await begin(provider, rp, { claims, prompt: 'none' }, browser);
    expect(answerOf(visit).error).toBe('unmet_authentication_requirements');
  });
});
