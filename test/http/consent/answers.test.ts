import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHistory } from '../../../src/audit/history.ts';
import { auditEvents } from '../../../src/audit/trail.ts';
import { openModel } from '../../../src/oidc/models.ts';
import { agree, openBrowser, person, signIn, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { answerOf, begin, pageOf, textOf } from '../../support/visits.ts';

describe('an answer to the consent page', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let browser: TestBrowser;
  let subject: string;
  let number = 0;
  const who = person('all-documents');
  beforeAll(async () => {
    const long = 100_000_000;
    provider = await startProvider({
      config: { session: { idle: long, absolute: long }, assurance: { idle: long, total: long } },
    });
    subject = (await provider.services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
    const first = await register(provider, { client_id: 'cong-dau-tien' });
    browser = openBrowser(provider);
    await signIn(browser, (await start(first, { acr_values: '2' })).url, who);
  });
  beforeEach(async () => {
    advance(31);
    number += 1;
    rp = await register(provider, { client_id: `cong-${number}` });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const ask = (parameters: Record<string, string> = {}) => begin(provider, rp, parameters, browser);
  const standing = () => provider.services.consents.find(subject, rp.clientId);
  const grants = async () =>
    (await openModel(provider.services.storage, 'Grant').find('subject', subject)).filter(
      ({ doc }) => doc.payload.clientId === rp.clientId,
    );
  const events = async () => {
    const rows = await createHistory(provider.services).read(subject, { limit: 1000 });
    return rows
      .filter(({ event }) => event.relying_party === rp.clientId && event.kind.startsWith('consent.'))
      .map(({ event }) => event.kind);
  };
  const received = async (started: Awaited<ReturnType<typeof ask>>['started'], left: URL | undefined) => {
    if (left === undefined) throw new Error('the person is still at the provider');
    return userInfo(started, await redeem(started, left));
  };

  it('that refuses all is access_denied, and nothing stands', async () => {
    const { started, visit } = await ask({ scope: 'openid profile email' });
    expect(answerOf(await browser.submit(visit, '/cancel'))).toEqual({
      error: 'access_denied',
      error_description: expect.any(String),
      state: started.checks.expectedState,
      iss: provider.issuer,
    });
    expect(await standing()).toBeUndefined();
    expect(await grants()).toEqual([]);
    expect(await events()).toEqual(['consent.refused']);
  });

  it('cannot leave out what is required', async () => {
    const { started, visit } = await ask({ scope: 'openid profile identity email' });
    const { left } = await browser.submit(visit, '/consent', { decision: 'agree', scope: ['email'] });
    expect(await received(started, left)).toMatchObject({
      name: who.subject.name,
      personal_number: who.subject.personal_number,
      email: who.subject.email?.address,
    });
  });

  it('cannot add what was not asked, nor invent anything', async () => {
    const { started, visit } = await ask({ scope: 'openid profile email' });
    const scope = ['email', 'phone', 'doc:health_record', 'offline_access', 'openid', '__proto__', 'x y'];
    const { left } = await browser.submit(visit, '/consent', { decision: 'agree', scope });
    expect(await received(started, left)).not.toHaveProperty('phone_number');
    expect(await standing()).toMatchObject({ granted: ['openid', 'profile', 'email'], refused: [] });
  });

  it('gives what was ticked and nothing else', async () => {
    const { started, visit } = await ask({
      scope: 'openid profile email phone doc:driving_licence doc:residence',
    });
    const info = await received(started, (await agree(browser, visit, ['phone', 'doc:residence'])).left);
    expect(info).toMatchObject({ phone_number: who.subject.phone?.number });
    expect(info.residence).toMatchObject([{ status: 'valid' }]);
    expect(info).not.toHaveProperty('email');
    expect(info).not.toHaveProperty('driving_licence');
  });

  it('about a single claim gives that claim alone', async () => {
    const claims = JSON.stringify({ userinfo: { phone_number: null, email: null } });
    const { started, visit } = await ask({ scope: 'openid profile', claims });
    expect(textOf(visit)).toContain('Số điện thoại');
    const info = await received(started, (await agree(browser, visit, ['phone'])).left);
    expect(info).toMatchObject({ phone_number: who.subject.phone?.number });
    expect(info).not.toHaveProperty('email');
  });

  it('is on record with what was on the page, under its grant', async () => {
    const { visit } = await ask({ scope: 'openid profile email doc:id_card', ui_locales: 'vi' });
    await agree(browser, visit);
    const [grant] = await grants();
    expect(await provider.services.grantContexts.find(grant?.id ?? '')).toEqual({
      subject,
      relying_party: rp.clientId,
      purposes: {
        profile: 'Biết người nộp hồ sơ là ai',
        email: 'Gửi kết quả',
        'doc:id_card': 'Thay bản sao căn cước',
      },
      documents: ['doc:id_card'],
      language: 'vi',
      shown: expect.stringContaining('Gửi kết quả'),
      decided_at: Date.now(),
    });
  });

  it('given twice by two clicks at once is one grant and one event', async () => {
    const { started, visit } = await ask({ scope: 'openid profile' });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => browser.post(visit, '/consent', { decision: 'agree' })),
    );
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect(await grants()).toHaveLength(1);
    expect(await events()).toEqual(['consent.given']);
    // The browser goes where the last answer leads it, which need not be that of the click that counted.
    const last = answers.find(({ headers }) => headers.location?.startsWith('/interaction/')) ?? answers[3];
    const { left } = await browser.follow(last?.headers.location ?? '');
    expect(await received(started, left)).toMatchObject({ name: who.subject.name });
  });

  it('that agrees and one that refuses at once: only the first counts', async () => {
    const { visit } = await ask({ scope: 'openid profile' });
    await Promise.all([
      browser.post(visit, '/consent', { decision: 'agree' }),
      browser.post(visit, '/cancel'),
    ]);
    const kinds = await events();
    expect(kinds).toHaveLength(1);
    expect(await grants()).toHaveLength(kinds[0] === 'consent.given' ? 1 : 0);
  });

  it('after the back button is a page that leads back to the portal, and changes nothing', async () => {
    const { visit } = await ask({ scope: 'openid profile email' });
    await agree(browser, visit);
    const before = await standing();
    const back = await agree(browser, visit, ['email']);
    expect(back.page?.status).toBe(400);
    expect(back.page?.text).toContain('href="https://portal.example/start"');
    expect(await standing()).toEqual(before);
    expect(await events()).toEqual(['consent.given']);
  });

  it('is not stored where it cannot be recorded, and can be given again', async () => {
    const { visit } = await ask({ scope: 'openid profile' });
    const { storage } = provider.services;
    const insert = vi
      .spyOn(storage.collection(auditEvents), 'insert')
      .mockRejectedValueOnce(new Error('the disk is full'));
    const failed = await agree(browser, visit);
    insert.mockRestore();
    expect(failed.page?.status).toBe(500);
    expect(await standing()).toBeUndefined();
    expect(await grants()).toEqual([]);
    expect(answerOf(await agree(browser, visit)).code).toBeDefined();
  });

  describe('to a question that has changed meanwhile', () => {
    const changed = async (change: () => Promise<unknown>, scope = 'openid profile email') => {
      const { visit } = await ask({ scope });
      await change();
      const shown = await agree(browser, visit, ['email', 'doc:driving_licence']);
      expect(pageOf(shown)).toBe('consent');
      expect(shown.page?.status).toBe(409);
      expect(textOf(shown)).toContain('Yêu cầu của cổng đã thay đổi trong lúc bạn xem');
      expect(await standing()).toBeUndefined();
      expect(await grants()).toEqual([]);
      expect(await events()).toEqual([]);
      return shown;
    };
    const reregister = (change: (scopes: object) => object) =>
      provider.services.registry.update(rp.clientId, (party) => ({
        ...party,
        scopes: change(party.scopes) as typeof party.scopes,
      }));
    const use = { required: false, purpose: { vi: 'Bán cho bên thứ ba' } };

    it.each([
      ['the purpose', { email: use }],
      ['whether it is required', { email: { ...use, required: true, purpose: { vi: 'Gửi kết quả' } } }],
      ['the legal basis', { email: { ...use, purpose: { vi: 'Gửi kết quả' }, legal_basis: 'Khác' } }],
    ])('in %s is no answer: the page is shown anew', async (_, scopes) => {
      const shown = await changed(() => reregister((before) => ({ ...before, ...scopes })));
      expect(answerOf(await agree(browser, shown, ['email'])).code).toBeDefined();
    });

    it('in a paper is no answer: the page is shown anew', async () => {
      const { holdings } = provider.services;
      const before = await holdings.get(subject, 'doc:driving_licence');
      if (before === undefined) throw new Error('there is no licence');
      await changed(
        () => holdings.put({ ...before, records: before.records.slice(0, 1) }),
        'openid profile doc:driving_licence',
      );
      await holdings.put(before);
    });

    it('in a scope that is gone comes to an end', async () => {
      const shown = await changed(() =>
        reregister((before) =>
          Object.fromEntries(Object.entries(before).filter(([scope]) => scope !== 'email')),
        ),
      );
      const answered = await agree(browser, shown, ['email']);
      expect(answerOf(answered).code).toBeDefined();
      expect((await standing())?.granted).toEqual(['openid', 'profile']);
    });

    it('only in when a registry was asked is an answer', async () => {
      const { holdings } = provider.services;
      const before = await holdings.get(subject, 'doc:driving_licence');
      if (before === undefined) throw new Error('there is no licence');
      const { visit } = await ask({ scope: 'openid doc:driving_licence' });
      await holdings.put({ ...before, synced_at: '2026-12-31T00:00:00Z' });
      expect(answerOf(await agree(browser, visit)).code).toBeDefined();
    });

    it.each(['', 'x'.repeat(43)])(
      'or to none, by a form of somebody’s own making (%j), is no answer',
      async (shown) => {
        const { visit } = await ask({ scope: 'openid profile' });
        const answered = await browser.submit(visit, '/consent', { decision: 'agree', shown });
        expect(answered.page?.status).toBe(409);
        expect(await standing()).toBeUndefined();
      },
    );
  });
});
