import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser, person, signIn, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { portal, register, start, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, pageOf, textOf } from '../../support/visits.ts';

describe('the consent page', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let browser: TestBrowser;
  const who = person('all-documents');
  beforeAll(async () => {
    provider = await startProvider();
    const first = await register(provider, { client_id: 'cong-dau-tien' });
    rp = await register(provider);
    browser = openBrowser(provider);
    advance(31);
    await signIn(browser, (await start(first, { acr_values: '2' })).url, who);
  });
  beforeEach(() => advance(1));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const page = async (parameters: Record<string, string>, portalAsked = rp) => {
    const { visit } = await begin(provider, portalAsked, { prompt: 'consent', ...parameters }, browser);
    expect(pageOf(visit)).toBe('consent');
    return visit;
  };

  it('shows a relying party’s texts as text, in both languages, whatever they hold', async () => {
    const markup = '<img src=x onerror=alert(1)>"\'&amp;{{7*7}}#{7*7}';
    const hostile = await register(provider, {
      client_id: 'cong-doc-hai',
      name: { vi: markup, en: markup },
      organization: markup,
      scopes: {
        profile: { required: true, purpose: { vi: markup, en: markup }, legal_basis: markup },
        email: { required: false, purpose: { vi: markup } },
      },
    });
    for (const ui_locales of ['vi', 'en']) {
      const { page: response } = await page({ scope: 'openid profile email', ui_locales }, hostile);
      expect(response?.text).not.toContain('<img');
      expect(response?.text).toContain('{{7*7}}#{7*7}');
      expect(response?.text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    }
  });

  it('strips what would turn the reading direction of a name', async () => {
    const hostile = await register(provider, {
      client_id: 'cong-dao-chieu',
      name: { vi: 'Cổng \u202egnôc\u202c thật' },
      scopes: { profile: { required: true, purpose: { vi: 'Xem \u2066tên\u2069' } } },
    });
    const { page: response } = await page({}, hostile);
    expect(response?.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('ticks nothing beforehand, and marks what is required', async () => {
    const { page: response } = await page({ scope: 'openid profile email phone' });
    expect(response?.text).not.toMatch(/<input[^>]*type="checkbox"[^>]*checked/);
    expect(response?.text.match(/type="checkbox"/g)).toHaveLength(2);
    expect(response?.text).not.toMatch(/type="checkbox"[^>]*value="profile"/);
  });

  it('warns of sensitive data where there is any, and only there', async () => {
    const warning = 'Đây là dữ liệu cá nhân nhạy cảm';
    expect(textOf(await page({ scope: 'openid doc:health_record' }))).toContain(warning);
    expect(textOf(await page({ scope: 'openid profile' }))).not.toContain(warning);
  });

  it('says that the portal can read again later where it asks for that, and only there', async () => {
    const notice = 'Xem lại khi bạn không có mặt';
    expect(textOf(await page({ scope: 'openid profile offline_access' }))).toContain(notice);
    expect(textOf(await page({ scope: 'openid profile' }))).not.toContain(notice);
  });

  it('shows for each document what would be handed over: registry, time and papers', async () => {
    const text = textOf(await page({ scope: 'openid doc:driving_licence' }));
    expect(text).toContain('970 184 000 021');
    expect(text).toContain('970 104 000 022');
    expect(text).toMatch(/Dữ liệu lúc \d\d\/\d\d\/\d{4} \d\d:\d\d/);
    expect(text).toContain('Đổi giấy phép lái xe');
    expect(text).toContain('Nghị định 118/2025/NĐ-CP');
  });

  it('speaks the language of the request, purposes included', async () => {
    const text = textOf(await page({ scope: 'openid profile email', ui_locales: 'en' }));
    expect(text).toContain('Agree to share information');
    expect(text).toContain(portal.scopes.email.purpose.en);
    expect(text).not.toContain('Bắt buộc');
  });

  it('shows nobody the papers of a person who is not signed in on this browser', async () => {
    const { visit } = await begin(provider, rp, { scope: 'openid doc:driving_licence' });
    expect(pageOf(visit)).toBe('password');
    expect(textOf(visit)).not.toContain('970 184 000 021');
  });
});
