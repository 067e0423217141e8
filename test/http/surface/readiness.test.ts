import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageUnavailable } from '../../../src/storage/contract.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { ask } from './wire.ts';

describe('readiness', () => {
  let provider: TestProvider;
  let pings = 0;
  let answering: () => Promise<void> = async () => {};
  let now = 0;
  beforeAll(async () => {
    provider = await startProvider({
      people: false,
      storage: (real) => ({
        ...real,
        ping: () => {
          pings += 1;
          return answering();
        },
      }),
    });
  });
  beforeEach(() => {
    now += 10_000;
    pings = 0;
    answering = async () => {};
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => provider.close());

  const away = () => Promise.reject(new StorageUnavailable('the storage is away'));
  const ready = async () => (await ask(provider, '/readyz')).status;
  const readyTimes = (times: number) => Promise.all(Array.from({ length: times }, ready));

  it.each([
    ['that it is not', away, 503],
    ['that it is', async () => {}, 200],
  ])('asks the storage once in a second, however often it says %s', async (_what, ping, status) => {
    answering = ping;
    expect(new Set(await readyTimes(20))).toEqual(new Set([status]));
    now += 999;
    expect(await ready()).toBe(status);
    expect(pings).toBe(1);
    now += 1;
    expect(await ready()).toBe(status);
    expect(pings).toBe(2);
  });

  it('says so within a second when the storage goes or comes back', async () => {
    expect(await ready()).toBe(200);
    answering = away;
    now += 1000;
    expect(await ready()).toBe(503);
    answering = async () => {};
    now += 1000;
    expect(await ready()).toBe(200);
  });

  it('asks a storage that takes its time no second time meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answering = () => promise;
    const first = ready();
    await vi.waitFor(() => expect(pings).toBe(1));
    now += 5000;
    const second = ready();
    expect((await ask(provider, '/healthz')).status).toBe(200);
    expect(pings).toBe(1);
    resolve();
    expect(await Promise.all([first, second])).toEqual([200, 200]);
  });

  it('does not wait for a storage that does not answer', { timeout: 15_000 }, async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answering = () => promise;
    const asked = Date.now();
    expect(await readyTimes(3)).toEqual([503, 503, 503]);
    expect(Date.now() - asked).toBeLessThan(8000);
    expect(pings).toBe(1);
    resolve();
    await vi.waitFor(async () => expect(await ready()).toBe(200));
  });

  it('ends at once when the process stops, whatever was remembered', async () => {
    expect(await ready()).toBe(200);
    provider.application.drain();
    expect(await ready()).toBe(503);
  });
});
