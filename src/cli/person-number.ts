import { isCancel, text } from '@clack/prompts';
import { normalizePersonalNumber } from '../subject/personal-number.ts';
import type { Subject, SubjectId } from '../subject/subject.ts';
import type { AdminContext } from './admin-context.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { canAsk } from './terminal.ts';

const LONGEST_INPUT = 1024;

/** How a person is named to a command; for its help. `example` is the command with its flags. */
export const numberHelp = (example: string): string => `
The personal number is asked for, or read from standard input; it is never an argument, which everybody on
this machine could read:
  printf %s "$NUMBER" | npm run -s admin -- ${example}`;

/**
 * The personal number that a command is about, from whoever is there to answer or from standard input; how the
 * command ends where there is none. `nothing` says what did not happen: "Nothing was withdrawn".
 */
export async function personalNumberFor(
  cli: Cli,
  nothing: string,
): Promise<{ readonly number: string } | { readonly code: ExitCode }> {
  const typed = canAsk(cli) ? await askNumber(cli) : await readNumber(cli);
  if (typed === undefined) {
    cli.err.write(`${nothing}.\n`);
    return { code: EXIT.cancelled };
  }
  const number = normalizePersonalNumber(typed);
  if (number !== undefined) return { number };
  cli.err.write(`${nothing}: a personal number has exactly 12 digits.\n`);
  return { code: EXIT.badInput };
}

/** The person whose number is given, or how the command ends. */
export async function personFor(
  cli: Cli,
  { people }: AdminContext,
  nothing: string,
): Promise<Person | { readonly code: ExitCode }> {
  const named = await personalNumberFor(cli, nothing);
  if ('code' in named) return named;
  return (await people.directory.findByNumber(named.number)) ?? { code: unknownPerson(cli, nothing) };
}

/** Somebody with an account. */
export interface Person {
  readonly id: SubjectId;
  readonly subject: Subject;
}

/** Says that nobody has the number, which is not repeated. */
export function unknownPerson(cli: Cli, nothing: string): ExitCode {
  cli.err.write(`${nothing}: nobody has this personal number.\n`);
  return EXIT.badInput;
}

async function askNumber({ stdin, err }: Cli): Promise<string | undefined> {
  const answer = await text({ message: 'Personal number', input: stdin, output: err });
  return isCancel(answer) ? undefined : answer;
}

async function readNumber({ stdin }: Cli): Promise<string> {
  let input = '';
  for await (const chunk of stdin) {
    input += String(chunk);
    if (input.length > LONGEST_INPUT) break;
  }
  return input;
}
