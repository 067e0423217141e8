import type { Readable, Writable } from 'node:stream';
import { visible } from './layout.ts';

/** The streams of one invocation, and what is known of the terminal behind them. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** What was asked for: a table, a registration, one JSON object. */
  readonly out: TerminalOutput;
  /** Everything else: problems, questions, remarks. */
  readonly err: TerminalOutput;
  /** Set by the variable NO_COLOR (no-color.org); without a terminal there is no colour anyway. */
  readonly noColour: boolean;
  /** Calls `heard` at the first Ctrl+C or SIGTERM, in place of ending; the second one ends. Gives how to undo it. */
  onInterrupt(heard: () => void): () => void;
}

export type TerminalOutput = Writable & { readonly columns?: number; readonly isTTY?: boolean };

/** Somebody is there to answer: questions are read from standard input and written to standard error. */
export const canAsk = ({ stdin, err }: Terminal): boolean => stdin.isTTY === true && err.isTTY === true;

/** One JSON object, and nothing else, on standard output. */
export const printJson = ({ out }: Terminal, value: object): void => {
  out.write(`${JSON.stringify(value, null, 2)}\n`);
};

/** A list of problems on standard error, below a line that says what did not happen. */
export function printProblems({ err }: Terminal, headline: string, problems: readonly string[]): void {
  err.write(`${headline}\n${problems.map((problem) => `  - ${visible(problem)}\n`).join('')}`);
}
