import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createHistory } from '../../../src/audit/history.ts';
import { outboxRows } from '../../../src/outbox/outbox.ts';
import { heading, openBrowser, person, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { pageOf, textOf } from '../../support/visits.ts';
import { enter, ledTo, signedIn } from '../account/console.ts';
import { obtainTokens, silently } from '../protocol/flow.ts';

const PATH = '/account/notices/preferences';
const OPEN = `${PATH}/change`;
const ALL = ['papers', 'sign_ins', 'consents'];
const DOCUMENTS = 'openid profile doc:id_card doc:driving_licence';

describe('notification settings', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider, { secretBasic: true });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const idOf = async (key: string): Promise<string> =>
    (await provider.services.directory.findByNumber(person(key).subject.personal_number))?.id ?? '';
  const choiceOf = async (key: string) => (await provider.services.preferences.get(await idOf(key))).notices;
  const choose = async (browser: TestBrowser, notice: string[]) =>
    browser.submit(await browser.follow(PATH), PATH, { notice });
  const kindsTo = async (key: string): Promise<string[]> => {
    const id = await idOf(key);
    const rows = await provider.services.storage.collection(outboxRows).scan({ limit: 500 });
    return rows.filter(({ doc }) => doc.subject === id).map(({ doc }) => doc.letter.kind);
  };
  /** What goes to somebody because of an act; letters of before have left. */
  const lettersOf = async (key: string, act: () => Promise<unknown>): Promise<string[]> => {
    await provider.application.deliveries.run();
    expect(await kindsTo(key)).toEqual([]);
    const before = provider.letters.length;
    await act();
    await provider.application.deliveries.run();
    return provider.letters.slice(before).map(({ subject }) => subject.split(' / ')[0] ?? '');
  };
  const connect = (key: string, browser = openBrowser(provider)) =>
    obtainTokens(provider, rp, person(key), {
      browser,
      parameters: { scope: DOCUMENTS, prompt: 'consent' },
      optional: ['doc:driving_licence'],
    });

  it('are not shown to nobody, and change nothing without the form’s token', async () => {
    const browser = openBrowser(provider);
    expect(await ledTo(browser, PATH)).toContain('/authorize');
    const owner = await signedIn(provider, person('mother'), OPEN);
    const answer = await owner.agent
      .post(PATH)
      .set('Host', new URL(provider.issuer).host)
      .set('Origin', 'https://elsewhere.example')
      .type('form')
      .send('notice=sign_ins');
    expect(answer.status).toBe(403);
    expect((await choiceOf('mother')).sign_ins).toBe(false);
  });

  it('at level 1 of a level 2 account are shown, and a posted form changes nothing', async () => {
    const browser = await signedIn(provider, person('officer'));
    const visit = await browser.follow(PATH);
    expect(visit.page?.text).not.toContain('type="checkbox"');
    expect(textOf(visit)).toContain('cần đăng nhập mức độ 2');
    const csrf = /name="csrf" value="([^"]+)"/.exec(visit.page?.text ?? '')?.[1] ?? '';
    const posted = await browser.agent
      .post(PATH)
      .set('Host', new URL(provider.issuer).host)
      .set('Origin', provider.issuer)
      .type('form')
      .redirects(0)
      .send(`csrf=${encodeURIComponent(csrf)}`);
    expect(posted.status).toBe(303);
    expect(posted.headers.location).toContain('/authorize');
    expect(await choiceOf('officer')).toEqual({ papers: true, sign_ins: false, consents: true });
  });

  it('say where letters go, and that those about security cannot be switched off', async () => {
    const browser = await signedIn(provider, person('officer'), OPEN);
    const visit = await browser.follow(PATH);
    const html = visit.page?.text ?? '';
    expect(heading(visit)).toBe('Cài đặt thông báo');
    expect(textOf(visit)).toContain('thanh.tam@congdan.example');
    expect(textOf(visit)).toMatch(/30 và 7 ngày trước/);
    expect(html.match(/type="checkbox"/g)).toHaveLength(3);
    expect(html.match(/<input[^>]* checked/g)).toHaveLength(2);
    expect(textOf(visit)).toMatch(/Luôn được gửi.*Mật khẩu và cách đăng nhập thay đổi/);
  });

  it('are kept, told to be, and stand in Hoạt động', async () => {
    const browser = await signedIn(provider, person('officer'), OPEN);
    const answer = await browser.post(await browser.follow(PATH), PATH, { notice: ['sign_ins', 'nonsense'] });
    expect([answer.status, answer.headers.location]).toEqual([303, `${PATH}?saved=1`]);
    expect(textOf(await browser.follow(`${PATH}?saved=1`))).toContain('đã được lưu');
    expect(await choiceOf('officer')).toEqual({ papers: false, sign_ins: true, consents: false });
    const activity = textOf(await browser.follow('/account/activity?kind=security'));
    expect(activity).toMatch(
      /Đổi cài đặt thông báo Đang bật Mọi lần đăng nhập.* Đang tắt Giấy tờ sắp hết hạn; Sự đồng ý/,
    );
    await choose(browser, []);
    expect(await choiceOf('officer')).toEqual({ papers: false, sign_ins: false, consents: false });
    expect(await choiceOf('all-documents')).toEqual({ papers: true, sign_ins: false, consents: true });
  });

  it('of somebody without a confirmed address say that nothing is sent', async () => {
    const { directory } = provider.services;
    const id = await idOf('mother');
    const before = await directory.get(id);
    await directory.update(id, ({ email: _, ...subject }) => subject);
    const browser = await signedIn(provider, person('mother'));
    expect(textOf(await browser.follow(PATH))).toContain('chưa có thư nào được gửi');
    await directory.update(id, (subject) => ({
      ...subject,
      ...(before?.email ? { email: before.email } : {}),
    }));
  });

  it('decide whether a consent, and its withdrawal, is told by letter, with the documents by name', async () => {
    const who = 'all-documents';
    const browser = openBrowser(provider);
    expect(await lettersOf(who, () => connect(who, browser))).toEqual(['Bạn đã đồng ý chia sẻ thông tin']);
    const letter = provider.letters.at(-1);
    expect(letter?.to.address).toBe('bich.ngoc@congdan.example');
    expect(letter?.text).toContain('Thẻ căn cước, Giấy phép lái xe');
    expect(letter?.text).toContain(`${provider.issuer}/account/portals`);
    expect(letter?.text).not.toMatch(/\d{12}/);
    // The standing decision answers: nothing was decided, nothing is told.
    expect(await lettersOf(who, () => silently(browser, rp))).toEqual([]);

    const one = `/account/portals/${rp.clientId}/withdraw?scope=doc%3Adriving_licence`;
    const all = `/account/portals/${rp.clientId}/withdraw`;
    const withdraw = async (path: string) => browser.submit(await enter(browser, path, person(who)), path);
    expect(await lettersOf(who, () => withdraw(one))).toEqual(['Bạn đã rút lại sự đồng ý']);
    expect(provider.letters.at(-1)?.text).toContain('Giấy phép lái xe');
    expect(await lettersOf(who, () => withdraw(all))).toEqual(['Bạn đã rút lại sự đồng ý']);
    expect(provider.letters.at(-1)?.text).toContain('Tất cả');

    const owner = await signedIn(provider, person(who), OPEN);
    await choose(owner, ['papers']);
    expect(await lettersOf(who, () => connect(who))).toEqual([]);
    await choose(owner, ['papers', 'consents']);
  });

  it('where every sign-in is wanted, tell of each that was proved, and of none that was not', async () => {
    const who = 'level-1';
    const signIn = () => obtainTokens(provider, rp, person(who), { browser: openBrowser(provider) });
    await signIn();
    expect(await lettersOf(who, signIn)).toEqual([]);
    const owner = await signedIn(provider, person(who), OPEN);
    await choose(owner, ALL);
    expect(await lettersOf(who, signIn)).toEqual(['Đăng nhập vào tài khoản của bạn']);
    const letter = provider.letters.at(-1);
    expect(letter?.text).toContain('Cổng dịch vụ: Cổng dịch vụ công Sở Mẫu');
    expect(letter?.text).not.toMatch(/https?:/);
    const { browser } = await signIn();
    expect(await lettersOf(who, () => silently(browser, rp))).toEqual([]);
  });

  it('keep the language of the account’s pages for letters', async () => {
    const who = 'all-documents';
    const browser = await signedIn(provider, person(who));
    const languageOf = async () => (await provider.services.preferences.get(await idOf(who))).language;
    expect(await languageOf()).toBe('vi');
    await browser.follow('/account/profile?language=en');
    expect(await languageOf()).toBe('en');
    await lettersOf(who, () => connect(who));
    expect(provider.letters.at(-1)?.subject).toMatch(/^You agreed to share information/);
    await browser.follow('/account/profile?language=vi');
    expect(await languageOf()).toBe('vi');
  });

  it('are reached from Thông báo', async () => {
    const browser = await signedIn(provider, person('level-1'));
    const visit = await browser.follow('/account/notices');
    expect(visit.page?.text).toContain(`href="${PATH}"`);
    expect(pageOf(await browser.follow(PATH))).not.toBe('404');
    advance(1);
    const events = await createHistory(provider.services).read(await idOf('level-1'), { limit: 50 });
    expect(events.some(({ event }) => event.kind === 'preferences.changed')).toBe(true);
  });
});
