import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHistory, type HistoryPlace } from '../../../src/audit/history.ts';
import { createAuditTrail } from '../../../src/audit/trail.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

describe('somebody’s history', () => {
  let opened: TestStorage;
  let now: number;
  beforeEach(async () => {
    opened = await openTestStorage();
    now = Date.parse('2026-11-21T03:00:00Z');
  });
  afterEach(() => opened.close());

  const trail = () => createAuditTrail({ storage: opened.storage, clock: { now: () => now } });
  const read = (part: Parameters<ReturnType<typeof createHistory>['read']>[1]) =>
    createHistory(opened).read('somebody', part);
  const portals = async (part: Parameters<typeof read>[0]) =>
    (await read(part)).map(({ event }) => event.relying_party);
  /** Each by an instance of its own, as many write side by side. */
  const record = async (relying_party: string, subject = 'somebody') => {
    await trail().record({ kind: 'consent.given', subject, relying_party });
    now += 1000;
  };

  it('has nothing of anybody else, also not of somebody whose id begins alike', async () => {
    for (const other of ['some', 'somebody2', 'somebody ', 'somebodyz']) await record('cong', other);
    expect(await read({ limit: 10 })).toEqual([]);
  });

  it('begins with the latest, whichever instance wrote it', async () => {
    for (const portal of ['a', 'b', 'c', 'd']) await record(portal);
    expect(await portals({ limit: 10 })).toEqual(['d', 'c', 'b', 'a']);
    expect(await portals({ limit: 2 })).toEqual(['d', 'c']);
  });

  it('goes on where a page ended, also among events of one moment', async () => {
    const moment = now;
    for (const portal of ['a', 'b', 'c', 'd', 'e']) {
      await record(portal);
      now = moment;
    }
    const seen: (string | undefined)[] = [];
    let after: HistoryPlace | undefined;
    for (;;) {
      const page = await read({ limit: 2, ...(after ? { after } : {}) });
      if (page.length === 0) break;
      seen.push(...page.map(({ event }) => event.relying_party));
      after = page.at(-1);
    }
    expect(seen.sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('takes the first moment of a stretch and leaves its last', async () => {
    const start = now;
    for (const portal of ['a', 'b', 'c', 'd']) await record(portal);
    expect(await portals({ from: start + 1000, to: start + 3000, limit: 10 })).toEqual(['c', 'b']);
    expect(await portals({ from: start + 3001, limit: 10 })).toEqual([]);
    expect(await portals({ to: start, limit: 10 })).toEqual([]);
  });
});
