import { buildProgram } from '../src/cli/program.ts';
import { openAdminContext } from '../src/wiring.ts';

// A reader that stops reading (`| head`) is not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const program = buildProgram({
  stdin: process.stdin,
  out: process.stdout,
  err: process.stderr,
  noColour: Boolean(process.env.NO_COLOR),
  open: () => openAdminContext(process.env),
});
process.exitCode = await program.run(process.argv.slice(2));
