import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHistory } from '../../../src/audit/history.ts';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { textOf } from '../../support/visits.ts';
import { enter, ledTo } from '../account/console.ts';

const who = person('all-documents');

let provider: TestProvider;
let browser: TestBrowser;
let id: string;
beforeAll(async () => {
  provider = await startProvider();
  browser = openBrowser(provider);
  id = (await provider.services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
});
beforeEach(() => advance(61));
afterAll(async () => {
  vi.useRealTimers();
  await provider.close();
});

const statusOf = async () => (await provider.services.directory.get(id))?.status;

describe('the owner of an account', () => {
  it('finds the lock among the own settings', async () => {
    const page = await enter(browser, '/account/profile', who);
    expect(page.page?.text).toContain('href="/account/lock"');
  });

  it('has to prove all factors afresh before anything is locked', async () => {
    expect(await ledTo(browser, '/account/lock')).toContain('/authorize?');
    expect(heading(await enter(browser, '/account/lock', who))).toBe('Khóa tài khoản');
    advance(1000);
    expect(await ledTo(browser, '/account/lock')).toContain('prompt=login');
    expect(await statusOf()).toEqual({ kind: 'active' });
  });

  it('locks nothing by a form from elsewhere', async () => {
    await enter(browser, '/account/lock', who);
    const answer = await browser.agent
      .post('/account/lock')
      .set('Host', new URL(provider.issuer).host)
      .send('');
    expect(answer.status).toBe(403);
    expect(await statusOf()).toEqual({ kind: 'active' });
  });

  it('is told what will happen, locks, and is signed out here too', async () => {
    const page = await enter(browser, '/account/lock', who);
    expect(textOf(page)).toContain('Mọi thiết bị bị đăng xuất ngay, kể cả thiết bị này');
    const posted = await browser.post(page, '/account/lock');
    expect(posted.status).toBe(303);
    expect(posted.headers.location).toBe('/account/lock/done');
    const done = await browser.follow('/account/lock/done');
    expect(heading(done)).toBe('Đã khóa tài khoản');
    expect(done.page?.text).toContain('href="/recover"');
    expect(await statusOf()).toMatchObject({ kind: 'locked', cause: 'by_owner' });
    expect(await ledTo(browser, '/account')).toContain('/authorize?');
    const again = await browser.post(page, '/account/lock');
    expect(again.headers.location).toContain('/authorize?');
  });

  it('gets a letter, and reads in the activities later what happened', async () => {
    await provider.application.deliveries.run();
    expect(provider.letters.map(({ subject }) => subject).join()).toContain('Tài khoản đã bị khóa');
    const { storage, locks } = provider.services;
    const [latest] = await createHistory({ storage }).read(id, { limit: 1 });
    expect(latest?.event).toMatchObject({ kind: 'account.locked', detail: { cause: 'by_owner' } });
    advance(5);
    await locks.unlock(id, ['by_owner'], 'owner');
    advance(5);
    const list = textOf(await enter(browser, '/account/activity?kind=security', who));
    expect(list).toContain('Tài khoản bị khóa');
    expect(list).toContain('theo yêu cầu của chính bạn');
    expect(list).toContain('Tài khoản được mở khóa');
  });
});
