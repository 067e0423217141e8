import type { Command } from 'commander';
import type { AdminContext } from './admin-context.ts';
import type { ExitCode } from './exit-code.ts';
import type { KeepingContext } from './keeping-context.ts';
import type { Terminal } from './terminal.ts';

/** What a command is built with. */
export interface Cli extends Terminal {
  /** Opens the context, runs the action, closes the context whatever happened, and keeps the exit code. */
  withContext(action: (context: AdminContext) => Promise<ExitCode>): Promise<void>;
  /** The same for commands that move and keep data: nothing is open before the action opens it. */
  withKeeping(action: (context: KeepingContext) => Promise<ExitCode>): Promise<void>;
}

/** One command with its flags, its help and its action; `program.ts` puts it into its group. */
export type CommandBuilder = (cli: Cli) => Command;
