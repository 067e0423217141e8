import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before several instances as a load balancer does, and hands each request to the next one. */
export interface Front {
  /** What people and relying parties call it: the issuer of every instance. */
  readonly address: string;
  /** Where the instances listen; to be set once they do. An address can be taken out and put back. */
  targets: readonly string[];
  /** How many requests each address has answered. */
  readonly answered: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Starts the front; it answers 502 while there is nobody behind it. */
export async function startFront(port = 0): Promise<Front> {
  const answered = new Map<string, number>();
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const { targets } = front;
    turn += 1;
    const order = targets.map((_, index) => targets[(turn + index) % targets.length] ?? '');
    hand(incoming, outgoing, order, answered);
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  const front: Front = {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    targets: [],
    answered,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return front;
}

/**
 * Hands a request to the first instance that takes the connection. One that broke while an instance had it is not
 * tried elsewhere: it may have been executed.
 */
function hand(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  [target, ...others]: readonly string[],
  answered: Map<string, number>,
): void {
  if (target === undefined) {
    outgoing.writeHead(502).end();
    return;
  }
  const { hostname, port } = new URL(target);
  const { url: path, method } = incoming;
  const headers = { ...incoming.headers, connection: 'close' };
  const passed = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
    answered.set(target, (answered.get(target) ?? 0) + 1);
    const { connection: _, 'keep-alive': __, ...rest } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, rest);
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  passed.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') hand(incoming, outgoing, others, answered);
    else if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  });
  // The body goes only once somebody is there to take it, so that it is whole for the next one.
  passed.on('socket', (socket) => socket.once('connect', () => incoming.pipe(passed)));
}
