import { Worker } from 'node:worker_threads';
import type { Argon2Job } from './argon2.ts';
import type { Argon2Answer } from './argon2-worker.ts';

/** The queue is full. Callers answer 503; nothing was computed. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

export interface Argon2Pool {
  /** Rejects with `Overloaded` at once when the queue is full, and when its thread dies. */
  derive(job: Argon2Job): Promise<Buffer>;
  /** Ends the threads; what is under way or waiting is rejected. */
  close(): Promise<void>;
}

export interface Argon2PoolOptions {
  readonly workers: number;
  /** How many jobs may wait for a thread, beside those that have one. */
  readonly queue: number;
  readonly pepper: Uint8Array;
  /** Another entry for the threads. */
  readonly entry?: URL;
}

interface Task {
  readonly job: Argon2Job;
  readonly resolve: (hash: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/** One thread at a time, one task at a time. A thread that died is started again by the next task, not in a loop. */
interface Seat {
  worker?: Worker | undefined;
  task?: Task | undefined;
}

const ENTRY = new URL('./argon2-worker.ts', import.meta.url);

function settle(task: Task | undefined, answer: Argon2Answer): void {
  if ('hash' in answer) task?.resolve(Buffer.from(answer.hash));
  else task?.reject(new Error(`password hashing failed: ${answer.fault}`));
}

/** Threads that do nothing but argon2id, so that neither the event loop nor libuv's pool ever waits for a hash. */
export function createArgon2Pool({ workers, queue, pepper, entry = ENTRY }: Argon2PoolOptions): Argon2Pool {
  const seats: Seat[] = Array.from({ length: workers }, () => ({}));
  const waiting: Task[] = [];
  let closed = false;

  function finish(seat: Seat, answer: Argon2Answer): void {
    const { task } = seat;
    seat.task = undefined;
    seat.worker?.unref();
    settle(task, answer);
    next();
  }

  function hire(seat: Seat): Worker {
    let cause = 'the thread ended';
    // Without the environment and the command line's flags: a thread that handles passwords needs neither.
    const worker = new Worker(entry, { workerData: pepper, env: {}, execArgv: [] });
    worker.unref();
    worker.on('message', (answer: Argon2Answer) => finish(seat, answer));
    worker.on('error', (error) => {
      cause = String(error);
    });
    worker.on('exit', () => {
      seat.worker = undefined;
      finish(seat, { fault: cause });
    });
    return worker;
  }

  function next(): void {
    for (const seat of seats.filter(({ task }) => !task)) {
      const task = closed ? undefined : waiting.shift();
      if (!task) return;
      seat.task = task;
      seat.worker ??= hire(seat);
      seat.worker.ref();
      seat.worker.postMessage(task.job);
    }
  }

  for (const seat of seats) seat.worker = hire(seat);
  return {
    derive: (job) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new Error('password hashing is closed'));
        const busy = seats.every(({ task }) => task);
        if (busy && waiting.length >= queue) return reject(new Overloaded('too many passwords to hash'));
        waiting.push({ job, resolve, reject });
        next();
      }),
    close: async () => {
      closed = true;
      for (const task of waiting.splice(0)) settle(task, { fault: 'closed' });
      await Promise.all(seats.map(({ worker }) => worker?.terminate()));
    },
  };
}
