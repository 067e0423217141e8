import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { letIn } from './door.ts';
import type { WorkerProcess } from './worker-process.ts';

/** How long workers may take to take over what came in last. */
const HANDED_OVER_MS = 2000;
const LOOK_MS = 5;
/** How long a worker that had no room for a connection is left alone; meanwhile some of its own may end. */
const REST_MS = 100;
/** More would only wait in vain, each at the cost of a file descriptor. */
const MOST_WAITING = 2048;

/** The one port of several processes. */
export interface Reception {
  readonly server: Server;
  /** From now on the worker is handed connections, one after the other, as it takes them. */
  admit(worker: WorkerProcess): void;
  /** What the worker was handed and did not take goes to another. */
  dismiss(worker: WorkerProcess): void;
  /** Closes the port; resolves to whether all who came in are with a worker. */
  close(): Promise<boolean>;
}

/**
 * Takes connections and hands each to the worker that has been free for longest. A connection is held until the worker
 * says that it has it: nothing is lost with a worker that dies, and a busy one does not gather what others could serve.
 */
export function createReception(): Reception {
  const waiting: Socket[] = [];
  const free = new Set<WorkerProcess>();
  const handed = new Map<WorkerProcess, Socket>();
  let came = 0;

  function handOut(): void {
    for (const worker of free) {
      const socket = waiting.shift();
      if (socket === undefined) return;
      free.delete(worker);
      handed.set(worker, socket);
      worker.hand(socket, (taken) => (taken ? release(worker) : rest(worker)));
    }
  }

  /** Of two processes that hold a connection, one closing it does not end it. */
  function release(worker: WorkerProcess): void {
    handed.get(worker)?.destroy();
    if (handed.delete(worker)) admit(worker);
  }

  function admit(worker: WorkerProcess): void {
    free.add(worker);
    handOut();
  }

  function dismiss(worker: WorkerProcess): void {
    free.delete(worker);
    const socket = handed.get(worker);
    handed.delete(worker);
    if (socket === undefined) return;
    waiting.unshift(socket);
    handOut();
  }

  function rest(worker: WorkerProcess): void {
    dismiss(worker);
    setTimeout(() => {
      if (worker.serving()) admit(worker);
    }, REST_MS);
  }

  // What is asked is read by the worker alone. The other options are those of an HTTP server.
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (socket) => {
    came += 1;
    // One that is reset while it waits is seen by the worker, or by nobody.
    socket.on('error', () => undefined);
    if (waiting.length >= MOST_WAITING) return void socket.destroy();
    waiting.push(socket);
    handOut();
  });
  return {
    server,
    admit,
    dismiss,
    async close() {
      await letIn(() => came);
      server.close();
      const until = performance.now() + HANDED_OVER_MS;
      while (waiting.length + handed.size > 0 && performance.now() < until) await wait(LOOK_MS);
      for (const socket of waiting) socket.destroy();
      return waiting.length + handed.size === 0;
    },
  };
}
