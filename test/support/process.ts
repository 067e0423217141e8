import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as client from 'openid-client';
import type { TestRelyingParty } from './relying-parties.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Seconds of real time: a machine that runs other tests meanwhile is slow to start a process. */
const PATIENCE_MS = 60_000;

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** Hashing that costs next to nothing; the first start hashes the passwords of all synthetic people. */
export const fastHashing = { MOTCUA_PASSWORDS_MEMORY_KIB: '1024', MOTCUA_PASSWORDS_PASSES: '1' };

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  readonly issuer: string;
  /** Where it listens, whatever the issuer is. */
  readonly address: string;
  readonly portalOrigin: string;
  readonly pid: number;
  /** Everything it has written so far. */
  output(): { readonly out: string; readonly err: string };
  send(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

export interface ServerOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly portalPort?: number;
  /** Another copy of the project. */
  readonly root?: string;
}

/** Only what is given, so that no variable of this process takes part. */
const environment = (env: Readonly<Record<string, string>>) => ({
  PATH: process.env.PATH ?? '',
  NO_COLOR: '1',
  ...env,
});

/** Starts the real `src/main.ts` as a process of its own; it may not have come up yet. */
export async function spawnServer({ env, root = ROOT, ...ports }: ServerOptions): Promise<ServerProcess> {
  const port = ports.port ?? (await freePort());
  const portalPort = ports.portalPort ?? (await freePort());
  const child: ChildProcess = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment({ MOTCUA_PORT: String(port), MOTCUA_PORTAL_PORT: String(portalPort), ...env }),
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (part) => {
    out += part;
  });
  child.stderr?.on('data', (part) => {
    err += part;
  });
  return {
    issuer: env.MOTCUA_ISSUER ?? `http://localhost:${port}`,
    address: `http://127.0.0.1:${port}`,
    portalOrigin: `http://127.0.0.1:${portalPort}`,
    pid: child.pid ?? 0,
    output: () => ({ out, err }),
    send: (signal) => void child.kill(signal),
    ended: new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal }))),
  };
}

/** The same, once it says that it is ready. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const server = await spawnServer(options);
  let ended: Ended | undefined;
  void server.ended.then((end) => {
    ended = end;
  });
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const ready = await fetch(`${server.address}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    // Ready is said by the socket; the greeting comes when the portal listens as well.
    if (ready && server.output().out.includes('is running')) return server;
    if (ended)
      throw new Error(
        `the server ended at its start (${ended.code ?? ended.signal}): ${server.output().err}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  server.send('SIGKILL');
  throw new Error(`the server was not ready in time: ${server.output().err}`);
}

/** Ends a server, whatever it is doing. */
export async function endServer(server: ServerProcess | undefined): Promise<void> {
  server?.send('SIGKILL');
  await server?.ended;
}

export interface Finished {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a script of the project with Node and waits for its end. */
export const runScript = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  root = ROOT,
): Promise<Finished> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args],
      { cwd: root, env: environment(env), timeout: PATIENCE_MS },
      (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });

/** A real client for a relying party that was registered by the command line with a secret. */
export async function openClient(
  { issuer }: Pick<ServerProcess, 'issuer'>,
  registered: {
    readonly client_id: string;
    readonly client_secret: string;
    readonly redirect_uris: readonly string[];
  },
): Promise<TestRelyingParty> {
  const { client_id: clientId, client_secret: secret, redirect_uris } = registered;
  const metadata = { id_token_signed_response_alg: 'ES256' };
  const config = await client.discovery(
    new URL(issuer),
    clientId,
    metadata,
    client.ClientSecretBasic(secret),
    {
      execute: [client.allowInsecureRequests],
    },
  );
  return { config, clientId, secret, redirectUri: redirect_uris[0] ?? '' };
}
