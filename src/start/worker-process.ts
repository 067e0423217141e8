import { fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Handing, Order, Word } from './worker.ts';

/** What a worker finds on its command line; people see it in the list of processes. */
export const FIRST_WORKER = 'first-worker';
export const FURTHER_WORKER = 'worker';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** One worker as its supervisor sees it, from its start to its end. */
export interface WorkerProcess {
  /** Its greeting, once it serves; undefined where it ends before. */
  readonly ready: Promise<string | undefined>;
  /** How it ended: exit code or signal. */
  readonly ended: Promise<number | string>;
  serving(): boolean;
  tell(order: Order): void;
  /** Hands over a connection, to be kept here until the answer: whether the worker has taken it, or it was lost. */
  hand(socket: Socket, answered: (taken: boolean) => void): void;
  kill(): void;
}

/** Starts a worker. */
export function startWorker({ first }: { readonly first: boolean }): WorkerProcess {
  const child = fork(MAIN, [first ? FIRST_WORKER : FURTHER_WORKER]);
  const ready = Promise.withResolvers<string | undefined>();
  const ended = Promise.withResolvers<number | string>();
  let serving = false;
  let answered = (_taken: boolean): void => undefined;
  // The other end of this channel is `worker.ts`, and nobody else.
  child.on('message', (message) => {
    const word = message as Word;
    if (word.kind !== 'serving') return answered(word.kind === 'taken');
    serving = true;
    ready.resolve(word.greeting);
  });
  const end = (reason: number | string): void => {
    serving = false;
    ready.resolve(undefined);
    ended.resolve(reason);
  };
  child.once('exit', (code, signal) => end(signal ?? code ?? 'no reason'));
  // Where there is none at all: the system had no room for a process.
  child.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  const send = (order: Order | Handing, socket?: Socket): void => {
    // One that is about to end does not hear any more, which is seen by its end.
    child.send(order, socket, { keepOpen: true }, () => undefined);
  };
  return {
    ready: ready.promise,
    ended: ended.promise,
    serving: () => serving,
    tell: (order) => send(order),
    hand(socket, whenAnswered) {
      answered = whenAnswered;
      send('connection', socket);
      send('handed');
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
