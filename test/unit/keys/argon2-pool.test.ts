import { afterEach, describe, expect, test } from 'vitest';
import { runtimeArgon2id } from '../../../src/keys/argon2.ts';
import {
  type Argon2Pool,
  type Argon2PoolOptions,
  createArgon2Pool,
  Overloaded,
} from '../../../src/keys/argon2-pool.ts';

const pepper = Buffer.alloc(32, 9);
const crashing = new URL('./crashing-worker.ts', import.meta.url);
const job = (password: string, memoryKib = 64) => ({
  password: Buffer.from(password),
  salt: Buffer.alloc(16, 5),
  cost: { memoryKib, passes: 1, parallelism: 1 },
});

const pools: Argon2Pool[] = [];
const pool = (options: Partial<Argon2PoolOptions> = {}): Argon2Pool => {
  const made = createArgon2Pool({ workers: 1, queue: 8, pepper, ...options });
  pools.push(made);
  return made;
};
afterEach(() => Promise.all(pools.splice(0).map((made) => made.close())));

describe('a full queue', () => {
  test('rejects at once, before anything under way is finished', async () => {
    const { derive } = pool({ queue: 1 });
    const order: string[] = [];
    const accepted = [derive(job('a', 19456)), derive(job('b'))].map((each) =>
      each.then(() => order.push('done')),
    );
    await expect(derive(job('c')).finally(() => order.push('refused'))).rejects.toThrow(Overloaded);
    await Promise.all(accepted);
    expect(order).toEqual(['refused', 'done', 'done']);
  });

  test('takes work again when it has room', async () => {
    const { derive } = pool({ queue: 1 });
    const accepted = [derive(job('a')), derive(job('b'))];
    await expect(derive(job('c'))).rejects.toThrow(Overloaded);
    await Promise.all(accepted);
    expect(await derive(job('c'))).toHaveLength(32);
  });
});

describe('a thread that dies', () => {
  test('rejects what it was doing, and what waits is done by the next thread', async () => {
    const { derive } = pool({ entry: crashing });
    const crash = derive(job('crash'));
    const waiting = derive(job('a'));
    await expect(crash).rejects.toThrow('the binding failed');
    expect(await waiting).toEqual(runtimeArgon2id(job('a'), pepper));
  });

  test('never blocks the queue, however often it dies', async () => {
    const { derive } = pool({ entry: crashing });
    const crashes = await Promise.allSettled(['crash', 'crash', 'crash'].map((word) => derive(job(word))));
    expect(crashes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await derive(job('a'))).toHaveLength(32);
  });

  test('at its very start rejects the work and is not started again without any', async () => {
    const { derive } = pool({ entry: new URL('./no-such-worker.ts', import.meta.url) });
    await expect(derive(job('a'))).rejects.toThrow('password hashing failed');
  });
});

test('impossible parameters are rejected and the thread lives on', async () => {
  const { derive } = pool();
  await expect(derive(job('a', 1))).rejects.toThrow('password hashing failed');
  expect(await derive(job('a'))).toHaveLength(32);
});

test('closing rejects what is under way, what waits and what comes', async () => {
  const made = pool();
  const started = [made.derive(job('a', 65536)), made.derive(job('b'))];
  const settled = Promise.allSettled(started);
  await made.close();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(made.derive(job('c'))).rejects.toThrow('closed');
});

test('several threads give each caller the hash of its own password', async () => {
  const { derive } = pool({ workers: 2 });
  const words = ['a', 'b', 'c', 'd', 'e', 'f'];
  const hashes = await Promise.all(words.map((word) => derive(job(word))));
  expect(hashes).toEqual(words.map((word) => runtimeArgon2id(job(word), pepper)));
});
