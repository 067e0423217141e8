import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { person } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, pageOf } from '../../support/visits.ts';

describe('a password', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  const { personal_number } = person('level-1').subject;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  async function type(password: string) {
    const { browser, visit } = await begin(provider, rp);
    return browser.submit(visit, '/password', { personal_number, password });
  }
  async function set(password: string): Promise<void> {
    const found = await provider.services.directory.findByNumber(personal_number);
    await provider.services.credentials.setPassword(
      found?.id ?? '',
      await provider.application.hasher.hash(password),
    );
    // A proof of the second of a change counts as before it.
    advance(1);
  }
  const accepted = async (password: string) => ['consent', 'left'].includes(pageOf(await type(password)));

  it('of a megabyte is refused before it is read, and the server goes on', async () => {
    const started = Date.now();
    const refused = await type('x'.repeat(1_000_000));
    expect(refused.page?.status).toBe(413);
    expect(Date.now() - started).toBeLessThan(5000);
    expect(await accepted(person('level-1').password)).toBe(true);
  });

  it.each([
    ['sixty-four characters', 'Đường dài mới biết ngựa hay, ở lâu mới biết người ngay kẻ gian!!'],
    ['emoji', '🌾🐃 lúa chín 👩‍🌾'],
    ['a leading and a trailing space', ' khoảng trắng đầu cuối '],
    ['characters that forms and markup use', `a&b=c+d%20"<script>'`],
  ])('of %s works as it is', async (_, password) => {
    await set(password);
    expect(await accepted(password)).toBe(true);
  });

  it('is not cut: what follows counts', async () => {
    const long = 'hoa sen trong đầm gì đẹp bằng sen, lá xanh bông trắng lại chen nhị vàng';
    await set(long);
    expect(await accepted(long.slice(0, -1))).toBe(false);
    expect(await accepted(`${long}!`)).toBe(false);
    expect(await accepted(long)).toBe(true);
  });

  it('is not trimmed, and its case counts', async () => {
    await set(' Khoảng trắng');
    expect(await accepted('Khoảng trắng')).toBe(false);
    expect(await accepted(' khoảng trắng')).toBe(false);
    expect(await accepted(' Khoảng trắng')).toBe(true);
  });

  it('is the same from a keyboard that composes letters and from one that does not', async () => {
    await set('Cao nguyên gió lộng'.normalize('NFC'));
    expect(await accepted('Cao nguyên gió lộng'.normalize('NFD'))).toBe(true);
    await set('Cao nguyên gió lộng'.normalize('NFD'));
    expect(await accepted('Cao nguyên gió lộng'.normalize('NFC'))).toBe(true);
  });

  it('that is empty or missing is asked for, without an attempt', async () => {
    const { browser, visit } = await begin(provider, rp);
    for (let time = 0; time < 12; time += 1) {
      const refused = await browser.submit(visit, '/password', { personal_number, password: '' });
      expect(refused.page?.status).toBe(422);
    }
    const twice = await browser.submit(visit, '/password', { personal_number, password: ['a', 'b'] });
    expect(twice.page?.status).toBe(422);
    await set('hoa-sen-trang-nuoc');
    expect(await accepted('hoa-sen-trang-nuoc')).toBe(true);
  });
});
