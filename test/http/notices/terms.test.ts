import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { textOf } from '../../support/visits.ts';
import { ledTo, signedIn } from '../account/console.ts';

const PATH = '/account/terms';
const OWN = {
  version: '2027-01-01',
  vi: '# Điều khoản của tỉnh\n\nMột <script>alert(1)</script>\n\n- Hai',
  en: '# Terms of the province\n\nOne\n\n- Two',
};

describe('the terms of use', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  it('are there for everybody, in both languages, and nobody is asked anything', async () => {
    const browser = openBrowser(provider);
    const visit = await browser.follow('/terms');
    expect(visit.page?.status).toBe(200);
    expect(heading(visit)).toBe('Điều khoản sử dụng');
    expect(textOf(visit)).toContain('Phiên bản ngày 21/11/2026');
    expect(textOf(visit)).toContain('Nghị định 69/2024/NĐ-CP');
    expect(visit.page?.text).not.toContain('<form');
    expect(textOf(await browser.follow('/terms?language=en'))).toContain('Law on Personal Data Protection');
    expect((await browser.follow('/')).page?.text).toContain('href="/terms"');
    expect((await browser.get('/terms/more')).status).toBe(404);
  });

  it('are a thing to do while the person has not accepted them, and none afterwards', async () => {
    const { directory, terms } = provider.services;
    const who = person('officer');
    const id = (await directory.findByNumber(who.subject.personal_number))?.id ?? '';
    const before = await terms.acceptedBy(id);
    const browser = await signedIn(provider, who);
    expect(textOf(await browser.follow('/account'))).not.toContain('Điều khoản sử dụng mới');
    const page = await browser.follow(PATH);
    expect(page.page?.text).not.toContain(`action="${PATH}"`);
    expect(textOf(page)).toMatch(/Bạn đã đồng ý Phiên bản 21\/11\/2026 \d\d\/\d\d\/\d{4} \d\d:\d\d/);
    expect(before).toHaveLength(1);
    expect(textOf(await browser.follow('/account/profile'))).toContain(
      'Điều khoản sử dụng Phiên bản 21/11/2026',
    );
  });

  it('are nobody’s account page who is not signed in', async () => {
    expect(await ledTo(openBrowser(provider), PATH)).toContain('/authorize');
  });
});

describe('terms of the province’s own', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider({ config: { terms: OWN } });
    // As everybody stands when the version is new.
    const { storage } = provider.services;
    const rows = storage.collections.get('terms_acceptances');
    for (const { doc, id, version } of (await rows?.scan()) ?? []) {
      const text = JSON.stringify(doc).replaceAll(OWN.version, '2026-11-21');
      expect(await rows?.replace(id, JSON.parse(text), version)).toBe(true);
    }
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const acceptances = async (browser: TestBrowser): Promise<number> => {
    const activity = textOf(await browser.follow('/account/activity?kind=consent'));
    return activity.match(/Đồng ý với điều khoản sử dụng Phiên bản ngày 01\/01\/2027/g)?.length ?? 0;
  };

  it('stand in place of the built-in ones, and are text and never markup', async () => {
    const visit = await openBrowser(provider).follow('/terms');
    expect(textOf(visit)).toContain('Phiên bản ngày 01/01/2027');
    expect(visit.page?.text).toContain('<h2>Điều khoản của tỉnh</h2>');
    expect(visit.page?.text).toContain('&lt;script&gt;alert(1)');
    expect(textOf(visit)).not.toContain('Nghị định 69/2024/NĐ-CP');
  });

  it('are accepted at level 2 where the account has it, once, and stand beside the older version', async () => {
    const who = person('officer');
    const below = await signedIn(provider, who);
    expect(textOf(await below.follow('/account'))).toContain('Điều khoản sử dụng mới');
    const asked = await below.follow(PATH);
    expect(textOf(asked)).toContain('có phiên bản mới');
    expect((await below.post(asked, PATH)).headers.location).toContain('/authorize');

    const browser = await signedIn(provider, who, '/account/wallet/open');
    const before = await acceptances(browser);
    const page = await browser.follow(PATH);
    const answer = await browser.post(page, PATH);
    expect([answer.status, answer.headers.location]).toEqual([303, PATH]);
    // A second click on the same page.
    await browser.post(page, PATH);
    const { audit: _, directory, terms } = provider.services;
    const id = (await directory.findByNumber(who.subject.personal_number))?.id ?? '';
    expect((await terms.acceptedBy(id)).map(({ version }) => version)).toEqual(['2026-11-21', '2027-01-01']);
    expect(textOf(await browser.follow('/account'))).not.toContain('Điều khoản sử dụng mới');
    expect(await acceptances(browser)).toBe(before + 1);
    expect(textOf(await browser.follow('/account/terms?language=en'))).toContain('Version 01/01/2027');
  });

  it('are not accepted by a page that showed others', async () => {
    const { directory, storage, terms } = provider.services;
    const who = person('level-1');
    const id = (await directory.findByNumber(who.subject.personal_number))?.id ?? '';
    await storage.collections.get('terms_acceptances')?.remove(id);
    const browser = await signedIn(provider, who);
    const page = await browser.follow(PATH);
    for (const version of ['2026-11-21', '']) {
      const answer = await browser.submit(page, PATH, { version });
      expect(answer.page?.status).toBe(409);
      expect(textOf(answer)).toContain('Phiên bản ngày 01/01/2027');
    }
    expect(await terms.acceptedBy(id)).toEqual([]);
  });

  it('of somebody who never accepted any are asked for in the same way', async () => {
    const { directory, storage } = provider.services;
    const who = person('level-1');
    const id = (await directory.findByNumber(who.subject.personal_number))?.id ?? '';
    await storage.collections.get('terms_acceptances')?.remove(id);
    const browser = await signedIn(provider, who);
    expect(textOf(await browser.follow(PATH))).toContain('Bạn chưa đồng ý với phiên bản nào');
    await browser.submit(await browser.follow(PATH), PATH);
    expect(textOf(await browser.follow(PATH))).not.toContain('chưa đồng ý');
  });
});
