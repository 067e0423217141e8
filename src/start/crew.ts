import { SECOND } from '../clock/clock.ts';
import type { Log } from '../telemetry/log.ts';
import { CannotStart } from './cannot-start.ts';
import type { Reception } from './reception.ts';
import type { startWorker, WorkerProcess } from './worker-process.ts';

/** A worker that ends sooner has failed. So many failures in a row while no other serves are the end. */
const LASTING_MS = 60 * SECOND;
const MOST_FAILURES = 5;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10 * SECOND;

/** Before a worker is started again: longer with each failure, so that a lasting fault does not eat the machine. */
const pauseAfter = (failures: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);

/** The workers, each at its place. */
export interface Crew {
  /** Starts the worker of a place. */
  start(place: number): WorkerProcess;
  /** Starts again what ends at the places. Rejects with `CannotStart` when nothing serves and nothing can be started. */
  keep(places: readonly number[]): Promise<void>;
  /** None is started again, and those that do not serve yet are ended. Returns those that serve. */
  disband(): WorkerProcess[];
}

/** What a crew works with. */
export interface CrewParts {
  readonly log: Log;
  readonly reception: Pick<Reception, 'admit' | 'dismiss'>;
  readonly start: typeof startWorker;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Workers that are started again when they end; those that serve are known to the reception. */
export function createCrew({ log, reception, start: startProcess, pause }: CrewParts): Crew {
  const crew = new Map<number, WorkerProcess>();
  let disbanded = false;

  const start = (place: number): WorkerProcess => {
    const worker = startProcess({ first: place === 0 });
    crew.set(place, worker);
    void worker.ready.then((greeting) => {
      if (greeting !== undefined) reception.admit(worker);
    });
    void worker.ended.then(() => reception.dismiss(worker));
    return worker;
  };

  async function keepAt(place: number): Promise<void> {
    for (let failures = 0, worker = crew.get(place); worker; worker = start(place)) {
      const since = performance.now();
      const reason = await worker.ended;
      if (disbanded) return;
      failures = performance.now() - since < LASTING_MS ? failures + 1 : 1;
      log.error({ component: 'worker', reason, count: failures }, 'a worker ended and is started again');
      const alone = ![...crew.values()].some((one) => one.serving());
      if (failures >= MOST_FAILURES && alone) throw new CannotStart('No worker stays alive: giving up.');
      await pause(pauseAfter(failures));
      if (disbanded) return;
    }
  }

  return {
    start,
    async keep(places) {
      await Promise.all(places.map(keepAt));
    },
    disband() {
      disbanded = true;
      const workers = [...crew.values()];
      for (const worker of workers) if (!worker.serving()) worker.kill();
      return workers.filter((worker) => worker.serving());
    },
  };
}
