import { parentPort, workerData } from 'node:worker_threads';
import { type Argon2Job, availableArgon2id } from './argon2.ts';

/** What the worker thread answers to each `Argon2Job`. */
export type Argon2Answer = { readonly hash: Uint8Array } | { readonly fault: string };

const argon2id = await availableArgon2id();
const pepper: Uint8Array = workerData;

function answer(job: Argon2Job): Argon2Answer {
  try {
    return { hash: argon2id(job, pepper) };
  } catch (error) {
    return { fault: String(error) };
  }
}

parentPort?.on('message', (job: Argon2Job) => parentPort?.postMessage(answer(job)));
