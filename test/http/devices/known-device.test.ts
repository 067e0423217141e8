import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heading, person, type TestBrowser, typePassword, type Visit } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { type Begun, pageOf, textOf } from '../../support/visits.ts';
import { enter } from '../account/console.ts';
import {
  atDevicePage,
  kindsOf,
  knownBrowser,
  lettersOf,
  newBrowser,
  numberOn,
  subjectOf,
} from './devices.ts';

describe('a new device that asks a known one', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let old: TestBrowser;
  const who = person('level-1');
  beforeEach(async () => {
    provider = await startProvider();
    rp = await register(provider);
    old = await knownBrowser(provider, rp, who);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const ask = async (browser: TestBrowser = newBrowser(provider)): Promise<Begun> => {
    const begun = await atDevicePage(provider, rp, who, browser);
    return { ...begun, visit: await browser.submit(begun.visit, '/device-ask') };
  };
  const numberIn = ({ visit }: Begun) => numberOn(visit.page?.text ?? '');
  const goOn = ({ browser, visit }: Begun): Promise<Visit> =>
    browser.follow(/href="(\/interaction\/[^"/]+)" data-go-on/.exec(visit.page?.text ?? '')?.[1] ?? '');
  const state = async ({ browser, visit }: Begun, from = browser) => {
    const address = /data-wait="([^"]+)"/.exec(visit.page?.text ?? '')?.[1] ?? '';
    return from.get(address);
  };
  /** The page on the known device, from the banner on "Trang chủ". */
  const look = async (browser = old): Promise<Visit> => {
    const home = await browser.follow('/account');
    const href = /href="(\/account\/devices\/requests\/[^"]+)"/.exec(home.page?.text ?? '')?.[1];
    if (href === undefined) throw new Error('no request is shown');
    return browser.follow(href);
  };
  const actionOf = ({ page }: Visit) => /action="[^"]*(\/requests\/[^"]+)"/.exec(page?.text ?? '')?.[1] ?? '';
  const choicesOn = ({ page }: Visit) =>
    [...(page?.text ?? '').matchAll(/name="number" value="(\d\d)"/g)].map(([, number]) => number ?? '');
  const choose = (visit: Visit, number: string) => old.submit(visit, actionOf(visit), { number });

  it('shows a number, and goes on once it was chosen there, with a letter before', async () => {
    const asked = await ask();
    expect((await state(asked)).body).toEqual({ waiting: true });
    expect(heading(await goOn(asked))).toBe('Thiết bị mới');
    const page = await look();
    expect(textOf(page)).toContain('Chrome trên Android');
    expect(textOf(page)).toContain('Cổng dịch vụ công Sở Mẫu');
    expect(choicesOn(page)).toContain(numberIn(asked));
    expect(heading(await choose(page, numberIn(asked)))).toBe('Đã xác nhận thiết bị');
    expect((await state(asked)).body).toEqual({ waiting: false });
    expect(pageOf(await goOn(asked))).toBe('left');
    expect((await lettersOf(provider)).at(-1)?.subject).toContain('Đăng nhập trên thiết bị mới');
    const [device] = await provider.services.devices.list(await subjectOf(provider, who));
    expect(device?.by).toBe('device');
  });

  it('is named on Thông báo and on the list of devices too', async () => {
    await ask();
    for (const path of ['/account/notices', '/account/devices']) {
      expect(textOf(await old.follow(path))).toContain('Xác nhận thiết bị mới');
    }
  });

  it('is refused at the first wrong number, and the right one comes too late', async () => {
    const asked = await ask();
    const page = await look();
    const wrong = choicesOn(page).find((number) => number !== numberIn(asked)) ?? '';
    expect(heading(await choose(page, wrong))).toBe('Đã từ chối thiết bị');
    const late = await choose(page, numberIn(asked));
    expect([late.page?.status, heading(late)]).toEqual([409, 'Yêu cầu không còn']);
    expect(textOf(await goOn(asked))).toContain('không xác nhận lần đăng nhập này');
    expect(await kindsOf(provider, who)).toContain('device.refused');
  });

  it('is not refused by a form without a number', async () => {
    const asked = await ask();
    const page = await look();
    expect((await old.submit(page, actionOf(page))).page?.status).toBe(422);
    expect(heading(await choose(page, numberIn(asked)))).toBe('Đã xác nhận thiết bị');
  });

  it('is worth nothing in another browser or another sign-in of the same person', async () => {
    const asked = await ask();
    const other = await ask();
    const page = await look();
    const mine = choicesOn(page).includes(numberIn(asked)) ? asked : other;
    const elsewhere = mine === asked ? other : asked;
    await choose(page, numberIn(mine));
    expect(heading(await goOn(elsewhere))).toBe('Thiết bị mới');
    expect((await state(mine, elsewhere.browser)).body).not.toEqual({ waiting: false });
    expect(pageOf(await goOn(mine))).toBe('left');
  });

  it('cannot be decided by somebody else, nor by a session in a device that was forgotten', async () => {
    const asked = await ask();
    const path = actionOf(await look());
    const stranger = await knownBrowser(provider, rp, person('child-5'));
    expect((await stranger.follow(`/account/devices${path}`)).page?.status).toBe(409);
    await provider.services.devices.removeAll(await subjectOf(provider, who));
    expect((await old.follow(`/account/devices${path}`)).page?.status).toBe(409);
    expect(heading(await goOn(asked))).toBe('Thiết bị mới');
  });

  it('ends with all other devices, also where it was confirmed and did not go on yet', async () => {
    const confirmed = await ask();
    expect(heading(await choose(await look(), numberIn(confirmed)))).toBe('Đã xác nhận thiết bị');
    const waiting = await ask();
    advance(120);
    await old.submit(await enter(old, '/account/devices/others', who), '/others');
    for (const asked of [confirmed, waiting]) {
      expect(textOf(await goOn(asked))).toContain('Thiết bị đã dùng không xác nhận');
      expect((await asked.browser.get('/account')).status).toBe(303);
    }
    expect(await provider.services.devices.list(await subjectOf(provider, who))).toHaveLength(1);
  });

  it('ends after ten minutes', async () => {
    const asked = await ask();
    const page = await look();
    advance(601);
    expect(heading(await choose(page, numberIn(asked)))).toBe('Yêu cầu không còn');
  });

  it('can ask only so often', async () => {
    for (let asked = 0; asked < 5; asked += 1) expect((await ask()).visit.page?.status).toBe(200);
    expect((await ask()).visit.page?.status).toBe(429);
  });

  it('"Không phải tôi" there ends every session and locks the account', async () => {
    const asked = await ask();
    const page = await look();
    const href = /href="([^"]+\/not-me)"/.exec(page.page?.text ?? '')?.[1] ?? '';
    const warning = await old.follow(href);
    expect(textOf(warning)).toContain('kể cả phiên này');
    const done = await old.submit(warning, '/not-me');
    expect(heading(done)).toBe('Tài khoản đã được khóa');
    const subject = await provider.services.directory.get(await subjectOf(provider, who));
    expect(subject?.status).toMatchObject({ kind: 'locked', cause: 'reported' });
    expect((await old.get('/account')).headers.location).toContain('/authorize');
    const proving = await goOn(asked);
    expect(pageOf(proving)).toBe('password');
    expect(heading(await typePassword(asked.browser, proving, who))).toBe('Tài khoản đang bị khóa');
    expect(await kindsOf(provider, who)).toContain('sign_in.disowned');
  });
});
