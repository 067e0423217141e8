import type { Connection } from 'mongoose';

/** How often is looked, and how long beyond its own limits a heartbeat may take, in milliseconds. */
const INTERVAL = 1_000;
const MARGIN = 2_000;

/** What is restarted, as the driver has it within; a test shows that it is still there. */
interface Monitored {
  readonly topology?: {
    readonly s: {
      readonly servers: ReadonlyMap<string, { readonly monitor: { close(): void; connect(): void } | null }>;
    };
  };
}

/**
 * Restarts the driver's monitor of a server whose heartbeat neither ends nor fails. Driver 7 (cmap/connection.js,
 * `writeCommand`) waits for ever for a socket to drain that died while it was written to, as happens to many sockets
 * at once when a parted network comes back; nothing is then sent to that server any more. Ends with the connection.
 */
export const watchHeartbeats = (
  connection: Connection,
  log?: { warn(fields: object, message: string): void },
): void => {
  const client = connection.getClient();
  const { connectTimeoutMS, heartbeatFrequencyMS } = client.options;
  const begun = new Map<string, { readonly at: number; readonly allowed: number }>();
  client.on('serverHeartbeatStarted', ({ connectionId, awaited }) => {
    // The server holds back the answer to an awaited one until something changes, at most for the frequency.
    const allowed = connectTimeoutMS + MARGIN + (awaited ? heartbeatFrequencyMS : 0);
    begun.set(connectionId, { at: performance.now(), allowed });
  });
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => void begun.delete(connectionId));
  client.on('serverHeartbeatFailed', ({ connectionId }) => void begun.delete(connectionId));
  client.on('serverClosed', ({ address }) => void begun.delete(address));

  const restart = (address: string): void => {
    begun.delete(address);
    // Private to the driver, and the only way that does not take every call under way with it.
    const monitor = (client as unknown as Monitored).topology?.s.servers.get(address)?.monitor;
    if (!monitor) return;
    log?.warn({ server: address }, 'a heartbeat to the database hangs: its monitor is started again');
    monitor.close();
    monitor.connect();
  };
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [address, { at, allowed }] of begun) if (now - at > allowed) restart(address);
  }, INTERVAL);
  timer.unref();
  connection.once('close', () => clearInterval(timer));
};
