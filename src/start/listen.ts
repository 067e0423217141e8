import { createServer, type Server } from 'node:http';
import type { ListenOptions, Server as NetServer } from 'node:net';
import type { Config } from '../config/schema.ts';
import type { Application } from '../wiring.ts';
import { CannotStart } from './cannot-start.ts';

/** Longer than proxies keep a connection, so that it is never closed from here while they send on it. */
const KEPT_FOR_PROXY_MS = 65_000;

/** Serves the application on the connections it is given. */
export function createWebServer({ app }: Application, { proxy }: Config): Server {
  const server = createServer(app.callback());
  if (proxy.hops > 0) server.keepAliveTimeout = KEPT_FOR_PROXY_MS;
  return server;
}

/** Opens the port that the configuration names. Rejects with `CannotStart`. */
export function listen(server: NetServer, { host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  const at: ListenOptions = { host, port };
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'the port is in use; choose another with MOTCUA_PORT' : error.message;
      reject(new CannotStart(`Cannot listen on ${host}:${port}: ${reason}.`));
    });
    server.listen(at, () => resolve());
  });
}
