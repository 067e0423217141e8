import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openBrowser, person, type TestBrowser, typePassword, type Visit } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, textOf } from '../../support/visits.ts';
import { obtainTokens, silently, userInfoOf } from '../protocol/flow.ts';
import { signedIn } from './console.ts';

const FORMULA = '=HYPERLINK("https://evil.example","Sở Lạ")';

describe('activity', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let browser: TestBrowser;
  const who = person('all-documents');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
    const odd = await register(provider, { client_id: 'cong-la', name: { vi: FORMULA } });
    browser = openBrowser(provider);
    const stranger = await begin(provider, rp);
    await typePassword(stranger.browser, stranger.visit, { ...who, password: 'không-phải-mật-khẩu' });
    const { tokens } = await obtainTokens(provider, rp, who, {
      browser,
      parameters: { scope: 'openid profile doc:id_card doc:driving_licence', prompt: 'consent' },
    });
    await userInfoOf(provider, tokens.access_token);
    await obtainTokens(provider, odd, who, { browser });
    advance(1);
    await silently(browser, rp);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const read = (query = ''): Promise<Visit> => browser.follow(`/account/activity${query}`);
  const titles = ({ page }: Visit): string[] =>
    [...(page?.text ?? '').matchAll(/class="entry-title">([^<]*)</g)].map(([, title = '']) => title);
  const file = async (path: string, from = browser) => {
    const answer = await from.get(path);
    return { answer, text: answer.text ?? (answer.body as Buffer).toString() };
  };

  it('is another person’s own business', async () => {
    const other = await signedIn(provider, person('level-1'));
    const visit = await other.follow('/account/activity');
    expect(titles(visit).sort()).toEqual([
      'Xác thực thành công',
      'Đăng nhập vào cổng',
      'Đồng ý với điều khoản sử dụng',
    ]);
    expect(textOf(visit)).not.toContain('Sở Mẫu');
  });

  it('is every sign-in, refusal, consent and document handed over, the latest first', async () => {
    const seen = titles(await read());
    expect(seen[0]).toBe('Đăng nhập vào cổng');
    expect(seen.slice(-2)).toEqual(['Xác thực không thành công', 'Đồng ý với điều khoản sử dụng']);
    for (const title of ['Đồng ý chia sẻ thông tin', 'Giấy tờ được chuyển cho cổng']) {
      expect(seen).toContain(title);
    }
  });

  it('says to which portal, what, for which purpose and how', async () => {
    const text = textOf(await read());
    expect(text).toMatch(
      /Giấy tờ được chuyển cho cổng Cổng dịch vụ công Sở Mẫu Giấy tờ Thẻ căn cước Mục đích Thẻ căn cước: Thay bản sao căn cước Cách Trực tuyến/,
    );
    expect(text).toMatch(/Đã đồng ý .*Không đồng ý Giấy phép lái xe/);
    expect(text).toMatch(/Mức độ 2 Cách Mật khẩu, Mã xác thực/);
    expect(text).toContain('Đã đăng nhập từ trước trên cùng trình duyệt');
    expect(text).not.toMatch(/doc:|openid|097184/);
  });

  it('says of each sign-in what of the identity data the portal could see', async () => {
    const text = textOf(await read('?kind=sign_in'));
    expect(text).toMatch(/Sở Mẫu Mức độ 2 Cách (\S+ ){1,9}Cổng xem được Thông tin cơ bản/);
    expect(text).not.toMatch(/Tài khoản của bạn Mức độ 2 Cách (\S+ ){1,9}Cổng xem được/);
  });

  it('names a portal that was removed as it was called', async () => {
    await register(provider, { client_id: 'cong-cu', name: { vi: 'Cổng một thời' } });
    const id = (await provider.services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
    await provider.services.audit.record({ kind: 'consent.refused', subject: id, relying_party: 'cong-cu' });
    expect(textOf(await read('?kind=consent'))).not.toContain('đã ngừng kết nối');
    await provider.services.registry.remove('cong-cu');
    expect(textOf(await read('?kind=consent'))).toContain('Cổng một thời (đã ngừng kết nối)');
  });

  it.each([
    ['documents', ['Giấy tờ được chuyển cho cổng']],
    ['refused', ['Xác thực không thành công']],
    ['withdrawal', []],
  ])('shows one kind alone: %s', async (kind, expected) => {
    const visit = await read(`?kind=${kind}`);
    expect(titles(visit)).toEqual(expected);
    if (expected.length === 0) expect(textOf(visit)).toContain('Không có hoạt động nào trong phần bạn chọn');
  });

  it('shows one month alone, as months are in Vietnam', async () => {
    const now = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7);
    expect(titles(await read(`?month=${now}`)).length).toBeGreaterThan(5);
    expect(titles(await read('?month=2020-01'))).toEqual([]);
  });

  it.each([
    '?kind=nothing',
    '?month=2026-13',
    '?month=x',
    '?after=~',
    '?after=1~$',
    '?kind=a&kind=b',
    '?after=99999999999999999~x',
  ])('shows everything where the address names no choice: %s', async (query) => {
    expect((await read(query)).page?.status).toBe(200);
    expect(titles(await read(query))).toEqual(titles(await read()));
  });

  it('goes on page by page, each entry once, to the first one', async () => {
    const owner = person('officer');
    const id = (await provider.services.directory.findByNumber(owner.subject.personal_number))?.id ?? '';
    for (let index = 0; index < 45; index += 1) {
      await provider.services.audit.record({
        kind: 'consent.refused',
        subject: id,
        relying_party: `cong-${index}`,
      });
    }
    const reader = await signedIn(provider, owner);
    const seen: string[] = [];
    let next: string | undefined = '/account/activity?kind=consent';
    for (let page = 0; page < 4 && next !== undefined; page += 1) {
      const html: string = (await reader.get(next)).text;
      seen.push(...[...html.matchAll(/ngừng kết nối \((cong-\d+)\)/g)].map(([, portal = '']) => portal));
      next = /class="button" href="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(45);
    expect(new Set(seen).size).toBe(45);
    expect(next).toBeUndefined();
  });

  it('can be taken away as a spreadsheet that calculates nothing', async () => {
    const { answer, text } = await file('/account/activity.csv');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="hoat-dong-[\d-]+\.csv"$/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(text.startsWith('\ufeff"Thời gian","Hoạt động","Cổng","Chi tiết"\r\n')).toBe(true);
    expect(text).toContain(`"'${FORMULA.replaceAll('"', '""')}"`);
    expect(text).not.toMatch(/"[=+@-]/);
    const some = await file('/account/activity.csv?kind=documents');
    expect(some.text.trim().split('\r\n')).toHaveLength(2);
  });

  it('can be taken away as data', async () => {
    const { answer, text } = await file('/account/activity.json?kind=documents');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(JSON.parse(text)).toEqual({
      complete: true,
      activity: [
        {
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          kind: 'documents.released',
          title: 'Giấy tờ được chuyển cho cổng',
          portal: { id: rp.clientId, name: 'Cổng dịch vụ công Sở Mẫu' },
          details: expect.arrayContaining([{ label: 'Giấy tờ', value: 'Thẻ căn cước' }]),
        },
      ],
    });
  });
});

describe('what the other pages say of it', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  it('home: the sign-in before this one, and what to do', async () => {
    const who = person('level-1');
    const first = await signedIn(provider, who);
    expect(textOf(await first.follow('/account'))).toContain('Chưa ghi nhận lần nào');
    advance(60);
    const second = textOf(await (await signedIn(provider, who)).follow('/account'));
    expect(second).toMatch(/Lần đăng nhập trước \d\d\/\d\d\/\d{4} \d\d:\d\d, Tài khoản của bạn/);
    expect(second).toContain('Nâng tài khoản lên mức độ 2');
    expect(second).toContain('Mức độ 1');
  });

  it('home: a paper that has expired brings a word, and one of long validity none', async () => {
    const expired = textOf(await (await signedIn(provider, person('expired-card'))).follow('/account'));
    expect(expired).toContain('Cấp lại giấy tờ tùy thân');
    const whole = textOf(await (await signedIn(provider, person('officer'))).follow('/account'));
    expect(whole).toContain('Bạn không có việc nào cần làm');
    expect(whole).toContain('Lần này bạn mới đăng nhập ở mức độ 1');
  });

  it('notices: what happened lately, without the proofs that led to it', async () => {
    const text = textOf(await (await signedIn(provider, person('officer'))).follow('/account/notices'));
    expect(text).toContain('Đăng nhập vào cổng');
    expect(text).not.toContain('Xác thực thành công');
    expect(text).toContain('sau khi bạn đăng nhập mức độ 2');
  });

  it('notices: a passport about to expire', async () => {
    const browser = await signedIn(provider, person('foreigner'), '/account/wallet/open');
    expect(textOf(await browser.follow('/account/notices'))).toContain('sắp hết hạn');
  });

  it('profile: the number masked, the way to everything else', async () => {
    const visit = await (await signedIn(provider, person('level-1'))).follow('/account/profile');
    expect(textOf(visit)).toContain('••• ••• ••• 001');
    expect(visit.page?.text).not.toContain('098096000001');
    expect(visit.page?.text).toContain('href="/account/portals"');
    expect(textOf(visit)).toContain('0970 000 001');
  });
});
