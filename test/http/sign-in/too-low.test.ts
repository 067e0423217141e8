import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatDate } from '../../../src/messages/format.ts';
import { agree, openBrowser, person, signIn, typeCode, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { answerOf, begin, claimsOf, pageOf, textOf, withAction } from '../../support/visits.ts';

const essential2 = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } }) };

describe('a demand that an account cannot meet', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  beforeEach(() => advance(31));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  async function tooLow(key: string, parameters: Record<string, string> = essential2) {
    const begun = await begin(provider, rp, parameters);
    const visit = await typePassword(begun.browser, begun.visit, person(key));
    expect(pageOf(visit)).toBe('too-low');
    return { ...begun, visit };
  }

  it('is explained to the holder of a level 1 account', async () => {
    const { visit } = await tooLow('level-1');
    expect(textOf(visit)).toContain('Tài khoản của bạn đang ở mức độ 1');
    expect(textOf(visit)).toContain(person('level-1').subject.name);
  });

  it('is explained the same for a document as for an essential level', async () => {
    const { visit } = await tooLow('level-1', { scope: 'openid doc:id_card' });
    expect(textOf(visit)).toContain('Tài khoản của bạn đang ở mức độ 1');
  });

  it('is explained to whoever has no second factor', async () => {
    const { personal_number } = person('guardian').subject;
    const found = await provider.services.directory.findByNumber(personal_number);
    await provider.services.credentials.removeTotp(found?.id ?? '');
    advance(1);
    const { visit } = await tooLow('guardian');
    expect(textOf(visit)).toContain('chưa có bước xác thực thứ hai');
  });

  it('is explained with the day on which the paper expired', async () => {
    const { visit } = await tooLow('expired-card');
    const expired = person('expired-card').subject.identity_paper_expires_at ?? '';
    expect(textOf(visit)).toContain(`Hết hạn ngày ${formatDate(expired)}`);
  });

  it('stays unmet however often the page is opened, until it is told to the relying party', async () => {
    const { browser, started, visit } = await tooLow('level-1');
    const again = await browser.follow(/action="([^"]*)\/too-low"/.exec(visit.page?.text ?? '')?.[1] ?? '');
    expect(pageOf(again)).toBe('too-low');
    expect(answerOf(await browser.submit(again, '/too-low'))).toEqual({
      error: 'unmet_authentication_requirements',
      error_description: expect.any(String),
      state: started.checks.expectedState,
      iss: provider.issuer,
    });
  });

  it('leaves no session behind', async () => {
    const { browser, visit } = await tooLow('level-1');
    await browser.submit(visit, '/too-low');
    expect(answerOf((await begin(provider, rp, { prompt: 'none' }, browser)).visit).error).toBe(
      'login_required',
    );
  });

  it('can be met by somebody else on the same page', async () => {
    const { browser, started, visit } = await tooLow('level-1');
    const other = await browser.submit(visit, '/other-account');
    expect(pageOf(other)).toBe('password');
    expect(other.page?.text).not.toContain(person('level-1').subject.name);
    const code = await typePassword(browser, other, person('mother'));
    const visit2 = await typeCode(browser, code, person('mother'));
    expect(await claimsOf(started, await agree(browser, visit2))).toMatchObject({ acr: '2' });
  });

  it('is refused at once with prompt=none to a person who is signed in', async () => {
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, person('level-1'));
    const { visit, started } = await begin(provider, rp, { prompt: 'none', ...essential2 }, browser);
    expect(answerOf(visit)).toEqual({
      error: 'unmet_authentication_requirements',
      error_description: expect.any(String),
      state: started.checks.expectedState,
      iss: provider.issuer,
    });
  });

  it('is not claimed for one that can be met: posting the refusal leads back to the page', async () => {
    const { browser, visit } = await begin(provider, rp, essential2);
    const code = await typePassword(browser, visit, person('mother'));
    expect(pageOf(await browser.submit(withAction(code, '/totp', '/too-low'), '/too-low'))).toBe('totp');
  });

  it('is met again by itself once the paper is renewed', async () => {
    const { personal_number } = person('expired-card').subject;
    const found = await provider.services.directory.findByNumber(personal_number);
    const renew = (day: string) =>
      provider.services.directory.update(found?.id ?? '', (subject) => ({
        ...subject,
        identity_paper_expires_at: day,
      }));
    await renew('2040-01-01');
    const begun = await begin(provider, rp, essential2);
    const callback = await signIn(begun.browser, begun.started.url, person('expired-card'));
    expect(await claimsOf(begun.started, { left: callback })).toMatchObject({ acr: '2' });
    await renew('2026-01-01');
    const next = await begin(provider, rp, essential2, begun.browser);
    expect(pageOf(next.visit)).toBe('too-low');
  });

  it('does not stand in the way of level 1', async () => {
    const begun = await begin(provider, rp, { scope: 'openid identity' });
    const visit = await typePassword(begun.browser, begun.visit, person('expired-card'));
    expect(await claimsOf(begun.started, await agree(begun.browser, visit))).toMatchObject({ acr: '1' });
  });
});
