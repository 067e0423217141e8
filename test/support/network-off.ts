import { isIP, Socket } from 'node:net';
import { afterAll, afterEach, expect, inject } from 'vitest';

/**
 * A setup file: a test reaches loopback addresses and nothing else, but for the MongoDB server that was named for
 * the run. An attempt to go further is refused before any name is looked up, and fails the test even where the
 * code under test swallowed the refusal.
 */

const loopback = (host: string): boolean => {
  const address = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(address) === 0) return address === 'localhost' || address.endsWith('.localhost');
  return address === '::1' || /^(::ffff:)?127\./.test(address);
};

const ofMongo = new Set(
  inject('mongo')?.server?.hosts.map((host) => host.replace(/:\d+$/, '').toLowerCase()),
);

/** The host a `connect` call names, in each of the shapes `net.Socket.connect` takes; undefined for a pipe. */
const namedHost = (args: readonly unknown[]): string | undefined => {
  const [first, second] = args;
  if (Array.isArray(first)) return namedHost(first);
  if (typeof first === 'object' && first !== null) {
    if ('path' in first && first.path) return undefined;
    return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return undefined;
  return typeof second === 'string' ? second : 'localhost';
};

let refused: string[] = [];

/** The hosts refused so far, forgotten with this call: for a test whose point is the attempt. */
export const takeRefusedHosts = (): string[] => {
  const taken = refused;
  refused = [];
  return taken;
};

const connect = Socket.prototype.connect;

Object.defineProperty(Socket.prototype, 'connect', {
  configurable: true,
  writable: true,
  value(this: Socket, ...args: unknown[]): Socket {
    const host = namedHost(args);
    if (host === undefined || loopback(host) || ofMongo.has(host.toLowerCase()))
      return Reflect.apply(connect, this, args);
    refused.push(host);
    // Later, as a real refusal would be: callers set their listeners once `connect` has returned.
    setImmediate(() =>
      this.destroy(new Error(`A test tried to reach ${host}: only loopback is open to tests.`)),
    );
    return this;
  },
});

const expectNothingRefused = () =>
  expect(takeRefusedHosts(), 'hosts outside loopback that the test tried to reach').toEqual([]);

afterEach(expectNothingRefused);
afterAll(expectNothingRefused);
