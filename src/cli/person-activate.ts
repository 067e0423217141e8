import { Command } from 'commander';
import { formatMoment } from '../messages/format.ts';
import { maskMailAddress } from '../subject/mask-mail-address.ts';
import type { Subject } from '../subject/subject.ts';
import { activationLetter } from './activation-letter.ts';
import type { AdminContext } from './admin-context.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { placeProblem, writePrivately } from './new-file.ts';
import { numberHelp, type Person, personFor } from './person-number.ts';
import { printJson, printProblems } from './terminal.ts';

interface ActivateFlags {
  readonly letter?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const NOTHING = 'Nothing was sent';

const HELP = `
Level 1: the person gets a link by e-mail, follows it and sets a password.
  printf %s "$NUMBER" | npm run -s admin -- person activate

Level 2 needs in addition the code of a letter. Identify the person face to face, by the card, then
  printf %s "$NUMBER" | npm run -s admin -- person activate --letter letter.html
  1. Open letter.html in a browser, print it on A4, hand it over, and remove the file.
  2. The code stands in this file and nowhere else. It works once; a newer letter makes it void.

For an account that is active or locked, the same letter lets the person recover it: who was identified again and reads
the e-mail on record sets a new password and a new second factor. Where the e-mail is lost too: person contact first.`;

/** `person activate`: sends the activation mail; after identification, writes the letter to print. */
export function personActivate(cli: Cli): Command {
  return new Command('activate')
    .description('Send a person the mail to activate the account; with --letter, print the letter too.')
    .option('--letter <file>', 'after identification face to face: write the letter to print, an HTML file')
    .option('--force', 'replace the file if it is there')
    .option('--json', 'print one JSON object')
    .addHelpText('after', `${numberHelp('person activate')}\n${HELP}`)
    .action((flags: ActivateFlags) => cli.withContext((context) => activate(cli, context, flags)));
}

async function activate(cli: Cli, context: AdminContext, flags: ActivateFlags): Promise<ExitCode> {
  const { force = false, letter: file } = flags;
  const problem = file === undefined ? undefined : await placeProblem(file, force);
  if (problem !== undefined) return refused(cli, `--letter ${file} ${problem}`);
  const person = await personFor(cli, context, NOTHING);
  if ('code' in person) return person.code;
  const reason = whyNot(person.subject, file !== undefined);
  if (reason !== undefined) return refused(cli, reason);
  const letter = file === undefined ? undefined : await writeLetter(context, person, file, force);
  if (letter && 'problem' in letter) return refused(cli, `--letter ${file} ${letter.problem}`);
  const mail =
    person.subject.status.kind === 'not_activated'
      ? await context.people.invitations.invite(person.id, 'vi')
      : undefined;
  if (mail?.sent === false && letter === undefined) return refused(cli, UNSENT[mail.cause]);
  report(cli, person, flags, { letter, mailUntil: mail?.sent ? mail.until : undefined });
  return EXIT.done;
}

/** What stands in the way, before anything is done. */
function whyNot({ email, level, status }: Subject, withLetter: boolean): string | undefined {
  if (status.kind === 'closed') return 'the account is closed';
  if (status.kind !== 'not_activated')
    return withLetter
      ? undefined
      : `the account is ${status.kind === 'active' ? 'active already' : 'locked'}; with --letter it can be recovered`;
  if (email === undefined) return UNSENT.no_address;
  return withLetter && level === 1
    ? 'an account at level 1 is activated by e-mail alone; leave --letter away'
    : undefined;
}

const UNSENT = {
  unknown_person: 'nobody has this personal number',
  not_waiting: 'the account was activated meanwhile',
  no_address: 'there is no e-mail address on record: person contact --email sets one',
} as const;

async function writeLetter(
  { issuer, people }: AdminContext,
  { id, subject }: Person,
  file: string,
  force: boolean,
): Promise<{ readonly until: number } | { readonly problem: string }> {
  let until = 0;
  const unwritable = await writePrivately(file, force, async () => {
    const issued = await people.identificationLetters.issue(id);
    until = issued.until;
    return activationLetter({ ...issued, subject, issuer, province: people.province });
  });
  return unwritable ?? { until };
}

interface Done {
  readonly letter: { readonly until: number } | undefined;
  readonly mailUntil: number | undefined;
}

function report(cli: Cli, { subject }: Person, { json, letter: file }: ActivateFlags, done: Done): void {
  const { letter, mailUntil } = done;
  const iso = (moment: number): string => new Date(moment).toISOString();
  if (json) {
    printJson(cli, {
      mail_until: mailUntil === undefined ? null : iso(mailUntil),
      letter: letter === undefined ? null : { file, until: iso(letter.until) },
    });
    return;
  }
  const until = (moment: number): string => `until ${formatMoment(moment)} (time in Vietnam)`;
  if (mailUntil !== undefined)
    cli.out.write(
      `A link to activate the account goes to ${maskMailAddress(subject.email?.address ?? '')}, good ${until(mailUntil)}.\n`,
    );
  if (mailUntil !== undefined && letter === undefined && subject.level !== 1)
    cli.err.write('Level 2 needs a letter too: identify the person, then person activate --letter <file>.\n');
  if (letter !== undefined)
    cli.out.write(
      `The letter is in ${file}, good ${until(letter.until)}. Print it, hand it over, and remove the file.\n`,
    );
}

function refused(cli: Cli, problem: string): ExitCode {
  printProblems(cli, `${NOTHING}:`, [problem]);
  return EXIT.badInput;
}
