import type { Clock } from '../clock/clock.ts';
import type { Storage } from '../storage/contract.ts';
import type { Log } from '../telemetry/log.ts';
import { type GoOn, type Rounds, startRounds } from './rounds.ts';

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** Seconds between rounds. */
  readonly interval: number;
}

/** Sweeps expired rows, on one instance at a time. Nobody depends on it: an expired row is gone for all readers. */
export function startHousekeeping(deps: Dependencies): Rounds {
  const { clock, log, storage } = deps;
  const job = 'housekeeping';

  async function round(goOn: GoOn): Promise<number> {
    let swept = 0;
    for (const collection of storage.collections.values()) {
      if (!(await goOn())) break;
      swept += await collection.purge(clock.now(), goOn);
    }
    if (swept > 0) log.debug({ job, count: swept }, 'expired rows swept');
    return swept;
  }
  return startRounds({ ...deps, job, round });
}
