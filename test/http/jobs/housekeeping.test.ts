import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../src/clock/clock.ts';
import { startHousekeeping } from '../../../src/jobs/housekeeping.ts';
import type { CollectionDefinition, Storage } from '../../../src/storage/contract.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { faultyStorage } from '../../support/faulty-storage.ts';
import { mongoServer } from '../../support/mongo.ts';
import { advance } from '../../support/provider.ts';
import { type Offices, openOffices } from './paper-office.ts';

const rows: CollectionDefinition<{ n: number }> = {
  name: 'passing_rows',
  schema: z.strictObject({ n: z.number() }),
};
const INTERVAL = 60;

/** On each engine, on instances that share nothing but the database. */
describe.each(['sqlite', 'mongo'] as const)('housekeeping of two instances, on %s', (engine) => {
  if (engine === 'mongo' && !mongoServer()) return it.skip('wants a MongoDB-compatible server');
  let offices: Offices;
  let storages: [Storage, Storage];
  const logged: Record<string, unknown>[] = [];
  const log = createLog({
    level: 'debug',
    destination: { write: (line: string) => void logged.push(JSON.parse(line)) },
  });
  beforeEach(async () => {
    logged.length = 0;
    offices = await openOffices(engine);
    const [one, other] = [
      await offices.open({ clock: systemClock }),
      await offices.open({ clock: systemClock }),
    ];
    storages = [one.services.storage, other.services.storage];
    for (const storage of storages) storage.collection(rows);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await offices.close();
  });

  const startOn = (storage: Storage) =>
    startHousekeeping({ storage, clock: systemClock, log, interval: INTERVAL });
  const insert = (count: number) =>
    storages[0].collection(rows).insertMany(
      Array.from({ length: count }, (_, n) => ({
        id: `passing-${n}`,
        doc: { n },
        expiresAt: Date.now() + 1000,
      })),
    );
  /** The storage, but its purges of the one collection are made by `purge`. */
  const purging = (storage: Storage, purge: (goOn: () => Promise<boolean>) => Promise<number>): Storage => ({
    ...storage,
    collections: new Map(
      [...storage.collections].map(([name, collection]) => [
        name,
        name === rows.name
          ? { ...collection, purge: (_: number, goOn = async () => true) => purge(goOn) }
          : collection,
      ]),
    ),
  });

  it('is done by one at a time, and each row is swept once', async () => {
    await insert(1200);
    const [one, other] = [startOn(storages[0]), startOn(storages[1])];
    advance(2);
    const swept = await Promise.all([one.run(), other.run()]);
    expect(swept.toSorted((a, b) => a - b)).toEqual([0, 1200]);
    await Promise.all([one.stop(), other.stop()]);
  });

  it('keeps its lease over a round that lasts longer than it', async () => {
    const other = startOn(storages[1]);
    const held: boolean[] = [];
    const taken: number[] = [];
    const long = startOn(
      purging(storages[0], async (goOn) => {
        for (let step = 0; step < 6; step += 1) {
          advance(INTERVAL - 1);
          held.push(await goOn());
          taken.push(await other.run());
        }
        return 7;
      }),
    );
    expect(await long.run()).toBe(7);
    expect(held).toEqual(Array(6).fill(true));
    expect(taken).toEqual(Array(6).fill(0));
    await Promise.all([long.stop(), other.stop()]);
  });

  it('stops where another took it over meanwhile', async () => {
    await insert(5);
    const other = startOn(storages[1]);
    const held: boolean[] = [];
    const slow = startOn(
      purging(storages[0], async (goOn) => {
        advance(2 * INTERVAL + 1);
        expect(await other.run()).toBe(5);
        held.push(await goOn());
        return 0;
      }),
    );
    await slow.run();
    expect(held).toEqual([false]);
    await Promise.all([slow.stop(), other.stop()]);
  });

  it('is tried again by the same instance when the storage was away, from the middle of a round on', async () => {
    await insert(5);
    advance(2);
    let away = true;
    const one = startOn(
      purging(storages[0], (goOn) =>
        faultyStorage(storages[0], ({ method }) => away && method === 'purge')
          .collection(rows)
          .purge(Date.now(), goOn),
      ),
    );
    await expect(one.run()).rejects.toThrow('away');
    away = false;
    expect(await one.run()).toBe(5);
    await one.stop();
  });
});
