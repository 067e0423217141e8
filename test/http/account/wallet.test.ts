import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { heading, openBrowser, person, typeCode } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { textOf } from '../../support/visits.ts';
import { enter, signedIn } from './console.ts';

const NUMBER = '097 184 000 002';

describe('the wallet', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider();
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const shown = async (key: string, path = '/account/wallet/open') => {
    const browser = openBrowser(provider);
    return { browser, visit: await enter(browser, path, person(key)) };
  };

  it('is closed at level 1, with nothing of a paper in it, and opens by the second factor alone', async () => {
    const who = person('all-documents');
    const browser = await signedIn(provider, who);
    const closed = await browser.follow('/account/wallet');
    expect(heading(closed)).toBe('Ví giấy tờ đang đóng');
    expect(textOf(closed)).toContain('30 phút');
    expect(closed.page?.text).not.toMatch(/097.?184|Giấy phép lái xe|TOYOTA/);
    const asked = await browser.follow('/account/wallet/open');
    expect(heading(asked)).toBe('Nhập mã xác thực');
    advance(31);
    const open = await typeCode(browser, asked, who);
    expect(heading(open)).toBe('Ví giấy tờ');
    expect(textOf(open)).toContain(NUMBER);
  });

  it('closes after half an hour without use, and stays open while it is used', async () => {
    const { browser } = await shown('all-documents');
    for (const wait of [1_700, 1_700]) {
      advance(wait);
      expect(heading(await browser.follow('/account/wallet'))).toBe('Ví giấy tờ');
    }
    advance(1_810);
    expect(heading(await browser.follow('/account/wallet'))).toBe('Ví giấy tờ đang đóng');
    expect(heading(await browser.follow('/account/wallet/id_card'))).not.toBe('Thẻ căn cước');
  });

  it.each([
    ['level-1', 'mức độ 1'],
    ['expired-card', 'đã hết hạn'],
  ])('tells %s why it does not open', async (key, why) => {
    const { browser } = await shown(key, '/account');
    const closed = await browser.follow('/account/wallet');
    expect(closed.page?.status).toBe(200);
    expect(textOf(closed)).toContain(why);
    for (const path of ['/account/wallet/open', '/account/wallet/id_card']) {
      const refused = await browser.follow(path);
      expect(refused.page?.status).toBe(403);
      expect(textOf(refused)).toContain(why);
      expect(refused.page?.text).not.toMatch(/(CMND|CCCD)? ?\d{3} \d{3} \d{3} \d{3}/);
    }
  });

  it('shows every paper of the holder’s kind, and why one is missing', async () => {
    const { visit } = await shown('officer');
    const text = textOf(visit);
    expect(text).toContain('Chưa lấy được dữ liệu từ cơ quan quản lý');
    expect(text).toContain('Không có trong cơ sở dữ liệu');
    expect(text).toContain('có giá trị đến hết ngày 11/02/2033');
    expect(text).toMatch(/Dữ liệu lúc \d\d\/\d\d\/\d{4} \d\d:\d\d/);
    expect(text).not.toContain('Hộ chiếu');
    const foreigner = textOf((await shown('foreigner')).visit);
    expect(foreigner).toContain('Hộ chiếu');
    expect(foreigner).not.toContain('Thẻ căn cước');
  });

  it('shows one paper whole: dates, numbers and lists as people write them', async () => {
    const { browser } = await shown('all-documents');
    const card = textOf(await browser.follow('/account/wallet/id_card'));
    expect(card).toMatch(/Ngày cấp 12\/08\/2024/);
    const insurance = textOf(await browser.follow('/account/wallet/social_insurance'));
    expect(insurance).toMatch(/Từ tháng 01\/2008 Đến tháng 06\/2015 Đơn vị Công ty TNHH May Mẫu/);
    expect(insurance).toContain('990 000 000 2');
  });

  it.each(['passport', 'nothing', '__proto__', 'id_card%2f..'])('has no page "%s"', async (name) => {
    const { browser } = await shown('all-documents');
    expect((await browser.get(`/account/wallet/${name}`)).status).toBe(404);
  });
});
