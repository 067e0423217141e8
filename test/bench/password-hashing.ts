import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { CompactSign, type CryptoKey, generateKeyPair } from 'jose';
import { loadConfig } from '../../src/config/load-config.ts';
import { prebuiltArgon2id, runtimeArgon2id } from '../../src/keys/argon2.ts';
import { createPasswordHasher } from '../../src/keys/password-hasher.ts';

/**
 * What hashing does to signing. One ES256 signature after the other, as tokens are signed, while 32 passwords are under
 * way: on the worker thread, and on libuv's pool for comparison. Only the ratios carry over to another machine.
 *
 *   node test/bench/password-hashing.ts
 */
const ROUND_MS = 3000;
const IN_FLIGHT = 32;
const { passwords } = loadConfig({ env: {}, directory: join(import.meta.dirname, '../../config') });
const pepper = Buffer.alloc(32, 1);

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Keeps `IN_FLIGHT` hashes going until the time is over; how many were finished. */
async function hashUntil(end: number, once: () => Promise<unknown>): Promise<number> {
  let finished = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      await once();
      if (performance.now() < end) finished += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return finished;
}

async function signUntil(end: number, key: CryptoKey): Promise<number[]> {
  const payload = Buffer.from(JSON.stringify({ sub: 'x', acr: '2' }));
  const times: number[] = [];
  while (performance.now() < end) {
    const started = performance.now();
    await new CompactSign(payload).setProtectedHeader({ alg: 'ES256' }).sign(key);
    times.push(performance.now() - started);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return times.sort((a, b) => a - b);
}

async function round(name: string, key: CryptoKey, once?: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + ROUND_MS;
  const [times, hashes] = await Promise.all([signUntil(end, key), once ? hashUntil(end, once) : 0]);
  const median = quantile(times, 0.5);
  const figures = [median, quantile(times, 0.99)].map((time) => time.toFixed(2).padStart(8));
  const rates = [times.length, hashes].map((count) => (count / (ROUND_MS / 1000)).toFixed(0).padStart(7));
  process.stdout.write(`${name.padEnd(28)}${figures.join('')}${rates.join('')}\n`);
  return median;
}

function milliseconds(work: () => unknown): number {
  const started = performance.now();
  for (let index = 0; index < 10; index += 1) work();
  return (performance.now() - started) / 10;
}

const { privateKey } = await generateKeyPair('ES256');
const hasher = createPasswordHasher(passwords, pepper);
const { memory_kib: memoryCost, passes: timeCost, parallelism } = passwords;
const options = { memoryCost, timeCost, parallelism, secret: pepper };
await hasher.hash('warm');
await signUntil(performance.now() + ROUND_MS / 3, privateKey);

process.stdout.write('ES256 beside hashing          p50 ms  p99 ms signs/s hashes/s\n');
const idle = await round('nothing', privateKey);
const worker = await round('worker thread', privateKey, () => hasher.hash('mật khẩu'));
const libuv = await round("libuv's pool", privateKey, () => hash('mật khẩu', options));
await hasher.close();

const job = {
  password: Buffer.from('mật khẩu'),
  salt: Buffer.alloc(16, 5),
  cost: { memoryKib: memoryCost, passes: timeCost, parallelism },
};
const prebuilt = await prebuiltArgon2id();
const bindings = [prebuilt, runtimeArgon2id].map((argon2id) => milliseconds(() => argon2id(job, pepper)));
const [fast = Number.NaN, slow = Number.NaN] = bindings;
process.stdout.write(
  [
    `\nsignature p50: worker ${(worker / idle).toFixed(1)} times idle, libuv ${(libuv / idle).toFixed(1)} times idle,`,
    ` so the worker is ${(libuv / worker).toFixed(1)} times quicker\n`,
    `one hash: @node-rs/argon2 ${fast.toFixed(1)} ms, node:crypto ${slow.toFixed(1)} ms (${(slow / fast).toFixed(1)} times)\n`,
  ].join(''),
);
