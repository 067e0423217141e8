import { readConfig } from './services.ts';
import { serveAlone } from './start/alone.ts';
import { toldOf } from './start/cannot-start.ts';
import { supervise } from './start/supervise.ts';
import { serveAsWorker } from './start/worker.ts';
import { FIRST_WORKER, FURTHER_WORKER } from './start/worker-process.ts';

const [, , role = ''] = process.argv;

try {
  const config = readConfig(process.env);
  if ([FIRST_WORKER, FURTHER_WORKER].includes(role)) {
    await serveAsWorker(config, { first: role === FIRST_WORKER });
  } else if (config.workers > 1) await supervise(config);
  else await serveAlone(config);
} catch (error) {
  console.error(toldOf(error));
  process.exit(1);
}
