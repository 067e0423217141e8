import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree, heading, person, typeCode, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, pageOf, textOf } from '../../support/visits.ts';
import { signedIn } from '../account/console.ts';
import { enrolPasskey, usePasskey } from '../factors/account.ts';
import {
  atDevicePage,
  kindsOf,
  knownBrowser,
  lastCode,
  lettersOf,
  newBrowser,
  subjectOf,
  wrong,
} from './devices.ts';

const TITLE = 'Thiết bị mới';

describe('a sign-in in a browser that is not known', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  const who = person('level-1');
  beforeEach(async () => {
    provider = await startProvider();
    rp = await register(provider);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await provider.close();
  });
  const page = () => atDevicePage(provider, rp, who);

  it('passes where the account never had one, without a page and without a letter', async () => {
    const { visit } = await page();
    expect(pageOf(visit)).toBe('consent');
    expect(await lettersOf(provider)).toEqual([]);
    const [device] = await provider.services.devices.list(await subjectOf(provider, who));
    expect(device).toMatchObject({ by: 'first', name: 'Chrome trên Android' });
  });

  it('stops at a page that says so, and sends one code however often the page is shown', async () => {
    await knownBrowser(provider, rp, who);
    const { browser, visit } = await page();
    expect(heading(visit)).toBe(TITLE);
    expect(textOf(visit)).toContain('v•••@congdan.example');
    const address = visit.page?.request.url ?? '';
    await Promise.all([browser.get(address), browser.get(address)]);
    expect((await lettersOf(provider)).filter(({ subject }) => subject.startsWith('Mã'))).toHaveLength(1);
  });

  it('goes on after the code, once it is told of by letter, and is known from then on', async () => {
    await knownBrowser(provider, rp, who);
    const { browser, visit } = await page();
    const done = await browser.submit(visit, '/device-code', { code: ` ${await lastCode(provider)} ` });
    expect(pageOf(done)).toBe('left');
    const letter = (await lettersOf(provider)).at(-1);
    expect(letter?.subject).toContain('Đăng nhập trên thiết bị mới');
    expect(letter?.text).toContain('Chrome trên Android');
    expect(letter?.text).toContain('Cổng dịch vụ công Sở Mẫu');
    expect(letter?.text.match(/https?:\/\/\S+/g)?.every((link) => link.startsWith(provider.issuer))).toBe(
      true,
    );
    expect(await kindsOf(provider, who)).toContain('device.confirmed');
    await browser
      .follow('/logout')
      .then((asked) => browser.submit(asked, '/logout/confirm', { logout: 'yes' }));
    const again = await begin(provider, rp, {}, browser);
    expect(pageOf(await typePassword(browser, again.visit, who))).toBe('left');
  });

  it('takes neither a wrong code nor the code of another sign-in', async () => {
    await knownBrowser(provider, rp, who);
    const first = await page();
    const code = await lastCode(provider);
    const refused = await first.browser.submit(first.visit, '/device-code', { code: wrong(code) });
    expect([refused.page?.status, heading(refused)]).toEqual([422, TITLE]);
    const second = await page();
    expect(await lastCode(provider)).not.toBe(code);
    const elsewhere = await second.browser.submit(second.visit, '/device-code', { code });
    expect([elsewhere.page?.status, heading(elsewhere)]).toEqual([422, TITLE]);
    expect(pageOf(await first.browser.submit(refused, '/device-code', { code }))).toBe('left');
  });

  it('takes no code that went to an address which is on record no more', async () => {
    await knownBrowser(provider, rp, who);
    const { browser, visit } = await page();
    const code = await lastCode(provider);
    const id = await subjectOf(provider, who);
    await provider.services.directory.update(id, (subject) => ({
      ...subject,
      email: { address: 'moi@congdan.example', verified: true },
    }));
    const answer = await browser.submit(visit, '/device-code', { code });
    expect(answer.page?.status).toBe(422);
    const again = await browser.submit(answer, '/device-code-again');
    expect(heading(again)).toBe(TITLE);
    expect(pageOf(await browser.submit(again, '/device-code', { code: await lastCode(provider) }))).toBe(
      'left',
    );
  });

  it('takes a code once: the same one does not open a second sign-in in the same browser', async () => {
    await knownBrowser(provider, rp, who);
    const { browser, visit } = await page();
    const code = await lastCode(provider);
    await browser.submit(visit, '/device-code', { code });
    await provider.services.devices.removeAll(await subjectOf(provider, who));
    const again = await atDevicePage(provider, rp, who);
    expect((await again.browser.submit(again.visit, '/device-code', { code })).page?.status).toBe(422);
  });

  it('says that a code has ended, and sends another that alone counts', async () => {
    await knownBrowser(provider, rp, who);
    const { browser, visit } = await page();
    const old = await lastCode(provider);
    advance(601);
    const late = await browser.submit(visit, '/device-code', { code: old });
    expect(textOf(late)).toContain('Mã đã hết hạn');
    const resent = await browser.submit(late, '/device-code-again');
    expect(heading(resent)).toBe(TITLE);
    const done = await browser.submit(resent, '/device-code', { code: await lastCode(provider) });
    expect(pageOf(done)).toBe('left');
  });

  it('sends no more codes than the mailbox should bear', async () => {
    await knownBrowser(provider, rp, who);
    const { browser, visit } = await page();
    let answer = visit;
    for (let sent = 1; sent < 5; sent += 1) answer = await browser.submit(visit, '/device-code-again');
    expect(heading(answer)).toBe(TITLE);
    expect((await browser.submit(visit, '/device-code-again')).page?.status).toBe(429);
    expect((await lettersOf(provider)).filter(({ subject }) => subject.startsWith('Mã'))).toHaveLength(5);
    // A further sign-in shows the page, and when there may be another.
    expect(textOf((await page()).visit)).toContain('Đã gửi quá nhiều mã');
  });

  it('holds up who guesses, and locks the account when it goes on for hours', async () => {
    await knownBrowser(provider, rp, who);
    const guess = async (times: number) => {
      const { browser, visit } = await page();
      const bad = wrong(await lastCode(provider));
      let answer = visit;
      for (let made = 0; made < times; made += 1)
        answer = await browser.submit(visit, '/device-code', { code: bad });
      return answer;
    };
    expect((await guess(7)).page?.status).toBe(429);
    for (let round = 1; round < 5; round += 1) {
      advance(901);
      expect(heading(await guess(6))).toBe(TITLE);
    }
    advance(901);
    const answer = await guess(1);
    expect(answer.page?.status).toBe(403);
    expect(heading(answer)).toBe('Tài khoản đang bị khóa');
    const subject = await provider.services.directory.get(await subjectOf(provider, who));
    expect(subject?.status).toMatchObject({ kind: 'locked', cause: 'too_many_failures' });
  });

  it('proves nothing by the device cookie alone', async () => {
    const known = await knownBrowser(provider, rp, who);
    expect(known.agent.jar.getCookie('device', { path: '/', domain: 'localhost' } as never)).toBeDefined();
    const thief = newBrowser(provider);
    thief.agent.jar.setCookie('device=known-in-tests-known-in-tests-known-in-test', 'localhost', '/');
    const { visit } = await begin(provider, rp, {}, thief);
    expect(pageOf(visit)).toBe('password');
  });

  it('gives a browser a long-lived cookie of its own, also over one that is no token', async () => {
    const browser = newBrowser(provider);
    browser.agent.jar.setCookie('device=planted', 'localhost', '/');
    const { visit } = await begin(provider, rp, {}, browser);
    const cookie = [visit.page?.headers['set-cookie'] ?? []].flat().find((one) => one.startsWith('device='));
    expect(cookie).toMatch(/^device=[\w-]{43}; path=\/; expires=[^;]+; samesite=lax; httponly$/);
  });

  it('lets a passkey confirm it, and tells of it', async () => {
    const holder = person('all-documents');
    const { phone } = await enrolPasskey(provider, holder);
    const browser = newBrowser(provider);
    const { visit } = await begin(provider, rp, {}, browser);
    expect(pageOf(await usePasskey(browser, visit, phone))).toBe('consent');
    expect((await lettersOf(provider)).at(-1)?.subject).toContain('Đăng nhập trên thiết bị mới');
    const devices = await provider.services.devices.list(await subjectOf(provider, holder));
    expect(devices.map(({ by }) => by)).toEqual(['passkey', 'first']);
  });

  it('asks after the second factor, never instead of it', async () => {
    const holder = person('all-documents');
    await knownBrowser(provider, rp, holder);
    const browser = newBrowser(provider);
    const { visit } = await begin(provider, rp, { scope: 'openid profile doc:id_card' }, browser);
    const second = await typePassword(browser, visit, holder);
    expect(pageOf(second)).toBe('totp');
    expect(heading(await typeCode(browser, second, holder))).toBe(TITLE);
  });

  it('is not asked again for a step up in a session that was made in a known browser', async () => {
    const holder = person('all-documents');
    const browser = await signedIn(provider, holder);
    browser.agent.jar.setCookie('device=another-token-another-token-another-token1', 'localhost', '/');
    const { visit } = await begin(provider, rp, { scope: 'openid profile doc:id_card' }, browser);
    const consent = await typeCode(browser, visit, holder);
    expect(pageOf(await agree(browser, consent))).toBe('left');
  });

  describe('of a person without a confirmed address', () => {
    const unconfirm = async (holder: typeof who) => {
      await provider.services.directory.update(await subjectOf(provider, holder), (subject) => ({
        ...subject,
        email: { address: 'chua.xac.nhan@congdan.example', verified: false },
      }));
    };

    it('who has neither a device nor a second factor leads to the counter and back to the portal', async () => {
      await knownBrowser(provider, rp, who);
      await unconfirm(who);
      await provider.services.devices.removeAll(await subjectOf(provider, who));
      const { browser, visit } = await page();
      expect(heading(visit)).toBe('Chưa xác nhận được thiết bị này');
      expect(await lettersOf(provider)).toEqual([]);
      const back = await browser.submit(visit, '/cancel');
      expect(back.left?.searchParams.get('error')).toBe('access_denied');
    });

    it.each(['signed out', 'lost'])(
      'is confirmed by the second factor when the old one is %s',
      async (old) => {
        const holder = person('all-documents');
        await knownBrowser(provider, rp, holder);
        await unconfirm(holder);
        if (old === 'signed out')
          await provider.services.devices.removeAll(await subjectOf(provider, holder));
        const { browser, visit } = await atDevicePage(provider, rp, holder);
        expect(pageOf(visit)).toBe('totp');
        expect(pageOf(await typeCode(browser, visit, holder))).toBe('left');
        const [device] = await provider.services.devices.list(await subjectOf(provider, holder));
        expect(device?.by).toBe('second_factor');
      },
    );

    it('is not asked for a code that could not arrive', async () => {
      await knownBrowser(provider, rp, who);
      await unconfirm(who);
      const { visit } = await page();
      expect(heading(visit)).toBe(TITLE);
      expect(visit.page?.text).not.toContain('/device-code"');
      expect(await lettersOf(provider)).toEqual([]);
    });
  });
});
