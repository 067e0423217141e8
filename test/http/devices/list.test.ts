import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heading, person, type TestBrowser, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, pageOf, textOf } from '../../support/visits.ts';
import { enter } from '../account/console.ts';
import { basic, obtainTokens, post, userInfoOf } from '../protocol/flow.ts';
import { atDevicePage, kindsOf, knownBrowser, lastCode, newBrowser, subjectOf } from './devices.ts';

describe('the list of devices', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let mine: TestBrowser;
  let phone: TestBrowser;
  const who = person('level-1');
  beforeEach(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
    mine = await knownBrowser(provider, rp, who);
    const { browser, visit } = await atDevicePage(provider, rp, who);
    await browser.submit(visit, '/device-code', { code: await lastCode(provider) });
    phone = browser;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await provider.close();
  });
  const signOutOf = async (name: string) => {
    const list = await mine.follow('/account/devices');
    const path = /href="([^"]+\/sign-out)"/.exec(list.page?.text ?? '')?.[1] ?? '';
    const asked = await enter(mine, path, who);
    expect(textOf(asked)).toContain(name);
    return { path, asked };
  };
  const isIn = async (browser: TestBrowser) => (await browser.get('/account')).status === 200;

  it('says what they are, when and where they signed in, how they were confirmed, and which is this one', async () => {
    const page = await mine.follow('/account/devices');
    const text = textOf(page);
    expect(text).toContain('Chrome trên Android');
    expect(text).toContain('127.0.0.x');
    expect(text).toContain('Mã gửi qua thư điện tử');
    expect(text).toContain('Thiết bị đầu tiên');
    expect(page.page?.text.match(/Thiết bị này/g)).toHaveLength(1);
    expect(textOf(await mine.follow('/account/profile'))).toContain('2 thiết bị');
  });

  it('changes nothing for a session that is not fresh', async () => {
    advance(901);
    const { headers, status } = await mine.get('/account/devices/others');
    expect([status, String(headers.location).startsWith('/authorize')]).toEqual([303, true]);
    expect(await isIn(phone)).toBe(true);
  });

  it('signs one device out at once, with the tokens given there, and no other', async () => {
    const { tokens } = await obtainTokens(provider, rp, who, { browser: phone });
    expect((await userInfoOf(provider, tokens.access_token)).status).toBe(200);
    const { asked, path } = await signOutOf('Chrome trên Android');
    const list = await mine.submit(asked, path);
    expect(heading(list)).toBe('Thiết bị đã dùng');
    expect(textOf(list)).not.toContain('Chrome trên Android');
    expect([await isIn(mine), await isIn(phone)]).toEqual([true, false]);
    expect((await userInfoOf(provider, tokens.access_token)).status).toBe(401);
    expect(await kindsOf(provider, who)).toContain('device.removed');
  });

  it('ends what was given there for offline access, also by a session that is long over', async () => {
    const offline = { scope: 'openid profile offline_access', prompt: 'consent' };
    const given = async (browser: TestBrowser) =>
      (await obtainTokens(provider, rp, who, { browser, parameters: offline })).tokens.refresh_token ?? '';
    const refresh = (refresh_token: string) =>
      post(provider, '/token', { grant_type: 'refresh_token', refresh_token }, basic(rp));
    const [here, there] = [await given(mine), await given(phone)];
    advance(13 * 3600);
    await enter(mine, '/account', who);
    const { asked, path } = await signOutOf('Chrome trên Android');
    await mine.submit(asked, path);
    expect(await refresh(there)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect((await refresh(here)).status).toBe(200);
  });

  it('counts a sign-in that renews a session there, and tells who wants to hear of each', async () => {
    const { devices, preferences } = provider.services;
    const id = await subjectOf(provider, who);
    await preferences.choose(id, { papers: true, sign_ins: true, consents: true });
    await provider.application.deliveries.run();
    const before = provider.letters.length;
    advance(1800);
    const { visit } = await begin(provider, rp, { prompt: 'login' }, phone);
    expect(pageOf(await typePassword(phone, visit, who))).toBe('left');
    const [newest] = await devices.list(id);
    expect(newest?.last).toBeGreaterThan((newest?.first ?? 0) + 1_799_000);
    await provider.application.deliveries.run();
    const subjects = provider.letters.slice(before).map(({ subject }) => subject);
    expect(subjects).toEqual([expect.stringContaining('Đăng nhập vào tài khoản của bạn')]);
  });

  it('makes what it signed out a new device again', async () => {
    const { asked, path } = await signOutOf('Chrome trên Android');
    await mine.submit(asked, path);
    const { visit } = await atDevicePage(provider, rp, who, phone);
    expect(heading(visit)).toBe('Thiết bị mới');
  });

  it('keeps out a sign-in that was under way there', async () => {
    const { asked, path } = await signOutOf('Chrome trên Android');
    const other = await atDevicePage(provider, rp, who, newBrowser(provider));
    const held = await other.browser.post(other.visit, '/device-code', { code: await lastCode(provider) });
    expect(held.status).toBe(303);
    await mine.submit(asked, path);
    await provider.services.devices.removeAll(
      await subjectOf(provider, who),
      (await provider.services.devices.list(await subjectOf(provider, who))).find(({ by }) => by === 'first')
        ?.id,
    );
    const late = await other.browser.follow(held.headers.location ?? '');
    expect(await isIn(other.browser)).toBe(false);
    expect(pageOf(late)).toBe('left');
  });

  it('signs all others out and leaves this one signed in', async () => {
    const asked = await enter(mine, '/account/devices/others', who);
    const list = await mine.submit(asked, '/others');
    expect(textOf(list)).toContain('Thiết bị này');
    expect(list.page?.text).not.toMatch(/devices\/[^"]+\/sign-out/);
    expect([await isIn(mine), await isIn(phone)]).toEqual([true, false]);
    expect(await provider.services.devices.list(await subjectOf(provider, who))).toHaveLength(1);
  });

  it('does not sign out the device that shows it, nor one of somebody else', async () => {
    const [newest, first] = await provider.services.devices.list(await subjectOf(provider, who));
    for (const id of [first?.id, 'unknown']) {
      expect((await mine.follow(`/account/devices/${id}/sign-out`)).page?.status).toBe(404);
    }
    const stranger = await knownBrowser(provider, rp, person('child-5'));
    expect((await stranger.follow(`/account/devices/${newest?.id}/sign-out`)).page?.status).toBe(404);
  });

  it('shows what happened in Hoạt động', async () => {
    const text = textOf(await mine.follow('/account/activity'));
    expect(text).toContain('Xác nhận một thiết bị mới');
    expect(text).toContain('Mã gửi qua thư điện tử');
  });

  it('is empty where no device is remembered', async () => {
    await provider.services.devices.removeAll(await subjectOf(provider, who));
    expect(textOf(await mine.follow('/account/devices'))).toContain('Chưa có thiết bị nào được ghi nhớ');
  });

  it('keeps apart the people who share a browser', async () => {
    const other = person('child-5');
    const asked = await mine.follow('/logout');
    await mine.submit(asked, '/logout/confirm', { logout: 'yes' });
    const shared = await mine.follow('/account');
    expect(heading(await typePassword(mine, shared, other))).toBe('Trang chủ');
    expect(await provider.services.devices.list(await subjectOf(provider, other))).toHaveLength(1);
    expect(await provider.services.devices.list(await subjectOf(provider, who))).toHaveLength(2);
  });
});
