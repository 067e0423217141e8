import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answerTo, type Command, commandIn, createFrameReader, type Frame } from './wire-frames.ts';

/**
 * What happens to one command: `truncate` has it executed and cuts the connection in the middle of the answer;
 * `swallow` has it executed and cuts the connection instead of answering; `silence` has it executed and answers
 * nothing, on a connection that stays open; the others are answers of a server that steps down or stops, which
 * does not execute it.
 */
export type OneFault = 'truncate' | 'swallow' | 'silence' | 'NotWritablePrimary' | 'ShutdownInProgress';

const REFUSALS = { NotWritablePrimary: 10107, ShutdownInProgress: 91 } as const;

/** Which commands: by name, or by what is in them. */
export type Match = string | ((command: Command) => boolean);

/** A fault that waits for its command. */
export interface Armed {
  /** The command that it struck; undefined while none came. */
  struck(): Command | undefined;
}

/** Stands between a provider and its MongoDB-compatible server, and makes the network between them fail. */
export interface WireProxy {
  /** The address given at the start, by way of this proxy. */
  readonly uri: string;
  /** Commands that came, oldest first; those of the driver's own watching are left out. */
  readonly commands: readonly Command[];
  /** Strikes the next command that matches, once. */
  once(match: Match, fault: OneFault): Armed;
  /** From now on each answer comes so many milliseconds late. */
  delay(milliseconds: number): void;
  /** Ends every connection; new ones are taken. */
  cut(): void;
  /** Ends every connection and takes no new one: the server is away. */
  refuse(): Promise<void>;
  /** Connections stay and are taken, but nothing passes any more: the network is parted. */
  part(): void;
  /** Takes back every fault. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** What a driver asks for its own watching. */
const WATCHING = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions', 'buildInfo']);

interface Waiting {
  readonly matches: (command: Command) => boolean;
  readonly fault: OneFault;
  struck: Command | undefined;
}

interface State {
  readonly target: { readonly host: string; readonly port: number };
  readonly sockets: Set<Socket>;
  readonly commands: Command[];
  readonly waiting: Waiting[];
  delay: number;
  /** Ends when what is late need not wait any longer. */
  patience: PromiseWithResolvers<void>;
  parted: boolean;
}

/** Starts a proxy before the first server that the address names. */
export async function startWireProxy(uri: string): Promise<WireProxy> {
  const target = serverIn(uri);
  const state: State = {
    target,
    sockets: new Set(),
    commands: [],
    waiting: [],
    delay: 0,
    patience: Promise.withResolvers(),
    parted: false,
  };
  const server = createServer((client) => relay(state, client));
  const port = await listen(server, 0);
  const cut = () => {
    for (const socket of state.sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    cut();
    await closed;
  };
  return {
    uri: throughPort(uri, port),
    commands: state.commands,
    once: (match, fault) => arm(state, match, fault),
    delay: (milliseconds) => {
      state.delay = milliseconds;
    },
    cut,
    refuse: close,
    part: () => {
      state.parted = true;
    },
    async heal() {
      // What was swallowed while parted is lost for good, so its connection is of no more use.
      if (state.parted) cut();
      state.patience.resolve();
      Object.assign(state, { delay: 0, patience: Promise.withResolvers(), parted: false });
      state.waiting.length = 0;
      if (!server.listening) await listen(server, port);
    },
    close,
  };
}

const ADDRESS = /^mongodb:\/\/((?:[^@/]*@)?)([^/,?]+)[^/?]*(\/[^?]*)?(?:\?(.*))?$/;

function serverIn(uri: string): { host: string; port: number } {
  const first = ADDRESS.exec(uri)?.[2];
  if (first === undefined) throw new Error('the proxy needs an address that begins with mongodb://');
  const { hostname, port } = new URL(`http://${first}`);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 27017) };
}

/** The address with one more option of the driver. */
export const withOption = (uri: string, option: string, value: string): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}${option}=${encodeURIComponent(value)}`;

/** A driver that knows of a replica set would go past the proxy: it is told to talk to this address alone. */
function throughPort(uri: string, port: number): string {
  const [, user = '', , path = '/', query = ''] = ADDRESS.exec(uri) ?? [];
  const options = new URLSearchParams(query);
  options.delete('replicaSet');
  options.set('directConnection', 'true');
  return `mongodb://${user}127.0.0.1:${port}${path}?${options}`;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

function arm(state: State, match: Match, fault: OneFault): Armed {
  const matches = typeof match === 'string' ? ({ name }: Command) => name === match : match;
  const waiting: Waiting = { matches, fault, struck: undefined };
  state.waiting.push(waiting);
  return { struck: () => waiting.struck };
}

/** Both directions of one connection. */
function relay(state: State, client: Socket): void {
  const server = connect(state.target);
  const spoiled = new Map<number, OneFault>();
  const late = createLateWriter(state, client);
  for (const [socket, other] of [
    [client, server],
    [server, client],
  ] as const) {
    state.sockets.add(socket);
    socket.setNoDelay();
    // The other end notices by the close that follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      state.sockets.delete(socket);
      other.destroy();
    });
  }
  const requests = createFrameReader();
  client.on('data', (part) => {
    for (const frame of requests(part)) {
      const fault = state.parted ? 'lost' : faultFor(state, frame);
      if (fault === 'lost') continue;
      if (fault === 'NotWritablePrimary' || fault === 'ShutdownInProgress') {
        client.write(answerTo(frame.requestId, refusal(fault, frame)));
        continue;
      }
      if (fault !== undefined) spoiled.set(frame.requestId, fault);
      server.write(frame.bytes);
    }
  });
  const answers = createFrameReader();
  server.on('data', (part) => {
    for (const frame of answers(part)) {
      if (state.parted) continue;
      const fault = spoiled.get(frame.responseTo);
      if (fault === undefined) late(frame.bytes);
      else if (fault === 'truncate') client.end(frame.bytes.subarray(0, frame.bytes.length >> 1));
      else if (fault === 'swallow') client.destroy();
    }
  });
}

/** Takes note of a command, and takes the fault that waits for it. */
function faultFor(state: State, frame: Frame): OneFault | undefined {
  const command = commandIn(frame);
  if (command === undefined || WATCHING.has(command.name)) return undefined;
  state.commands.push(command);
  const found = state.waiting.find((one) => one.matches(command));
  if (found === undefined) return undefined;
  state.waiting.splice(state.waiting.indexOf(found), 1);
  found.struck = command;
  return found.fault;
}

/** A server tells a driver by a label that a numbered write may be sent again. */
const refusal = (fault: keyof typeof REFUSALS, frame: Frame): Record<string, unknown> => ({
  ok: 0,
  errmsg: fault,
  code: REFUSALS[fault],
  codeName: fault,
  ...(commandIn(frame)?.document.txnNumber === undefined ? {} : { errorLabels: ['RetryableWriteError'] }),
});

/** Writes in order, each part as late as is said when it comes. */
function createLateWriter(state: State, client: Socket): (bytes: Buffer) => void {
  let queue: Promise<unknown> = Promise.resolve();
  let queued = 0;
  return (bytes) => {
    if (state.delay === 0 && queued === 0) {
      client.write(bytes);
      return;
    }
    queued += 1;
    queue = Promise.all([queue, Promise.race([wait(state.delay), state.patience.promise])]).then(() => {
      queued -= 1;
      if (!client.destroyed) client.write(bytes);
    });
  };
}
