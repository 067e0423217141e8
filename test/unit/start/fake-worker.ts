import type { Socket } from 'node:net';
import type { WorkerProcess } from '../../../src/start/worker-process.ts';

/** A worker that does what a test says. */
export interface FakeWorker extends WorkerProcess {
  serve(): void;
  end(reason: number | string): void;
  killed(): boolean;
  /** What it was handed, each with the way to answer. */
  readonly handed: { readonly socket: Socket; answer(taken: boolean): void }[];
}

/** Starts as every worker does: it does not serve yet. */
export function fakeWorker(): FakeWorker {
  const ready = Promise.withResolvers<string | undefined>();
  const ended = Promise.withResolvers<number | string>();
  const handed: FakeWorker['handed'] = [];
  let serving = false;
  let killed = false;
  return {
    ready: ready.promise,
    ended: ended.promise,
    serving: () => serving,
    tell: () => undefined,
    hand: (socket, answer) => void handed.push({ socket, answer }),
    kill() {
      killed = true;
    },
    serve() {
      serving = true;
      ready.resolve('greeting');
    },
    end(reason) {
      serving = false;
      ready.resolve(undefined);
      ended.resolve(reason);
    },
    killed: () => killed,
    handed,
  };
}
