import { createKeepingContext } from '../src/cli/keeping-context.ts';
import { buildProgram } from '../src/cli/program.ts';
import { openCollectionsOf } from '../src/collections.ts';
import { readConfig } from '../src/services.ts';
import { createLog } from '../src/telemetry/log.ts';
import { openAdminContext } from '../src/wiring.ts';

// A reader that stops reading (`| head`) is not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const INTERRUPTS = ['SIGINT', 'SIGTERM'] as const;

const program = buildProgram({
  stdin: process.stdin,
  out: process.stdout,
  err: process.stderr,
  noColour: Boolean(process.env.NO_COLOR),
  onInterrupt: (heard) => {
    const release = () => {
      for (const signal of INTERRUPTS) process.off(signal, once);
    };
    // Without a listener the next signal ends the process, as it would have without this one.
    const once = () => {
      release();
      heard();
    };
    for (const signal of INTERRUPTS) process.on(signal, once);
    return release;
  },
  open: () => openAdminContext(process.env),
  openKeeping: async () => {
    const config = readConfig(process.env);
    return createKeepingContext({
      config,
      openAll: await openCollectionsOf(config),
      log: createLog({ level: 'warn', destination: process.stderr }),
    });
  },
});
process.exitCode = await program.run(process.argv.slice(2));
