import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { auditEvents } from '../../../src/audit/trail.ts';
import { person, signIn, typePassword } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { begin, textOf } from '../../support/visits.ts';
import { idOf, lettersOf, mui, numberOf } from '../ceremony/ceremony.ts';
import { runPerson } from './people.ts';

const an = person('level-1');
const moved = person('guardian');
const late = person('officer');

let provider: TestProvider;
let rp: TestRelyingParty;
let began: number;
beforeAll(async () => {
  provider = await startProvider();
  rp = await register(provider);
});
afterAll(async () => {
  vi.useRealTimers();
  await provider.close();
});
beforeEach(() => {
  began = Date.now();
});

const about = (who: typeof an, ...args: string[]) => runPerson(provider, numberOf(who), args);
const subjectOf = async (who: typeof an) => provider.services.directory.get(await idOf(provider, who));
const events = async (kind: string) =>
  (await provider.services.storage.collection(auditEvents).range('at', began, Date.now() + 1))
    .map(({ doc }) => doc)
    .filter((event) => event.kind === kind);
const sent = async () => (await lettersOf(provider)).filter(({ date }) => date >= began);

describe('person', () => {
  it('takes no number as an argument, refuses what is none, and says that nobody has it', async () => {
    for (const command of ['show', 'activate', 'lock', 'unlock', 'close', 'contact']) {
      const { code, err } = await runPerson(provider, '', [command, numberOf(an)]);
      expect([command, code]).toEqual([command, 2]);
      expect(err).toContain('too many arguments');
    }
    expect(await runPerson(provider, '12', ['show'])).toMatchObject({ code: 2, out: '' });
    const unknown = await runPerson(provider, '098000000000', ['show', '--json']);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('nobody has this personal number');
    expect(unknown.err).not.toContain('098000000000');
  });

  it('alone lists its commands', async () => {
    const { code, out, err } = await runPerson(provider, '', []);
    expect(code).toBe(0);
    for (const command of ['import', 'show', 'activate', 'contact', 'lock', 'unlock', 'close', 'count'])
      expect(out + err).toMatch(new RegExp(`^  ${command} `, 'm'));
  });
});

describe('person show', () => {
  it('shows how an account stands, and neither number, name, address nor paper', async () => {
    const who = person('all-documents');
    const { code, out } = await about(who, 'show', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      status: { kind: 'active' },
      holder_type: 'citizen',
      level: 2,
      email: { confirmed: true },
      factors: { password: true, totp: true, passkeys: 0 },
      letter_until: null,
      devices: 0,
    });
    const text = out + (await about(who, 'show')).out;
    const { email, name, personal_number, phone } = who.subject;
    for (const secret of [personal_number, name, email?.address, phone?.number, who.totpSecret, '$argon2'])
      expect(text).not.toContain(secret);
  });
});

describe('person lock', () => {
  it('wants a reason that a page can show and a trail can keep', async () => {
    for (const reason of [[], ['--reason', ' '], ['--reason', 'a\nb'], ['--reason', 'x'.repeat(201)]])
      expect(await about(an, 'lock', ...reason)).toMatchObject({ code: 2, out: '' });
    for (const number of ['098 096 000 001', '０９８０９６０００００１', '098–096–000–001']) {
      const numbered = await about(an, 'lock', '--reason', `Số ${number}`);
      expect(numbered.err, number).toContain('personal number');
    }
    expect((await subjectOf(an))?.status).toEqual({ kind: 'active' });
  });

  it('ends the session, shows its reason after the password, and unlocking brings no session back', async () => {
    const first = await begin(provider, rp);
    await signIn(first.browser, first.started.url, an);
    expect((await first.browser.get('/account')).status).toBe(200);
    const reason = 'Theo đề nghị của Công an phường <b>';
    expect(await about(an, 'lock', '--reason', reason, '--json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('"locked": true'),
    });
    expect((await first.browser.get('/account')).status).not.toBe(200);
    const again = await begin(provider, rp);
    const page = await typePassword(again.browser, again.visit, an);
    expect(page.page?.status).toBe(403);
    expect(textOf(page)).toContain('Theo đề nghị của Công an phường');
    expect(await events('account.locked')).toMatchObject([{ detail: { cause: 'by_administrator', reason } }]);

    expect(await about(an, 'lock', '--reason', 'lần nữa')).toMatchObject({ code: 2 });
    expect(await about(an, 'unlock', '--reason', 'đã xác minh')).toMatchObject({ code: 0 });
    expect((await subjectOf(an))?.status).toEqual({ kind: 'active' });
    expect(await events('account.unlocked')).toMatchObject([{ detail: { reason: 'đã xác minh' } }]);
    expect((await first.browser.get('/account')).status).not.toBe(200);
    expect(await about(an, 'unlock', '--reason', 'lần nữa')).toMatchObject({ code: 2 });
  });

  it('stands above every other lock, and its unlocking ends any of them', async () => {
    const id = await idOf(provider, an);
    const { locks } = provider.services;
    for (const cause of ['by_owner', 'too_many_failures', 'reported', 'sim_changed'] as const) {
      await locks.lock(id, cause);
      expect((await about(an, 'lock', '--reason', 'xem xét')).code, cause).toBe(0);
      expect((await subjectOf(an))?.status).toMatchObject({ cause: 'by_administrator', reason: 'xem xét' });
      expect(await locks.lock(id, cause)).toBe('unchanged');
      expect((await about(an, 'unlock', '--reason', 'xong')).code, cause).toBe(0);
      await locks.lock(id, cause);
      expect((await about(an, 'unlock', '--reason', 'xong')).code, cause).toBe(0);
      expect((await subjectOf(an))?.status).toEqual({ kind: 'active' });
    }
  });

  it('leaves an account that waits for activation waiting', async () => {
    await about(mui, 'lock', '--reason', 'xem xét');
    await about(mui, 'unlock', '--reason', 'xong');
    expect((await subjectOf(mui))?.status).toEqual({ kind: 'not_activated' });
  });
});

describe('person contact', () => {
  it('takes one plain address, and nothing that could be read as more', async () => {
    const refused = [
      [],
      ['--email', 'a@congdan.example', '--phone', '0970000001'],
      ['--email', 'a@congdan.example, b@congdan.example'],
      ['--email', 'a@congdan.example\r\nBcc: b@congdan.example'],
      ['--phone', '113'],
    ];
    for (const args of refused) expect((await about(moved, 'contact', ...args)).code, args.join(' ')).toBe(2);
    expect((await subjectOf(moved))?.email).toEqual(moved.subject.email);
    expect(await events('contact.changed')).toEqual([]);
  });

  it('tells the old address and the new one, ends the sessions, and is in the trail without the address', async () => {
    const { browser, started } = await begin(provider, rp);
    await signIn(browser, started.url, moved);
    const { code } = await about(moved, 'contact', '--email', 'moi@congdan.example');
    expect(code).toBe(0);
    expect((await subjectOf(moved))?.email).toEqual({ address: 'moi@congdan.example', verified: true });
    expect((await browser.get('/account')).status).not.toBe(200);
    const told = (await sent()).filter(({ text }) => text.includes('thư điện tử'));
    const addresses = told.flatMap(({ to }) => ('address' in to ? [to.address] : []));
    expect(addresses.toSorted()).toEqual(['moi@congdan.example', moved.subject.email?.address].toSorted());
    const [event] = await events('contact.changed');
    expect(event?.detail).toEqual({ what: 'email', by: 'administrator' });
    expect((await about(moved, 'contact', '--email', 'moi@congdan.example', '--json')).out).toContain(
      '"changed": false',
    );
    expect(await events('contact.changed')).toHaveLength(1);
  });

  it('does not confirm the address of an account that waits: activation does', async () => {
    await about(mui, 'contact', '--email', 'moi@congdan.example');
    expect((await subjectOf(mui))?.email).toEqual({ address: 'moi@congdan.example', verified: false });
    await about(mui, 'activate');
    const [letter] = (await sent()).filter(({ text }) => text.includes('/activate?token='));
    expect(letter?.to).toMatchObject({ address: 'moi@congdan.example' });
  });

  it('sets a phone number, however it is written', async () => {
    await about(moved, 'contact', '--phone', '0970 000 099');
    expect((await subjectOf(moved))?.phone).toEqual({ number: '+84970000099', verified: true });
  });
});

describe('person close', () => {
  it('asks first, closes once and for good, and counts it', async () => {
    expect((await about(late, 'close', '--yes')).code).toBe(2);
    expect((await about(late, 'close', '--cause', 'moved', '--yes')).code).toBe(2);
    expect((await about(late, 'close', '--cause', 'deceased')).err).toContain('--yes');
    expect((await subjectOf(late))?.status).toEqual({ kind: 'active' });
    const closing = () => about(late, 'close', '--cause', 'deceased', '--yes');
    const both = await Promise.all([closing(), closing()]);
    expect(both.map(({ code }) => code).toSorted()).toEqual([0, 2]);
    expect((await about(late, 'lock', '--reason', 'x')).err).toContain('closed');
    expect((await about(late, 'unlock', '--reason', 'x')).code).toBe(2);
    expect((await about(late, 'contact', '--email', 'a@congdan.example')).err).toContain('closed');
    const { out } = await about(late, 'count', '--recount', '--json');
    expect(JSON.parse(out).recount).toMatchObject({ mended: [], moving_parts: 0 });
    expect((await subjectOf(late))?.status).toMatchObject({ kind: 'closed', cause: 'deceased' });
  });
});
