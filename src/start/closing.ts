import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { letIn } from './door.ts';

/** How long a connection may still bring its request once the door is closed. Who has connected asks at once. */
const LATE_MS = 500;

/** A server's way out, in two steps. */
export interface Closing {
  /** Serves on; from now on each answer ends its connection, so that the next request may go elsewhere. */
  leave(): void;
  /** Takes no new connections; resolves when all that was asked is answered. */
  close(): Promise<void>;
}

/**
 * How to close a server so that nothing is cut off: what was asked is answered first, and then its connection ends.
 * Browsers open connections ahead of need, and `Server.close` would wait for those on which nothing was ever asked.
 */
export function createClosing(server: Server): Closing {
  const connections = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  let leaving = false;
  let closed = false;
  let came = 0;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const endIfEmpty = (): void => {
    if (closed && connections.size === 0) end();
  };
  server.on('connection', (socket) => {
    came += 1;
    connections.add(socket);
    socket.once('close', () => {
      connections.delete(socket);
      endIfEmpty();
    });
  });
  server.prependListener('request', (_request, answer) => {
    if (leaving) answer.setHeader('Connection', 'close');
    answers.add(answer);
    answer.once('close', () => {
      answers.delete(answer);
      // Its head may have been on its way already when leaving began, without the word that ends the connection.
      if (closed) server.closeIdleConnections();
    });
  });
  const leave = (): void => {
    leaving = true;
    for (const answer of answers) if (!answer.headersSent) answer.setHeader('Connection', 'close');
  };
  const dropSilent = (): void => {
    const busy = new Set([...answers].map(({ socket }) => socket));
    for (const socket of connections) if (!busy.has(socket)) socket.destroy();
  };
  return {
    leave,
    async close() {
      leave();
      if (server.listening) await letIn(() => came);
      closed = true;
      server.close();
      const late = setTimeout(dropSilent, LATE_MS);
      endIfEmpty();
      await ended;
      clearTimeout(late);
    },
  };
}
