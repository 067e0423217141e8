import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import type { Authenticator, Bent } from '../../support/authenticator.ts';
import { agree, heading, person, typePassword } from '../../support/citizen.ts';
import { advance, startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { type Begun, begin, claimsOf as claimsIn, pageOf, textOf } from '../../support/visits.ts';
import { asked, enrolPasskey, usePasskey } from './account.ts';

const REFUSED = 'Không đăng nhập được bằng vân tay hoặc khuôn mặt';

describe('a sign-in by passkey', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let phone: Authenticator;
  const who = person('all-documents');
  beforeAll(async () => {
    provider = await startProvider();
    rp = await register(provider);
    phone = (await enrolPasskey(provider, who)).phone;
  });
  beforeEach(() => advance(91));
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const start = () => begin(provider, rp, { acr_values: '2', scope: 'openid' });
  const events = async (kind: string) =>
    (await provider.services.storage.collection(auditEvents).range('at', 0, Date.now() + 1))
      .map(({ doc }) => doc)
      .filter((event) => event.kind === kind);
  /** The claims of a sign-in that may stop to ask for consent. */
  const claimsOf = async ({ browser, started }: Begun, visit: Begun['visit']) =>
    claimsIn(started, pageOf(visit) === 'consent' ? await agree(browser, visit) : visit);
  async function refused(bent: Bent) {
    const { browser, visit } = await start();
    const answer = await usePasskey(browser, visit, phone, bent);
    expect(answer.page?.status).toBe(422);
    expect(textOf(answer)).toContain(REFUSED);
    return answer;
  }

  it.each<[string, Bent]>([
    ['of a site that looks like ours', { origin: 'http://localhost.evil.example' }],
    ['for another site', { rpId: 'evil.example' }],
    ['without the person verified', { verified: false }],
  ])('%s is refused', async (_, bent) => {
    await refused(bent);
  });

  it('with a counter that does not move on is refused, and the trail says what it looks like', async () => {
    const before = (await events('passkey.clone_suspected')).length;
    const { browser, visit } = await start();
    expect(pageOf(await usePasskey(browser, visit, phone, { counter: 1000 }))).not.toBe('password');
    await refused({ counter: 1000 });
    await refused({ counter: 999 });
    const now = await events('passkey.clone_suspected');
    expect(now).toHaveLength(before + 2);
    expect(now.at(-1)).toMatchObject({ detail: { name: 'Điện thoại của tôi' } });
    const again = await start();
    expect(pageOf(await usePasskey(again.browser, again.visit, phone, { counter: 1001 }))).not.toBe(
      'password',
    );
  });

  it('with a counter that goes back and no right signature says nothing about a clone', async () => {
    const before = (await events('passkey.clone_suspected')).length;
    const { browser, visit } = await start();
    const posted = JSON.parse(phone.get(asked(visit), { counter: 1 }));
    posted.response.signature = `${posted.response.signature.slice(0, -4)}AAAA`;
    const answer = await browser.submit(visit, '/passkey', { response: JSON.stringify(posted) });
    expect(answer.page?.status).toBe(422);
    expect(await events('passkey.clone_suspected')).toHaveLength(before);
  });

  it('answers a challenge once, and no other sign-in’s', async () => {
    const { browser, visit } = await start();
    const other = await start();
    const response = phone.get(asked(visit), { counter: 2000 });
    expect((await other.browser.submit(other.visit, '/passkey', { response })).page?.status).toBe(422);
    const tampered = phone.get(asked(visit), { counter: 2001, verified: false });
    expect((await browser.submit(visit, '/passkey', { response: tampered })).page?.status).toBe(422);
    // The challenge went with the first answer, wrong as it was.
    expect((await browser.submit(visit, '/passkey', { response })).page?.status).toBe(422);
  });

  it('five minutes late is refused, and the page then asks anew', async () => {
    const begun = await start();
    const { browser, visit } = begun;
    const response = phone.get(asked(visit), { counter: 3000 });
    advance(301);
    const late = await browser.submit(visit, '/passkey', { response });
    expect(late.page?.status).toBe(422);
    expect(asked(late).challenge).not.toBe(asked(visit).challenge);
    const done = await usePasskey(browser, late, phone, { counter: 3001 });
    expect((await claimsOf(begun, done)).acr).toBe('2');
  });

  it('of a passkey that nobody has answers as any other refusal', async () => {
    const stranger = (await enrolPasskey(await startProviderElsewhere(), who)).phone;
    const { browser, visit } = await start();
    const answer = await usePasskey(browser, visit, stranger);
    const ours = await refused({ verified: false });
    const bare = (text: string | undefined) =>
      (text ?? '').replace(/nonce="[^"]*"|data-\w+="[^"]*"|value="[^"]*"|\/interaction\/[\w-]+/g, '');
    expect(bare(answer.page?.text)).toBe(bare(ours.page?.text));
  });
  const elsewhere: TestProvider[] = [];
  async function startProviderElsewhere() {
    const other = await startProvider({ issuer: provider.issuer });
    elsewhere.push(other);
    return other;
  }
  afterAll(() => Promise.all(elsewhere.map((other) => other.close())));

  it('of another person is refused where somebody is known', async () => {
    const mother = person('mother');
    const first = await start();
    await claimsOf(first, await usePasskey(first.browser, first.visit, phone, { counter: 4000 }));
    const motherPhone = (await enrolPasskey(provider, mother)).phone;
    const again = await begin(provider, rp, { prompt: 'login', scope: 'openid' }, first.browser);
    expect(textOf(again.visit)).toContain('Xác nhận lại mật khẩu');
    const wrong = await usePasskey(again.browser, again.visit, motherPhone);
    expect(wrong.page?.status).toBe(422);
    expect(textOf(wrong)).toContain('Xác nhận lại mật khẩu');
  });

  it('alone is level 2, by two factors, and passes a demand for them', async () => {
    const begun = await begin(provider, rp, {
      scope: 'openid',
      claims: JSON.stringify({ id_token: { acr: { essential: true, value: '2' } } }),
    });
    const done = await usePasskey(begun.browser, begun.visit, phone, { counter: 5000 });
    expect(await claimsOf(begun, done)).toMatchObject({ acr: '2', amr: ['pop', 'user', 'mfa'] });
  });

  it('is the second step as well, after a password', async () => {
    const begun = await start();
    const { browser, visit } = begun;
    const second = await typePassword(browser, visit, who);
    expect(pageOf(second)).toBe('totp');
    const done = await usePasskey(browser, second, phone, { counter: 6000 });
    expect(await claimsOf(begun, done)).toMatchObject({ acr: '2', amr: ['pwd', 'pop', 'user', 'mfa'] });
  });

  it('into a locked account shows why, and only to who has it', async () => {
    const { credentials, directory } = provider.services;
    const officer = person('officer');
    const found = await directory.findByNumber(officer.subject.personal_number);
    const { phone: hers } = await enrolPasskey(provider, officer);
    const id = found?.id ?? '';
    expect((await credentials.get(id)).passkeys).toHaveLength(1);
    await directory.update(id, (subject) => ({
      ...subject,
      status: { kind: 'locked', cause: 'reported', since: new Date().toISOString() },
    }));
    const { browser, visit } = await start();
    const wrong = await usePasskey(browser, visit, hers, { verified: false });
    expect(textOf(wrong)).toContain(REFUSED);
    const right = await usePasskey(browser, wrong, hers);
    expect(right.page?.status).toBe(403);
    expect(heading(right)).toBe('Tài khoản đang bị khóa');
  });

  it('guessed at too often has to wait', async () => {
    const throttled = await startProvider({
      config: { throttle: { passkey_address: [{ attempts: 2, seconds: 900 }] } },
    });
    elsewhere.push(throttled);
    const party = await register(throttled);
    const { browser, visit } = await begin(throttled, party, { scope: 'openid' });
    const statuses: (number | undefined)[] = [];
    for (let time = 0; time < 3; time += 1) {
      statuses.push((await browser.submit(visit, '/passkey', { response: '{}' })).page?.status);
    }
    expect(statuses).toEqual([422, 422, 429]);
  });

  it('is hidden from a browser that runs no script', async () => {
    const { visit } = await start();
    expect(visit.page?.text).toMatch(/<form method="post" action="[^"]*\/passkey" hidden/);
  });
});
