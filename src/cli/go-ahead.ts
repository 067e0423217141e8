import { agrees } from './client-questions.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { visible } from './layout.ts';
import { canAsk } from './terminal.ts';

interface Intention {
  /** What will be done, line by line. */
  readonly says: readonly string[];
  readonly question: string;
  /** The person has agreed already, by a flag. */
  readonly yes: boolean;
}

/** Says what will be done and asks; undefined to go ahead, otherwise how the command ends. */
export async function refusedToGo(
  cli: Cli,
  { says, question, yes }: Intention,
): Promise<ExitCode | undefined> {
  cli.err.write(says.map((line) => `${visible(line)}\n`).join(''));
  if (yes) return undefined;
  if (!canAsk(cli)) {
    cli.err.write('Nothing was done: without a terminal to ask in, add --yes.\n');
    return EXIT.badInput;
  }
  if (await agrees(question, cli)) return undefined;
  cli.err.write('Nothing was done.\n');
  return EXIT.cancelled;
}

/**
 * Runs a long task that can be ended between two batches: the first Ctrl+C (or SIGTERM) makes `stopped` true, the
 * second one ends the process.
 */
export async function interruptible<R>(cli: Cli, task: (stopped: () => boolean) => Promise<R>): Promise<R> {
  let stop = false;
  const release = cli.onInterrupt(() => {
    stop = true;
    cli.err.write('\nEnding after this batch; once more ends at once.\n');
  });
  try {
    return await task(() => stop);
  } finally {
    release();
  }
}
