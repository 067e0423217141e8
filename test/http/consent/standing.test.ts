import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree, openBrowser, person, signIn, type TestBrowser } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { redeem, register, start, type TestRelyingParty, userInfo } from '../../support/relying-parties.ts';
import { begin, pageOf } from '../../support/visits.ts';

describe('what a person decided', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let browser: TestBrowser;
  let subject: string;
  let number = 0;
  const who = person('all-documents');
  const opened = async () => {
    const one = openBrowser(provider);
    const first = await provider.services.registry.get('cong-dau-tien');
    if (first === undefined) throw new Error('there is no first portal');
    advance(31);
    await signIn(one, (await start(entrance, { acr_values: '2' })).url, who);
    return one;
  };
  let entrance: TestRelyingParty;
  beforeAll(async () => {
    const long = 100_000_000;
    provider = await startProvider({
      config: { session: { idle: long, absolute: long }, assurance: { idle: long, total: long } },
    });
    subject = (await provider.services.directory.findByNumber(who.subject.personal_number))?.id ?? '';
    entrance = await register(provider, { client_id: 'cong-dau-tien' });
    browser = await opened();
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

  const standing = () => provider.services.consents.find(subject, rp.clientId);
  const decide = async (
    parameters: Record<string, string>,
    optional: string[] = [],
    on: TestBrowser = browser,
  ) => {
    const { started, visit } = await begin(provider, rp, parameters, on);
    const { left } = pageOf(visit) === 'consent' ? await agree(on, visit, optional) : visit;
    if (left === undefined) throw new Error('the person is still at the provider');
    return { started, tokens: await redeem(started, left) };
  };
  const info = ({ started, tokens }: Awaited<ReturnType<typeof decide>>) => userInfo(started, tokens);

  it('is kept beside what is decided about other things', async () => {
    await decide({ scope: 'openid profile email phone' }, ['email']);
    await decide({ scope: 'openid profile address doc:residence' }, ['doc:residence']);
    expect(await standing()).toMatchObject({
      granted: expect.arrayContaining(['openid', 'profile', 'email', 'doc:residence']),
      refused: expect.arrayContaining(['phone', 'address']),
    });
    const { visit } = await begin(provider, rp, { scope: 'openid profile email phone address' }, browser);
    expect(pageOf(visit)).toBe('left');
  });

  it('is not handed over where it was not asked this time', async () => {
    await decide({ scope: 'openid profile email phone' }, ['email', 'phone']);
    expect(await info(await decide({ scope: 'openid profile' }))).not.toHaveProperty('email');
  });

  it('never lives longer for a decision about other things', async () => {
    await decide({ scope: 'openid profile email' }, ['email']);
    const first = (await standing())?.expires_at;
    advance(86_400 * 100);
    await decide({ scope: 'openid phone' }, ['phone']);
    expect((await standing())?.expires_at).toBe(first);
  });

  it('can be taken back by ticking less the next time, also for what is out already', async () => {
    const before = await decide({ scope: 'openid profile email' }, ['email']);
    expect(await info(before)).toHaveProperty('email');
    const after = await decide({ scope: 'openid profile email', prompt: 'consent' });
    expect(await info(after)).not.toHaveProperty('email');
    const old = await info(before).catch((error: unknown) => error);
    expect(old).not.toHaveProperty('email');
  });

  it('more narrowly on one device ends what was broader on another', async () => {
    const phone = await opened();
    const onPhone = await decide({ scope: 'openid profile email' }, ['email'], phone);
    expect(await info(onPhone)).toHaveProperty('email');
    await decide({ scope: 'openid profile email', prompt: 'consent' });
    await expect(info(onPhone)).rejects.toThrow();
    const again = await decide({ scope: 'openid profile email' }, [], phone);
    expect(await info(again)).not.toHaveProperty('email');
  });

  it('more broadly on one device leaves what was handed out on another', async () => {
    const phone = await opened();
    const onPhone = await decide({ scope: 'openid profile' }, [], phone);
    await decide({ scope: 'openid profile email', prompt: 'consent' }, ['email']);
    expect(await info(onPhone)).toMatchObject({ name: who.subject.name });
    expect(await info(onPhone)).not.toHaveProperty('email');
  });

  it('for one portal says nothing about another', async () => {
    await decide({ scope: 'openid profile email' }, ['email']);
    const other = await register(provider, { client_id: `cong-khac-${number}` });
    expect(pageOf((await begin(provider, other, { scope: 'openid profile email' }, browser)).visit)).toBe(
      'consent',
    );
  });

  it('by one person says nothing about another', async () => {
    await decide({ scope: 'openid profile' });
    const { visit, browser: theirs } = await begin(provider, rp, { scope: 'openid profile' });
    const guardian = person('guardian');
    const next = await theirs.submit(visit, '/password', {
      personal_number: guardian.subject.personal_number,
      password: guardian.password,
    });
    expect(pageOf(next)).toBe('consent');
  });

  it('stands on a new device and after the browser forgot everything', async () => {
    await decide({ scope: 'openid profile email' }, ['email']);
    const elsewhere = await opened();
    const { visit } = await begin(provider, rp, { scope: 'openid profile email' }, elsewhere);
    expect(pageOf(visit)).toBe('left');
  });

  it('survives a sign-out', async () => {
    const own = await opened();
    const { tokens } = await decide({ scope: 'openid profile email' }, ['email'], own);
    const asked = await own.follow(`/logout?id_token_hint=${tokens.id_token}`);
    await own.submit(asked, '/logout/confirm', { logout: 'yes' });
    advance(31);
    const { started, visit } = await begin(provider, rp, { scope: 'openid profile email' }, own);
    expect(pageOf(visit)).toBe('password');
    await signIn(own, started.url, who);
    expect((await standing())?.withdrawn_at).toBeUndefined();
    expect(pageOf((await begin(provider, rp, { scope: 'openid profile email' }, own)).visit)).toBe('left');
  });
});
