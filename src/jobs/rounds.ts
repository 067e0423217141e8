import { randomUUID } from 'node:crypto';
import { type Clock, SECOND } from '../clock/clock.ts';
import type { Storage } from '../storage/contract.ts';
import { acquireLease, leaseDefinition, releaseLease } from '../storage/lease.ts';
import type { Log } from '../telemetry/log.ts';

/** Work done in rounds, on one instance at a time. */
export interface Rounds {
  /** One round now; how much it did. Nothing where another instance is at it. */
  run(): Promise<number>;
  /** Ends a round under way before its next step. */
  stop(): Promise<void>;
}

/**
 * Asked before each step of a round: false where the program ends or another instance has taken the work over. Renews
 * the lease in good time, so a step must fit in half of it.
 */
export type GoOn = () => Promise<boolean>;

/** What every work in rounds needs. */
export interface RoundsParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** Seconds between rounds; the lease lasts for two of them. */
  readonly interval: number;
}

interface Dependencies extends RoundsParts {
  /** Names the lease, and the work in the log. */
  readonly job: string;
  /** One round, resumable: it may be cut off after any step, and begun again elsewhere. */
  readonly round: (goOn: GoOn) => Promise<number>;
}

/** Begins a round at each interval. One that fails is logged and tried again at the next. */
export function startRounds({ clock, interval, job, log, round, storage }: Dependencies): Rounds {
  const owner = randomUUID();
  const leases = storage.collection(leaseDefinition);
  const lifetime = 2 * interval * SECOND;
  let renewAt = 0;
  let running: Promise<number> = Promise.resolve(0);
  let stopping = false;

  const goOn: GoOn = async () => {
    if (stopping) return false;
    const now = clock.now();
    if (now < renewAt) return true;
    const held = await acquireLease(leases, job, owner, lifetime, clock);
    renewAt = held ? now + lifetime / 2 : 0;
    return held;
  };
  const once = async (): Promise<number> => {
    // Each round renews: the lease must outlast the pause that follows.
    renewAt = 0;
    return (await goOn()) ? round(goOn) : 0;
  };
  const run = (): Promise<number> => {
    running = running.then(once, once);
    return running;
  };
  const timer = setInterval(() => {
    run().catch((error: unknown) => log.warn({ job, err: error }, `${job} failed`));
  }, interval * SECOND);
  timer.unref();
  return {
    run,
    async stop() {
      stopping = true;
      clearInterval(timer);
      await running.catch(() => 0);
      await releaseLease(leases, job, owner).catch(() => undefined);
    },
  };
}
