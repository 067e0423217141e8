import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import { createLog } from '../telemetry/log.ts';
import { CannotStart } from './cannot-start.ts';
import { createCrew } from './crew.ts';
import { listen } from './listen.ts';
import { createReception, type Reception } from './reception.ts';
import { onStop } from './stopping.ts';
import { startWorker, type WorkerProcess } from './worker-process.ts';

/** Beyond its own grace, for a worker that does not even come to count it. */
const KILLED_AFTER_MS = 2 * SECOND;

/**
 * Starts the workers, starts again those that end, and stops them together. Rejects with `CannotStart` when there is
 * none left that serves, and none can be started.
 */
export async function supervise(config: Config): Promise<void> {
  const log = createLog({ level: config.log.level });
  const reception = createReception();
  await listen(reception.server, config);
  const crew = createCrew({ log, reception, start: startWorker, pause: wait });
  let stopping = false;
  onStop(async (signal) => {
    stopping = true;
    log.info({ signal }, 'stopping');
    process.exit((await stopAll(crew.disband(), reception, config.shutdown)) ? 0 : 1);
  });

  const first = crew.start(0);
  const greeting = await first.ready;
  if (stopping) return;
  if (greeting === undefined) return refuse(await first.ended);
  const places = Array.from({ length: config.workers }, (_, place) => place);
  const ready = places.slice(1).map((place) => crew.start(place).ready);
  void Promise.all(ready).then(() => console.log(greeting));
  await crew.keep(places);
}

/** Of a worker that ended with code 1 its own sentence has been read. */
function refuse(reason: number | string): void {
  if (reason !== 1) throw new CannotStart(`The first worker ended at its start (${reason}).`);
  process.exit(1);
}

/** Whether all that served ended well, with nothing cut off. */
async function stopAll(
  serving: readonly WorkerProcess[],
  reception: Reception,
  { drain, grace }: Config['shutdown'],
): Promise<boolean> {
  for (const worker of serving) worker.tell('leave');
  await wait(drain * SECOND);
  const all = await reception.close();
  for (const worker of serving) worker.tell('stop');
  const last = setTimeout(
    () => {
      for (const worker of serving) worker.kill();
    },
    grace * SECOND + KILLED_AFTER_MS,
  );
  const ends = await Promise.all(serving.map(({ ended }) => ended));
  clearTimeout(last);
  return all && ends.every((end) => end === 0);
}
