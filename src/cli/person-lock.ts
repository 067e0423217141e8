import { Command } from 'commander';
import type { LockCause, LockOutcome } from '../authentication/locks.ts';
import { isOneLine } from '../outbox/mail-address.ts';
import type { AdminContext } from './admin-context.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { numberHelp, type Person, personFor } from './person-number.ts';
import { printJson, printProblems } from './terminal.ts';

interface LockFlags {
  readonly reason?: string;
  readonly json?: boolean;
}

const LONGEST_REASON = 200;
/** However they are grouped. */
const PERSONAL_NUMBER = /\d(?:[\s.\p{Pd}]?\d){11}/u;

/** Whatever locks an account ends at an administrator's word. */
const EVERY_CAUSE: readonly LockCause[] = [
  'by_owner',
  'by_administrator',
  'sim_changed',
  'reported',
  'too_many_failures',
];

/** `person lock`: nobody can use the account until an administrator unlocks it. */
export const personLock = (cli: Cli): Command =>
  lockCommand(cli, {
    name: 'lock',
    description: 'Lock an account until an administrator unlocks it.',
    help: `
What locking does:
  - Every session and everything issued ends at once; the person is told by e-mail.
  - Whoever proves the first factor reads the reason: write it for that person, in Vietnamese.
  - The reason stays in the audit trail. It is one line of at most ${LONGEST_REASON} characters and holds no personal number.`,
    nothing: 'Nothing was locked',
    refused: ({ subject }) =>
      subject.status.kind === 'closed'
        ? 'the account is closed'
        : 'an administrator has locked the account already',
    said: { word: 'locked', sentence: 'Locked. Every session has ended.' },
    turn: ({ people }, { id }, reason) => people.locks.lock(id, 'by_administrator', reason),
  });

/** `person unlock`: ends a lock, whatever it was for. */
export const personUnlock = (cli: Cli): Command =>
  lockCommand(cli, {
    name: 'unlock',
    description: 'Unlock an account, whatever it was locked for.',
    help: `
What unlocking does:
  - The person can sign in again. Nothing that the lock ended comes back.
  - An account that was reported may be in other hands: look first whether its e-mail is still the person’s
    (person contact), and have a new letter printed for its recovery (person activate --letter).
  - The reason stays in the audit trail. It is one line of at most ${LONGEST_REASON} characters and holds no personal number.`,
    nothing: 'Nothing was unlocked',
    refused: () => 'the account is not locked',
    said: { word: 'unlocked', sentence: 'Unlocked.' },
    turn: ({ people }, { id }, reason) => people.locks.unlock(id, EVERY_CAUSE, 'administrator', reason),
  });

interface Turning {
  readonly name: string;
  readonly description: string;
  readonly help: string;
  readonly nothing: string;
  /** Why nothing changed, where nothing did. */
  readonly refused: (person: Person) => string;
  readonly said: { readonly word: string; readonly sentence: string };
  readonly turn: (context: AdminContext, person: Person, reason: string) => Promise<LockOutcome>;
}

const lockCommand = (cli: Cli, turning: Turning): Command =>
  new Command(turning.name)
    .description(turning.description)
    .option('--reason <text>', 'why (required)')
    .option('--json', 'print one JSON object')
    .addHelpText('after', `${numberHelp(`person ${turning.name} --reason "…"`)}\n${turning.help}`)
    .action((flags: LockFlags) => cli.withContext((context) => turnAccount(cli, context, turning, flags)));

async function turnAccount(
  cli: Cli,
  context: AdminContext,
  { nothing, refused, said, turn }: Turning,
  { json, reason = '' }: LockFlags,
): Promise<ExitCode> {
  const problem = reasonProblem(reason);
  if (problem !== undefined) {
    printProblems(cli, `${nothing}:`, [problem]);
    return EXIT.badInput;
  }
  const person = await personFor(cli, context, nothing);
  if ('code' in person) return person.code;
  if ((await turn(context, person, reason)) !== 'done') {
    cli.err.write(`${nothing}: ${refused(person)}.\n`);
    return EXIT.badInput;
  }
  if (json) printJson(cli, { [said.word]: true });
  else cli.out.write(`${said.sentence}\n`);
  return EXIT.done;
}

function reasonProblem(reason: string): string | undefined {
  if (reason.trim() === '') return '--reason is missing: say why';
  if (!isOneLine(reason) || reason.length > LONGEST_REASON)
    return `--reason must be one line of at most ${LONGEST_REASON} characters`;
  return PERSONAL_NUMBER.test(reason.normalize('NFKC')) ? '--reason must hold no personal number' : undefined;
}
