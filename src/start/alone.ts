import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import { createLog } from '../telemetry/log.ts';
import { serve } from './serve.ts';
import { exitAfter, onStop } from './stopping.ts';

/** The whole server in this process. */
export async function serveAlone(config: Config): Promise<void> {
  const { drain, grace } = config.shutdown;
  const log = createLog({ level: config.log.level });
  const serving = await serve(config, { first: true, listening: true });
  onStop(async (signal) => {
    log.info({ signal }, 'stopping');
    exitAfter(drain + grace);
    serving.leave();
    await wait(drain * SECOND);
    await serving.close();
    process.exit(0);
  });
  console.log(serving.greeting);
}
