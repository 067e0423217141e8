import { createServer, type Server } from 'node:http';
import type Koa from 'koa';

/** Resolves with the server when it listens; a port that is taken is told in one sentence. */
export function listenPortal(app: Koa, host: string, port: number): Promise<Server> {
  const server = createServer(app.callback());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = `The demo portal cannot listen on ${host}:${port}: the port is in use; choose another with MOTCUA_PORTAL_PORT.`;
      reject(error.code === 'EADDRINUSE' ? new Error(busy, { cause: error }) : error);
    });
    server.listen(port, host, () => resolve(server));
  });
}
