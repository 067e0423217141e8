import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { textOf } from '../../support/visits.ts';
import { openAccount } from '../factors/account.ts';
import { atDevicePage, kindsOf, knownBrowser, lastCode, lastLink, subjectOf } from './devices.ts';

describe('the link "Không phải tôi" of a letter', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let intruder: TestBrowser;
  let link: string;
  const who = person('level-1');
  beforeEach(async () => {
    provider = await startProvider();
    rp = await register(provider);
    await knownBrowser(provider, rp, who);
    const { browser, visit } = await atDevicePage(provider, rp, who);
    await browser.submit(visit, '/device-code', { code: await lastCode(provider) });
    intruder = browser;
    link = await lastLink(provider);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await provider.close();
  });
  const statusOf = async () =>
    (await provider.services.directory.get(await subjectOf(provider, who)))?.status;
  const stranger = () => openBrowser(provider, { device: 'new' });

  it('leads to the issuer, whatever host the sign-in came in under', () => {
    expect(new URL(link).origin).toBe(provider.issuer);
  });

  it('says what it is about and changes nothing when it is only looked at', async () => {
    const page = await stranger().follow(link);
    expect(textOf(page)).toContain('Chrome trên Android');
    expect(textOf(page)).toContain('Cổng dịch vụ công Sở Mẫu');
    expect(await statusOf()).toMatchObject({ kind: 'active' });
    expect((await intruder.get('/account')).status).toBe(200);
  });

  it('signed out and in any browser ends all sessions, forgets the device and locks the account', async () => {
    const browser = stranger();
    const done = await browser.submit(await browser.follow(link), '/not-me');
    expect(heading(done)).toBe('Tài khoản đã được khóa');
    expect(done.page?.text).toContain('href="/recover"');
    expect(await statusOf()).toMatchObject({ kind: 'locked', cause: 'reported' });
    expect((await intruder.get('/account')).headers.location).toContain('/authorize');
    const devices = await provider.services.devices.list(await subjectOf(provider, who));
    expect(devices.map(({ by }) => by)).toEqual(['first']);
    const kinds = await kindsOf(provider, who);
    expect(kinds.indexOf('account.locked')).toBeLessThan(kinds.indexOf('sign_in.disowned'));
  });

  it('works once: after a recovery it locks nobody out again', async () => {
    const browser = stranger();
    const page = await browser.follow(link);
    await browser.submit(page, '/not-me');
    advance(120);
    await provider.services.locks.unlock(await subjectOf(provider, who), ['reported'], 'owner');
    const again = await browser.submit(page, '/not-me');
    expect([again.page?.status, heading(again)]).toEqual([409, 'Liên kết đã được dùng']);
    expect(heading(await browser.follow(link))).toBe('Liên kết đã được dùng');
    expect(await statusOf()).toMatchObject({ kind: 'active' });
  });

  it('is finished by a second press where the first one failed half-way', async () => {
    const browser = stranger();
    const page = await browser.follow(link);
    const locking = vi.spyOn(provider.services.locks, 'lock').mockRejectedValueOnce(new Error('away'));
    expect((await browser.submit(page, '/not-me')).page?.status).toBe(500);
    locking.mockRestore();
    expect(await statusOf()).toMatchObject({ kind: 'active' });
    expect(heading(await browser.submit(page, '/not-me'))).toBe('Tài khoản đã được khóa');
    expect(await statusOf()).toMatchObject({ kind: 'locked' });
  });

  it('needs the form of our own page', async () => {
    const browser = stranger();
    const page = await browser.follow(link);
    const refused = await browser.submit(page, '/not-me', { csrf: 'forged' });
    expect(refused.page?.status).toBe(403);
    expect(await statusOf()).toMatchObject({ kind: 'active' });
  });

  it('has ended after seven days, and one that never was looks the same', async () => {
    advance(7 * 86_400);
    for (const address of [link, '/not-me?token=unknown', '/not-me', '/not-me?token=a&token=b']) {
      const page = await stranger().follow(address);
      expect([page.page?.status, heading(page)]).toEqual([404, 'Liên kết không còn dùng được']);
    }
  });

  it('is kept by its hash alone', async () => {
    const rows = await provider.services.storage.collections.get('disowning_links')?.scan();
    const token = new URL(link).searchParams.get('token') ?? 'none';
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('stands in the letter about a change of password too', async () => {
    const owner = openBrowser(provider);
    const page = await openAccount(owner, '/account/password', who);
    advance(1);
    await owner.submit(page, '/account/password', {
      password: who.password,
      new_password: 'một câu dài mà không ai đoán ra',
    });
    await provider.application.deliveries.run();
    const letter = provider.letters.findLast(({ subject }) => subject.startsWith('Mật khẩu đã được đổi'));
    const [changed = ''] = /http\S+not-me\?token=[\w-]+/.exec(letter?.text ?? '') ?? [];
    const browser = stranger();
    const told = await browser.follow(changed);
    expect(textOf(told)).toContain('Mật khẩu tài khoản của bạn đã được đổi');
    await browser.submit(told, '/not-me');
    expect(await statusOf()).toMatchObject({ kind: 'locked', cause: 'reported' });
  });
});
