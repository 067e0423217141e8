import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '../config/schema.ts';
import type { Demo } from '../demo/demo.ts';
import { openServices, type Services } from '../services.ts';
import type { LogFields } from '../telemetry/log.ts';
import { type Application, buildApplication } from '../wiring.ts';
import { CannotStart } from './cannot-start.ts';
import { type Closing, createClosing } from './closing.ts';
import { greeting } from './greeting.ts';
import { createWebServer, listen } from './listen.ts';

/** A process that serves. */
export interface Serving extends Closing {
  /** To be shown once all processes serve. */
  readonly greeting: string;
  /** Serves a connection that another process has accepted. */
  take(socket: Socket): void;
}

export interface ServeOptions {
  /** Of several processes the one that fills the demo and serves its portal. */
  readonly first: boolean;
  /** Opens the port; otherwise connections come by `take`. */
  readonly listening: boolean;
}

/** Opens storage and serves. Rejects with an error that `toldOf` knows how to tell. */
export async function serve(config: Config, { first, listening }: ServeOptions): Promise<Serving> {
  const services = await openServices(config);
  const demo = await demoOf(services);
  const application = await buildApplication(
    services,
    demo ? [demo.routes] : [],
    demo?.mailbox,
    demo?.textbox,
  );
  const server = createWebServer(application, config);
  const servers = [server];
  if (listening) await listen(server, config);
  // Its checks of slow requests begin with this event.
  else server.emit('listening');
  if (demo && first) servers.push(await listenDemo(demo, services));
  const closings = servers.map(createClosing);
  if (demo && first) await seedWithProgress(demo, application);
  return {
    greeting: greeting(config, services.storage.engine, demo),
    take(socket) {
      // As every connection that an HTTP server accepts itself.
      socket.allowHalfOpen = true;
      server.emit('connection', socket);
    },
    leave() {
      application.drain();
      for (const closing of closings) closing.leave();
    },
    async close() {
      await Promise.all(closings.map((closing) => closing.close()));
      await application.close();
      await services.storage.close();
    },
  };
}

/** The demo is loaded only where it is switched on, so that an image for production need not contain it. */
async function demoOf(services: Services): Promise<Demo | undefined> {
  if (!services.config.demo.enabled) return undefined;
  const { prepareDemo } = await import('../demo/demo.ts');
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
