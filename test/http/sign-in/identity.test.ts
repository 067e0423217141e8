import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree, openBrowser, person, signIn, typeCode, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, claimsOf, pageOf, textOf } from '../../support/visits.ts';

describe('who signs in', () => {
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

  const numberShown = async (login_hint: string) => {
    const { visit } = await begin(provider, rp, { login_hint });
    return /id="personal_number"[^>]* value="([^"]*)"/.exec(visit.page?.text ?? '')?.[1] ?? '';
  };

  it.each([
    '"><script>alert(1)</script>',
    'nguyen.van.an@congdan.example',
    "098096000001' OR 1=1",
    '<b>098096000001</b>',
    '1',
    '0'.repeat(200),
  ])('is not filled in from a hint that is no number: %s', async (hint) => {
    expect(await numberShown(hint)).toBe('');
    const { visit } = await begin(provider, rp, { login_hint: hint });
    expect(visit.page?.text).not.toContain(hint === '1' ? 'value="1"' : hint);
  });

  it('is filled in from a hint that looks like a number', async () => {
    expect(await numberShown('098096000001')).toBe('098096000001');
    expect(await numberShown('098 096 000 001')).toBe('098 096 000 001');
  });

  it('is not told by the hint: any number answers with the same page', async () => {
    const page = async (login_hint: string) =>
      (await begin(provider, rp, { login_hint })).visit.page?.text
        .replaceAll(login_hint, '')
        .replace(
          /nonce="[^"]*"|data-(?:options|seconds)="[^"]*"|csrf" value="[^"]*"|\/interaction\/[\w-]+/g,
          '',
        );
    expect(await page('098096000001')).toBe(await page('098999999999'));
  });

  it.each([
    '098096000001',
    '098 096 000 001',
    '098.096.000.001',
    '０９８０９６０００００１',
    ' 098-096-000-001 ',
  ])('may type the number as %s', async (personal_number) => {
    const { browser, visit } = await begin(provider, rp);
    const { password } = person('level-1');
    const next = await browser.submit(visit, '/password', { personal_number, password });
    expect(['consent', 'left']).toContain(pageOf(next));
  });

  it.each(['09809600000', '0980960000011', '09809600000a', '٠٩٨٠٩٦٠٠٠٠٠١', '098096000001; DROP', ''])(
    'is told that %j is no number',
    async (personal_number) => {
      const { browser, visit } = await begin(provider, rp);
      const { password } = person('level-1');
      const next = await browser.submit(visit, '/password', { personal_number, password });
      expect(next.page?.status).toBe(422);
      expect(next.page?.text).not.toContain(password);
    },
  );

  it('is the same person with the former and the new number, also after a sign-out of the browser', async () => {
    const who = person('renumbered');
    const numbers = [who.subject.personal_number, who.subject.former_numbers[0] ?? ''];
    const subs: string[] = [];
    for (const personal_number of numbers) {
      const { browser, started, visit } = await begin(provider, rp, { scope: 'openid' });
      const next = await browser.submit(visit, '/password', { personal_number, password: who.password });
      subs.push(
        (await claimsOf(started, pageOf(next) === 'consent' ? await agree(browser, next) : next)).sub,
      );
    }
    expect(new Set(subs).size).toBe(1);
    expect(numbers).not.toContain(subs[0]);
  });

  it('is a child of twelve at level 2 as anybody else', async () => {
    const { browser, started } = await begin(provider, rp, { acr_values: '2' });
    const left = await signIn(browser, started.url, person('child-12'));
    expect(await claimsOf(started, { left })).toMatchObject({ acr: '2' });
  });

  it('is asked on a page in the language that the portal asks for', async () => {
    const lang = async (ui_locales: string) =>
      /<html lang="(\w+)"/.exec((await begin(provider, rp, { ui_locales })).visit.page?.text ?? '')?.[1];
    expect(await lang('en')).toBe('en');
    expect(await lang('vi')).toBe('vi');
    expect(await lang('fr en-GB vi')).toBe('en');
    expect(await lang('fr')).toBe('vi');
    expect(await lang('"><script>')).toBe('vi');
  });

  it('sees the portal’s name in that language', async () => {
    const { visit } = await begin(provider, rp, { ui_locales: 'en' });
    expect(textOf(visit)).toContain('Sample Department portal');
  });

  it('is not the session’s person where the request names another, whose name is not shown', async () => {
    const theirs = await start(rp);
    const hint = (await redeem(theirs, await signIn(openBrowser(provider), theirs.url, person('mother'))))
      .id_token;
    const browser = openBrowser(provider);
    await signIn(browser, (await start(rp)).url, person('guardian'));
    const { visit } = await begin(provider, rp, { id_token_hint: hint ?? '' }, browser);
    expect(pageOf(visit)).toBe('password');
    expect(visit.page?.text).toContain('id="personal_number"');
    expect(textOf(visit)).not.toContain('Đ••• V••• P•••');
  });

  it('passes through where the request names the session’s person', async () => {
    const browser = openBrowser(provider);
    const own = await start(rp);
    const hint = (await redeem(own, await signIn(browser, own.url, person('guardian')))).id_token;
    const { visit } = await begin(provider, rp, { id_token_hint: hint ?? '', prompt: 'none' }, browser);
    expect(pageOf(visit)).toBe('left');
  });

  it('may be somebody else on this browser, who gets a session and identifiers of her own', async () => {
    const browser = openBrowser(provider);
    const first = await start(rp, { scope: 'openid' });
    const guardian = (await redeem(first, await signIn(browser, first.url, person('guardian')))).claims();
    const { started, visit } = await begin(provider, rp, { scope: 'openid', prompt: 'login' }, browser);
    const blank = await browser.submit(visit, '/other-account');
    expect(textOf(blank)).not.toContain('Đ••• V••• P•••');
    // The library ends the first person's session by a form that posts itself.
    const ended = await typePassword(browser, blank, person('mother'));
    const resumed = await browser.submit(ended, '/logout/confirm');
    const done = pageOf(resumed) === 'consent' ? await agree(browser, resumed) : resumed;
    const mother = await claimsOf(started, done);
    expect(mother.sub).not.toBe(guardian?.sub);
    const next = await begin(provider, rp, { scope: 'openid', acr_values: '2' }, browser);
    expect(pageOf(next.visit)).toBe('totp');
    expect(textOf(next.visit)).toContain(person('mother').subject.name);
  });
});

describe.each([
  ['59/2022', {}, '2'],
  ['69/2024', {}, '2'],
  ['320/2026', {}, '2'],
  ['320/2026', { assurance: { unlevelled_ceiling: 1 } }, '1'],
] as const)('a foreigner under Decree %s with %j', (legal_profile, settings, acr) => {
  it(`reaches ${acr}, and 1 once the passport has run out`, async () => {
    const provider = await startProvider({ config: { legal_profile, ...settings } });
    try {
      advance(31);
      const rp = await register(provider);
      const reached = async () => {
        const { browser, started, visit } = await begin(provider, rp, { acr_values: '2' });
        let next = await typePassword(browser, visit, person('foreigner'));
        if (pageOf(next) === 'totp') next = await typeCode(browser, next, person('foreigner'));
        return (await claimsOf(started, pageOf(next) === 'consent' ? await agree(browser, next) : next)).acr;
      };
      expect(await reached()).toBe(acr);
      advance(11 * 86_400);
      expect(await reached()).toBe('1');
    } finally {
      vi.useRealTimers();
      await provider.close();
    }
  });
});
