import { randomUUID } from 'node:crypto';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { Storage } from '../storage/contract.ts';
import { acquireLease, leaseDefinition, releaseLease } from '../storage/lease.ts';
import type { Log } from '../telemetry/log.ts';

export interface Housekeeping {
  /** One round now; what it swept. Nothing where another instance is at it. */
  run(): Promise<number>;
  stop(): Promise<void>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** Seconds between rounds. */
  readonly interval: number;
}

/** Sweeps expired rows, on one instance at a time. Nobody depends on it: an expired row is gone for all readers. */
export function startHousekeeping({ storage, clock, log, interval }: Dependencies): Housekeeping {
  const owner = randomUUID();
  const lease = storage.collection(leaseDefinition);
  let running: Promise<number> = Promise.resolve(0);
  let stopping = false;

  async function round(): Promise<number> {
    if (!(await acquireLease(lease, 'housekeeping', owner, 2 * interval * SECOND, clock))) return 0;
    let swept = 0;
    for (const collection of storage.collections.values()) {
      if (stopping) break;
      swept += await collection.purge(clock.now());
    }
    if (swept > 0) log.debug({ job: 'housekeeping', count: swept }, 'expired rows swept');
    return swept;
  }

  const run = () => {
    running = running.then(round, round);
    return running;
  };
  const timer = setInterval(() => {
    run().catch((error: unknown) => log.warn({ job: 'housekeeping', err: error }, 'housekeeping failed'));
  }, interval * SECOND);
  timer.unref();
  return {
    run,
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running.catch(() => 0);
      await releaseLease(lease, 'housekeeping', owner).catch(() => undefined);
    },
  };
}
