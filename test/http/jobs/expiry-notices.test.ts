import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../../src/clock/clock.ts';
import type { DocumentRecord } from '../../../src/documents/scope.ts';
import { expiryRounds } from '../../../src/jobs/expiry-notices.ts';
import type { Services } from '../../../src/services.ts';
import { faultyStorage, type StorageCall } from '../../support/faulty-storage.ts';
import { mongoServer } from '../../support/mongo.ts';
import { addPerson, lettersIn, type Office, type Offices, openOffices, sendAll } from './paper-office.ts';

const LICENCE = 'doc:driving_licence';
const ENDS = '2026-12-21';
const TODAY = '2026-11-21';

/** All of it on each engine, on instances that share nothing but the database. */
describe.each(['sqlite', 'mongo'] as const)('notices of papers that expire, on %s', (engine) => {
  if (engine === 'mongo' && !mongoServer()) return it.skip('wants a MongoDB-compatible server');
  let offices: Offices;
  let one: Office;
  beforeEach(async () => {
    offices = await openOffices(engine);
    one = await offices.open();
  });
  afterEach(() => offices.close());

  const record = (given: Partial<DocumentRecord>): DocumentRecord => ({
    status: 'valid',
    data: {},
    ...given,
  });
  const give = ({ holdings }: Services, subject: string, ...records: DocumentRecord[]) =>
    holdings.put({
      subject,
      scope: LICENCE,
      records,
      synced_at: new Date(offices.clock.now()).toISOString(),
    });
  const at = (moment: string, office = one): Promise<number> => {
    offices.clock.set(moment);
    return office.notices.run();
  };
  const noon = (day: string, office = one) => at(`${day}T05:00:00Z`, office);
  const addAndGive = async (count: number, expires = ENDS): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const id = await addPerson(one.services, index);
      await give(one.services, id, record({ expires_at: expires }));
    }
  };

  it('go to nobody whose papers are good for long, have no end, or are over', async () => {
    const id = await addPerson(one.services, 1, { identity_paper_expires_at: '2026-12-22' });
    await give(
      one.services,
      id,
      record({}),
      record({ expires_at: '2026-11-20' }),
      record({ expires_at: '2030-01-01' }),
    );
    expect(await noon(TODAY)).toBe(0);
    expect(await lettersIn(one.services)).toEqual([]);
  });

  it('go out 30 days before the last one and again 7 days before it, once each, and never after it', async () => {
    await addPerson(one.services, 1, { identity_paper_expires_at: ENDS });
    const told: [string, number][] = [];
    for (let day = 0; day < 35; day += 1) {
      const moment = new Date(Date.parse(`${TODAY}T05:00:00Z`) - 2 * DAY + day * DAY).toISOString();
      const count = await at(moment);
      if (count > 0) told.push([moment.slice(0, 10), count]);
      await sendAll(one.services);
    }
    expect(told).toEqual([
      [TODAY, 1],
      ['2026-12-14', 1],
    ]);
  });

  it('follow the day in Vietnam: nothing at 23:59, and a letter a minute later', async () => {
    await addPerson(one.services, 1, { identity_paper_expires_at: ENDS });
    expect(await at('2026-11-20T16:59:00Z')).toBe(0);
    expect(await at('2026-11-20T17:00:00Z')).toBe(1);
    expect(await lettersIn(one.services)).toEqual([`nguoi.1@congdan.example Giấy tờ tùy thân ${ENDS}`]);
  });

  it('go out late, and as one, where nobody looked for weeks; also once more of the next paper', async () => {
    const id = await addPerson(one.services, 1);
    await give(one.services, id, record({ expires_at: '2026-12-01' }), record({ expires_at: '2027-01-10' }));
    expect(await noon('2026-11-28')).toBe(1);
    // The registry was not asked again since, and the later paper is still found.
    expect(await noon('2026-12-11')).toBe(1);
    expect(await lettersIn(one.services)).toEqual(['nguoi.1@congdan.example Giấy phép lái xe 2027-01-10']);
  });

  it('go to nobody who is locked, closed, not activated, without a confirmed address, or does without', async () => {
    const ending = { identity_paper_expires_at: ENDS };
    const since = '2026-11-01T00:00:00Z';
    const locked = await addPerson(one.services, 1, {
      ...ending,
      status: { kind: 'locked', cause: 'by_owner', since },
    });
    await addPerson(one.services, 2, { ...ending, status: { kind: 'closed', cause: 'deceased', since } });
    await addPerson(one.services, 3, { ...ending, status: { kind: 'not_activated' } });
    const email = { address: 'nguoi.4@congdan.example', verified: false };
    await addPerson(one.services, 4, { ...ending, email });
    const without = await addPerson(one.services, 5, ending);
    const { directory, preferences } = one.services;
    await preferences.choose(without, { papers: false, sign_ins: false, consents: true });
    expect(await noon(TODAY)).toBe(0);
    // Who was passed over was not told: the notice is still to come.
    await directory.update(locked, (subject) => ({ ...subject, status: { kind: 'active' } }));
    await preferences.choose(without, { papers: true, sign_ins: false, consents: true });
    expect(await noon('2026-11-22')).toBe(2);
  });

  it('say nothing of a paper that was renewed, and something of the new one when its time comes', async () => {
    const id = await addPerson(one.services, 1, { identity_paper_expires_at: ENDS });
    await give(one.services, id, record({ number: '790', expires_at: ENDS }));
    await one.services.directory.update(id, (subject) => ({
      ...subject,
      identity_paper_expires_at: '2027-02-01',
    }));
    await give(
      one.services,
      id,
      record({ number: '790', expires_at: ENDS }),
      record({ number: '790', expires_at: '2036-12-21' }),
    );
    expect(await noon(TODAY)).toBe(0);
    expect(await noon('2027-01-10')).toBe(1);
  });

  it('are written in the language that the person last used', async () => {
    const id = await addPerson(one.services, 1, { identity_paper_expires_at: ENDS });
    await one.services.preferences.speak(id, 'en');
    await noon(TODAY);
    expect(await one.services.outbox.claimDue(5)).toMatchObject([
      { row: { language: 'en', subject: id, letter: { values: { expires: ENDS } } } },
    ]);
  });

  it('are the work of one instance, whoever asks at once, and each goes out once', async () => {
    await addAndGive(12);
    const other = await offices.open();
    const told = await Promise.all([
      one.notices.run(),
      other.notices.run(),
      one.notices.run(),
      other.notices.run(),
    ]);
    expect(told.filter((count) => count > 0)).toEqual([12]);
    expect(new Set(await lettersIn(one.services)).size).toBe(12);
    expect(await lettersIn(one.services)).toHaveLength(12);
  });

  it('go out once also where two instances both hold themselves for the one', async () => {
    await addAndGive(12);
    // Its clock is an hour and more ahead: the lease of the other has run out for it.
    const ahead = await offices.open({ clock: { now: () => offices.clock.now() + 3 * offices.interval } });
    const told = await Promise.all([one.notices.run(), ahead.notices.run()]);
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(12);
    expect(await lettersIn(one.services)).toHaveLength(12);
  });

  it('that were cut off in the middle go on elsewhere where they were, once the lease has run out', async () => {
    await addAndGive(250);
    let left = Number.POSITIVE_INFINITY;
    const calls: StorageCall[] = [];
    const away = ({ collection, method }: StorageCall): boolean => {
      if (collection === 'document_holdings' && method === 'range') left -= 1;
      return left < 0;
    };
    // It dies between two pages: nothing is given back, and nothing is said.
    const dying = await offices.open({ storage: (real) => faultyStorage(real, away) });
    left = 2;
    await expect(dying.notices.run()).rejects.toThrow('away');
    expect(await lettersIn(one.services)).toHaveLength(200);
    await sendAll(one.services);

    const other = await offices.open({
      storage: (real) => faultyStorage(real, (call) => calls.push(call) === 0),
    });
    expect(await other.notices.run()).toBe(0);
    offices.clock.set(offices.clock.now() + 2 * offices.interval + 1);
    expect(await other.notices.run()).toBe(50);
    const pages = calls.filter(
      ({ collection, method }) => collection === 'document_holdings' && method === 'range',
    );
    expect(pages).toHaveLength(1);
    expect(await lettersIn(one.services)).toHaveLength(250);
    expect(new Set(await lettersIn(one.services)).size).toBe(250);
  }, 60_000);

  it('of a page whose end could not be kept are not sent again, sent already or not', async () => {
    await addAndGive(5);
    let away = true;
    const failing = await offices.open({
      storage: (real) =>
        faultyStorage(real, ({ collection, write }) => away && collection === 'expiry_rounds' && write),
    });
    await expect(failing.notices.run()).rejects.toThrow('away');
    expect(await sendAll(one.services)).toBe(0);
    away = false;
    expect(await failing.notices.run()).toBe(5);
    await one.services.storage.collection(expiryRounds).remove('papers');
    expect(await sendAll(one.services)).toBe(5);
    expect(await failing.notices.run()).toBe(0);
    expect(await lettersIn(one.services)).toHaveLength(5);
  });

  it('are one round a day: a second one looks at nothing', async () => {
    await addAndGive(3);
    expect(await noon(TODAY)).toBe(3);
    const calls: string[] = [];
    const other = await offices.open({
      storage: (real) =>
        faultyStorage(real, ({ collection, method }) => calls.push(`${collection}.${method}`) === 0),
    });
    await one.notices.stop();
    expect(await other.notices.run()).toBe(0);
    expect(calls.filter((call) => call.endsWith('.range'))).toEqual([]);
  });

  it('leave out one that cannot be written, and say so; everybody else hears', async () => {
    const ending = { identity_paper_expires_at: ENDS };
    await addPerson(one.services, 1, { ...ending, name: '097 201 000 123' });
    await addPerson(one.services, 2, ending);
    expect(await noon(TODAY)).toBe(1);
    expect(offices.logged).toContainEqual(
      expect.objectContaining({ level: 50, job: 'expiry_notices', subject: expect.any(String) }),
    );
    expect(JSON.stringify(offices.logged)).not.toContain('097 201');
  });
});
