import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHistory } from '../../../src/audit/history.ts';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { pageOf, textOf } from '../../support/visits.ts';
import { obtainTokens, post, silently, userInfoOf } from '../protocol/flow.ts';
import { enter } from './console.ts';

const SCOPE = 'openid profile email offline_access doc:id_card doc:driving_licence';

describe('connected portals', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let other: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
    other = await register(provider, { client_id: 'cong-khac', secretBasic: true });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const connect = (who: string, portal = rp, browser = openBrowser(provider)) =>
    obtainTokens(provider, portal, person(who), {
      browser,
      parameters: { scope: SCOPE, prompt: 'consent' },
      optional: ['email', 'doc:driving_licence'],
    });
  const subjectOf = async (key: string) =>
    (await provider.services.directory.findByNumber(person(key).subject.personal_number))?.id ?? '';
  const withdraw = async (browser: TestBrowser, path: string) => {
    const asked = await browser.follow(path);
    expect(heading(asked)).toBe('Rút lại sự đồng ý?');
    advance(1);
    return browser.submit(asked, path);
  };
  const refresh = (token: string) =>
    post(
      provider,
      '/token',
      { grant_type: 'refresh_token', refresh_token: token },
      { Authorization: `Basic ${Buffer.from(`${rp.clientId}:${rp.secret}`).toString('base64')}` },
    );

  it('are none for somebody who agreed to nothing', async () => {
    const visit = await enter(openBrowser(provider), '/account/portals', person('level-1'));
    expect(textOf(visit)).toContain('Bạn chưa đồng ý chia sẻ thông tin với cổng nào');
  });

  it('say what each may see, for which purpose, and since when', async () => {
    const { browser } = await connect('all-documents');
    await connect('all-documents', other, browser);
    const list = textOf(await browser.follow('/account/portals'));
    expect(list).toContain('Cổng dịch vụ công Sở Mẫu');
    expect(list).toMatch(/Đồng ý từ \d\d\/\d\d\/\d{4}/);
    expect(list).not.toContain('Tài khoản của bạn Đơn vị');
    const page = textOf(await browser.follow(`/account/portals/${rp.clientId}`));
    expect(page).toMatch(/Thẻ căn cước Bắt buộc Mục đích Thay bản sao căn cước/);
    expect(page).toContain('Giấy phép lái xe Mục đích Đổi giấy phép lái xe');
    expect(page).not.toContain('Hộ chiếu');
  });

  it.each([
    'nothing',
    '_account',
    '__proto__',
    'cong-so-mau/withdraw?scope=doc:passport',
    'cong-so-mau/withdraw?scope=openid',
    'cong-so-mau/withdraw?scope=a&scope=b',
  ])('have no page "%s"', async (path) => {
    const { browser } = await connect('all-documents');
    expect((await browser.get(`/account/portals/${path}`)).status).toBe(404);
  });

  it('that somebody else is connected to are not there', async () => {
    await connect('all-documents');
    const browser = openBrowser(provider);
    const visit = await enter(browser, `/account/portals/${rp.clientId}/withdraw`, person('officer'));
    expect(visit.page?.status).toBe(404);
  });

  it('are not ended by a form from elsewhere, nor by a session below the account’s level', async () => {
    const { tokens } = await connect('all-documents');
    const path = `/account/portals/${rp.clientId}/withdraw`;
    const forged = await post(provider, path, { csrf: 'x' });
    expect(forged.status).toBe(403);
    const browser = openBrowser(provider);
    const home = await enter(browser, '/account', person('all-documents'));
    const asked = await browser.follow(path);
    expect(pageOf(asked)).toBe('totp');
    // The right token of this browser, and still only a password.
    const page = Object.assign(Object.create(home.page ?? {}), {
      text: home.page?.text.replace('action="/account/sign-out"', `action="${path}"`),
    });
    expect(pageOf(await browser.submit({ page }, path))).toBe('totp');
    expect((await userInfoOf(provider, tokens.access_token)).json).toHaveProperty('id_card');
  });

  it('lose one document at their next request, with the tokens that they have, and keep the rest', async () => {
    const { browser, tokens } = await connect('all-documents');
    const elsewhere = await connect('all-documents');
    expect((await userInfoOf(provider, tokens.access_token)).json).toHaveProperty('driving_licence');
    const after = await withdraw(
      browser,
      `/account/portals/${rp.clientId}/withdraw?scope=doc%3Adriving_licence`,
    );
    expect(heading(after)).toBe('Cổng dịch vụ công Sở Mẫu');
    expect(textOf(after)).not.toContain('Giấy phép lái xe');
    for (const { access_token, refresh_token = '' } of [tokens, elsewhere.tokens]) {
      const { json } = await userInfoOf(provider, access_token);
      expect(json).toHaveProperty('id_card');
      expect(json).not.toHaveProperty('driving_licence');
      const renewed = await refresh(refresh_token);
      expect(renewed.status).toBe(200);
      const again = await userInfoOf(provider, String(renewed.json.access_token));
      expect(again.json).toHaveProperty('email');
      expect(again.json).not.toHaveProperty('driving_licence');
    }
    // What was taken back was optional: the portal signs the person in without asking for it again.
    const parameters = { scope: 'openid profile doc:id_card doc:driving_licence' };
    expect((await silently(browser, rp, parameters)).callback.searchParams.get('error')).toBeNull();
  });

  it('are told apart: another portal keeps the same document', async () => {
    const { browser } = await connect('all-documents');
    const { tokens } = await connect('all-documents', other, browser);
    await withdraw(browser, `/account/portals/${rp.clientId}/withdraw?scope=doc%3Adriving_licence`);
    expect((await userInfoOf(provider, tokens.access_token)).json).toHaveProperty('driving_licence');
  });

  it('ask again for what they cannot do without', async () => {
    const { browser, tokens } = await connect('all-documents');
    const path = `/account/portals/${rp.clientId}/withdraw?scope=doc%3Aid_card`;
    expect(textOf(await browser.follow(path))).toContain('Cổng coi đây là thông tin bắt buộc');
    await withdraw(browser, path);
    expect((await userInfoOf(provider, tokens.access_token)).json).not.toHaveProperty('id_card');
    const parameters = { scope: 'openid profile doc:id_card' };
    expect((await silently(browser, rp, parameters)).callback.searchParams.get('error')).toBe(
      'consent_required',
    );
  });

  it('stop reading while the person is away', async () => {
    const { browser, tokens } = await connect('all-documents');
    await withdraw(browser, `/account/portals/${rp.clientId}/withdraw?scope=offline_access`);
    expect((await refresh(tokens.refresh_token ?? '')).status).toBe(400);
  });

  it('lose everything at once, on all devices, and the trail says so', async () => {
    const { browser, tokens } = await connect('all-documents');
    const elsewhere = await connect('all-documents');
    const after = await withdraw(browser, `/account/portals/${rp.clientId}/withdraw`);
    expect(heading(after)).toBe('Cổng đã kết nối');
    for (const { access_token, refresh_token = '' } of [tokens, elsewhere.tokens]) {
      expect((await userInfoOf(provider, access_token)).status).toBe(401);
      expect((await refresh(refresh_token)).status).toBe(400);
    }
    expect((await browser.get(`/account/portals/${rp.clientId}`)).status).toBe(404);
    const [last] = await createHistory(provider.services).read(await subjectOf('all-documents'), {
      limit: 1,
    });
    expect(last?.event).toMatchObject({ kind: 'consent.withdrawn', relying_party: rp.clientId });
  });

  it('are ended by the first of two clicks, and the second changes nothing', async () => {
    const { browser } = await connect('all-documents');
    const path = `/account/portals/${rp.clientId}/withdraw?scope=email`;
    const asked = await browser.follow(path);
    advance(1);
    await browser.submit(asked, path);
    expect(heading(await browser.submit(asked, path))).toBe('Cổng dịch vụ công Sở Mẫu');
    const history = await createHistory(provider.services).read(await subjectOf('all-documents'), {
      limit: 3,
    });
    expect(history.filter(({ event }) => event.kind === 'consent.withdrawn')).toHaveLength(1);
  });

  it('keep their name and organisation after they were removed, and can still be taken back', async () => {
    const gone = await register(provider, {
      client_id: 'cong-cu',
      name: { vi: 'Cổng một thời' },
      secretBasic: true,
    });
    const { browser } = await connect('all-documents', gone);
    await provider.services.registry.remove(gone.clientId);
    const list = textOf(await browser.follow('/account/portals'));
    expect(list).toContain('Cổng một thời (đã ngừng kết nối)');
    expect(list).not.toContain('cong-cu');
    const page = textOf(await browser.follow('/account/portals/cong-cu'));
    expect(page).toContain('Cổng một thời (đã ngừng kết nối)');
    expect(page).toContain('Sở Mẫu tỉnh Mẫu');
    expect((await withdraw(browser, '/account/portals/cong-cu/withdraw')).page?.status).toBe(200);
    expect(textOf(await browser.follow('/account/portals'))).not.toContain('Cổng một thời');
  });
});
