import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../src/clock/clock.ts';
import { startHousekeeping } from '../../../src/jobs/housekeeping.ts';
import type { CollectionDefinition } from '../../../src/storage/contract.ts';
import { leaseDefinition } from '../../../src/storage/lease.ts';
import { faultyStorage } from '../../support/faulty-storage.ts';
import { advance } from '../../support/provider.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const rows: CollectionDefinition<{ n: number }> = {
  name: 'passing_rows',
  schema: z.strictObject({ n: z.number() }),
};
const INTERVAL = 60;

describe('housekeeping', () => {
  let opened: TestStorage;
  let logged: { level: string; fields: object }[];
  beforeEach(async () => {
    opened = await openTestStorage();
    logged = [];
  });
  afterEach(async () => {
    vi.useRealTimers();
    await opened.close();
  });

  const log = () => {
    const write = (level: string) => (fields: unknown) => void logged.push({ level, fields: Object(fields) });
    return {
      error: write('error'),
      warn: write('warn'),
      info: write('info'),
      debug: write('debug'),
      trace: write('trace'),
    };
  };
  const startOne = (storage = opened.storage, interval = INTERVAL) =>
    startHousekeeping({ storage, clock: systemClock, log: log(), interval });

  async function insert(count: number): Promise<void> {
    const collection = opened.storage.collection(rows);
    for (let n = 0; n < count; n += 1) await collection.insert(`passing-${n}`, { n }, Date.now() + 1000);
    await collection.insert('staying', { n: 0 });
  }

  it('leaves what lives and sweeps what expired, once', async () => {
    await insert(5);
    const one = startOne();
    expect(await one.run()).toBe(0);
    advance(2);
    expect(await one.run()).toBe(5);
    expect(await one.run()).toBe(0);
    expect(await opened.storage.collection(rows).get('staying')).toMatchObject({ doc: { n: 0 } });
    await one.stop();
  });

  it('of two instances is done by one, and by the other once the first is gone', async () => {
    await insert(5);
    const [one, other] = [startOne(), startOne()];
    advance(2);
    const swept = await Promise.all([one.run(), other.run()]);
    expect(swept.toSorted((a, b) => a - b)).toEqual([0, 5]);
    const [holder, waiting] = swept[0] === 5 ? [one, other] : [other, one];
    await opened.storage.collection(rows).insert('late', { n: 1 }, Date.now() + 1000);
    advance(2);
    expect(await waiting.run()).toBe(0);
    await holder.stop();
    expect(await waiting.run()).toBe(1);
    await waiting.stop();
  });

  it('goes to another instance when the one that did it died without a word', async () => {
    await insert(5);
    const dead = startOne();
    expect(await dead.run()).toBe(0);
    const other = startOne();
    advance(INTERVAL);
    expect(await other.run()).toBe(0);
    advance(INTERVAL + 1);
    expect(await other.run()).toBe(5);
    await Promise.all([dead.stop(), other.stop()]);
  });

  it('that is stopped in the middle of a round does not go on to the next collection', async () => {
    await insert(5);
    opened.storage.collection(leaseDefinition);
    const { promise: sweeping, resolve: sweep } = Promise.withResolvers<void>();
    const swept: string[] = [];
    const collections = new Map(
      [...opened.storage.collections].map(([name, collection]) => {
        const purge = async (now: number) => {
          swept.push(name);
          await sweeping;
          return collection.purge(now);
        };
        return [name, { ...collection, purge }];
      }),
    );
    const one = startOne({ ...opened.storage, collections });
    const round = one.run();
    await vi.waitFor(() => expect(swept).toHaveLength(1));
    const stopped = one.stop();
    sweep();
    await Promise.all([round, stopped]);
    expect(collections.size).toBeGreaterThan(1);
    expect(swept).toHaveLength(1);
  });

  it('that meets a storage that is away reports it and goes on with the next round', async () => {
    await insert(5);
    let away = true;
    const storage = faultyStorage(opened.storage, () => away);
    const one = startOne(storage, 0.05);
    await vi.waitFor(() => expect(logged.some(({ level }) => level === 'warn')).toBe(true));
    away = false;
    advance(2);
    await vi.waitFor(async () =>
      expect(logged).toContainEqual({ level: 'debug', fields: { job: 'housekeeping', count: 5 } }),
    );
    await one.stop();
  });
});
