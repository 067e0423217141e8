import { parentPort, workerData } from 'node:worker_threads';
import { type Argon2Job, runtimeArgon2id } from '../../../src/keys/argon2.ts';

/** Hashes like the real one, and dies of the password "crash". */
parentPort?.on('message', (job: Argon2Job) => {
  if (Buffer.from(job.password).toString() === 'crash') throw new Error('the binding failed');
  parentPort?.postMessage({ hash: runtimeArgon2id(job, workerData) });
});
