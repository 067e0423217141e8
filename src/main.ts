import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ConfigurationError } from './config/configuration-error.ts';
import type { Config } from './config/schema.ts';
import type { Demo } from './demo/demo.ts';
import { StorageUnavailable } from './storage/contract.ts';
import type { LogFields } from './telemetry/log.ts';
import { type Application, buildApplication, openServices, readConfig, type Services } from './wiring.ts';

/** Requests under way get this long to end once the process is asked to stop. */
const GRACE_MS = 10_000;

/** A reason not to start that is told in one sentence, without a stack. */
class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const services = await openServices(config);
  const demo = await demoOf(services);
  const application = await buildApplication(services, demo ? [demo.routes] : []);
  const servers = [await listen(application, config)];
  if (demo) servers.push(await listenDemo(demo, services));
  const closers = servers.map(closer);
  if (demo) await seedWithProgress(demo, application);
  stopOnSignal(closers, application, services);
  console.log(greeting(config, demo));
}

/** The demo is loaded only where it is switched on, so that an image for production need not contain it. */
async function demoOf(services: Services): Promise<Demo | undefined> {
  if (!services.config.demo.enabled) return undefined;
  const { prepareDemo } = await import('./demo/demo.ts');
  return prepareDemo(services);
}

async function seedWithProgress(demo: Demo, { hasher }: Application): Promise<void> {
  const { added } = await demo.seed(hasher);
  if (added > 0) console.log(`Added ${added} synthetic people.`);
}

/** The portal's own sentence, told like ours. */
const listenDemo = (demo: Demo, services: Services): Promise<Server> =>
  demo.listen(portalLog(services)).catch(({ message }: Error) => {
    throw new CannotStart(message);
  });

const portalLog = ({ log }: Services) => ({
  info: (fields: LogFields, message: string) => log.info({ ...fields, component: 'demo portal' }, message),
  warn: (fields: LogFields, message: string) => log.warn({ ...fields, component: 'demo portal' }, message),
});

function listen({ app }: Application, { host, port }: Config): Promise<Server> {
  const server = createServer(app.callback());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'the port is in use; choose another with MOTCUA_PORT' : error.message;
      reject(new CannotStart(`Cannot listen on ${host}:${port}: ${reason}.`));
    });
    server.listen(port, host, () => resolve(server));
  });
}

function stopOnSignal(
  closers: readonly (() => Promise<void>)[],
  application: Application,
  services: Services,
): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    services.log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    application.drain();
    await Promise.all(closers.map((close) => close()));
    await application.close();
    await services.storage.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

/**
 * How to close a server: what is under way is answered first, and then its connection ends. Browsers open
 * connections ahead of need, and `Server.close` would wait for those on which nothing was ever asked.
 */
function closer(server: Server): () => Promise<void> {
  const connections = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.prependListener('request', (_request, answer) => {
    answers.add(answer);
    answer.once('close', () => answers.delete(answer));
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      for (const answer of answers) if (!answer.headersSent) answer.setHeader('Connection', 'close');
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    });
}

function greeting({ issuer, profile }: Config, demo: Demo | undefined): string {
  const running = `Một Cửa ID is running: ${issuer} (${profile})`;
  if (!demo) return running;
  const people = demo.examples.map(
    ({ level, number, password, code }) =>
      `       level ${level}:  ${number}  ${password}${code ? '  and the code shown at /dev/' : ''}`,
  );
  return [
    running,
    '',
    `  1. Open the demo portal:  ${demo.portalOrigin}`,
    '  2. Choose a procedure and sign in, for example as',
    ...people,
    `  3. Everybody else, and the current one-time codes:  ${issuer}/dev/`,
    '',
    'Stop with Ctrl+C; the data stay for the next start.',
  ].join('\n');
}

try {
  await start();
} catch (error) {
  const expected =
    error instanceof ConfigurationError ||
    error instanceof StorageUnavailable ||
    error instanceof CannotStart;
  console.error(expected ? error.message : error);
  process.exit(1);
}
