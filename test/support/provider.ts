import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { vi } from 'vitest';
import { systemClock } from '../../src/clock/clock.ts';
import { type ConfigSources, loadConfig } from '../../src/config/load-config.ts';
import { seedPeople } from '../../src/demo/people/seed-people.ts';
import type { RenderedLetter } from '../../src/outbox/render.ts';
import type { RenderedText } from '../../src/outbox/text.ts';
import type { Transport } from '../../src/outbox/transport.ts';
import { openServices, type Services } from '../../src/services.ts';
import type { Storage } from '../../src/storage/contract.ts';
import { createLog, type Log } from '../../src/telemetry/log.ts';
import { type Application, buildApplication } from '../../src/wiring.ts';
import { temporaryFolder } from './storage.ts';

export interface ProviderOptions {
  readonly config?: NonNullable<ConfigSources['overrides']>;
  /** Default true: text messages have somewhere to go. */
  readonly textbox?: boolean;
  /** Default true: the synthetic people are there. */
  readonly people?: boolean;
  /** A stand-in for the storage, given the real one: for faults. */
  readonly storage?: (real: Storage) => Storage;
  /** Without a real listening socket the issuer cannot follow the port. */
  readonly issuer?: string;
  /** A database that may hold something already; without it, a fresh file. */
  readonly storageUrl?: string;
  /** Where lines are logged, for several providers that log to one. */
  readonly logged?: Record<string, unknown>[];
}

export interface TestProvider {
  readonly issuer: string;
  /** Where it listens, whatever the issuer is. */
  readonly address: string;
  readonly services: Services;
  readonly application: Application;
  /** Every line that was logged, as objects. */
  readonly logged: readonly Record<string, unknown>[];
  /** Every letter that left, unless a mail server was configured. `application.deliveries.run()` waits for those due. */
  readonly letters: readonly RenderedLetter[];
  /** The same of text messages, unless a gateway was configured. */
  readonly texts: readonly RenderedText[];
  close(): Promise<void>;
}

const FAST_HASHING = { memory_kib: 1024, passes: 1, parallelism: 1, workers: 1, queue: 256 };

export type StartProvider = (options: ProviderOptions) => Promise<TestProvider>;

let starter: StartProvider = startOne;

/** The real wiring on a fresh database and a real socket; only hashing is made cheap. */
export const startProvider = (options: ProviderOptions = {}): Promise<TestProvider> => starter(options);

/** From now on providers are started in another way, made of the usual one: a whole test file then runs on them. */
export function startProvidersBy(make: (one: StartProvider) => StartProvider): void {
  starter = make(startOne);
}

async function startOne(options: ProviderOptions): Promise<TestProvider> {
  const { folder, remove } = await temporaryFolder();
  const server = createServer();
  const { port } = await listen(server);
  const address = `http://localhost:${port}`;
  const issuer = options.issuer ?? address;
  const config = loadConfig({
    env: {},
    directory: join(import.meta.dirname, '..', '..', 'config'),
    overrides: {
      issuer,
      storage: { url: options.storageUrl ?? `sqlite:${join(folder, 'motcua.db')}` },
      passwords: FAST_HASHING,
      relying_parties: { cache: 0 },
      // A round begins when a letter is put in, and not in the middle of a test that counts calls.
      mail: { interval: 3600 },
      ...options.config,
    },
  });
  const { logged = [] } = options;
  const opened = await openServices(config, { clock: systemClock, log: recordingLog(logged) });
  const services = options.storage
    ? await openServices(config, { log: opened.log, storage: options.storage(opened.storage) })
    : opened;
  const letters: RenderedLetter[] = [];
  const texts: RenderedText[] = [];
  const application = await buildApplication(
    services,
    [],
    captured(letters),
    options.textbox === false ? undefined : captured(texts),
  );
  if (options.people !== false) await seedPeople({ ...opened, hasher: application.hasher });
  server.on('request', application.app.callback());
  return {
    issuer,
    address,
    services,
    application,
    logged,
    letters,
    texts,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await application.close();
      await opened.storage.close();
      await remove();
    },
  };
}

const listen = (server: Server): Promise<AddressInfo> =>
  new Promise((resolve) => {
    server.listen(0, 'localhost', () => resolve(server.address() as AddressInfo));
  });

const captured = <L>(letters: L[]): Transport<L> => ({
  deliver: async (letter) => {
    letters.push(letter);
    return { kind: 'sent' };
  },
  close: () => undefined,
});

const recordingLog = (lines: Record<string, unknown>[]): Log =>
  createLog({
    level: 'debug',
    destination: { write: (line: string) => void lines.push(JSON.parse(line)) },
  });

/** Moves the clock of this process forward; everything that asks for the time sees it at once. */
export function advance(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}
