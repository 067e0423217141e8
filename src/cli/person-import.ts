import { stat } from 'node:fs/promises';
import { Command } from 'commander';
import type { AdminContext } from './admin-context.ts';
import type { Cli } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { interruptible } from './go-ahead.ts';
import { counted } from './layout.ts';
import { type Added, addPeople, type BulkWork, type Checked, checkPeople } from './person-bulk.ts';
import { createProgress } from './progress.ts';
import { printJson, printProblems } from './terminal.ts';

interface ImportFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const NOTHING = 'Nothing was imported:';
const INTERRUPTED = 'Interrupted. Run the same command again: it goes on from there.\n';

const HELP = `
The file has one person a line, each a JSON object (config/example/people.jsonl is one):
  personal_number            12 digits (required)
  former_numbers             cancelled numbers of the same person, newest first
  name                       as on the card (required)
  birthdate                  "1996-03-14" (required)
  gender                     "male" or "female" (required)
  holder_type                "citizen" (if left away) or "foreigner"
  level                      1 or 2; required of citizens
  nationality                three letters; "VNM" if left away, required of foreigners
  email                      on record; it is confirmed when the person activates the account
  phone                      "+84970000001" or "0970000001"
  address                    { "formatted", "street_address", "locality", "region", "country": "VN" }; the first and
                             the last are required
  identity_paper_expires_at  last day of the card or passport that level 2 rests on; left away where it has none
  synced_at                  when this was read from the population database, "2026-11-21T05:00:00Z"; now if left away
  closed                     { "cause": "deceased", "since": "2026-05-05T00:00:00Z" } for an account that is closed

There are no passwords in it: people choose theirs when they activate the account (person activate).

All lines are read first, and nothing is stored when one of them is wrong. People whose number has an account already
are kept as they are and counted. Ctrl+C ends it after the batch under way; run it again and it goes on.

Examples:
  npm run admin -- person import people.jsonl --dry-run     reads and counts, stores nothing
  npm run admin -- person import people.jsonl`;

/** `person import`: accounts for people from a file, to be activated by them. */
export function personImport(cli: Cli): Command {
  return new Command('import')
    .description('Issue accounts to the people in a file of JSON lines.')
    .argument('<file>', 'one person a line')
    .option('--dry-run', 'read and check everything, store nothing')
    .option('--json', 'print one JSON object')
    .addHelpText('after', HELP)
    .action((file: string, flags: ImportFlags) =>
      cli.withContext((context) => importPeople(cli, context, file, flags)),
    );
}

async function importPeople(
  cli: Cli,
  context: AdminContext,
  file: string,
  { dryRun, json }: ImportFlags,
): Promise<ExitCode> {
  const found = await sizeOf(file);
  if ('problem' in found) {
    printProblems(cli, NOTHING, [`${file}: ${found.problem}`]);
    return EXIT.badInput;
  }
  const work = { file, imports: context.people.imports, now: context.clock.now() };
  const checked = await watched(cli, 'KiB checked', Math.ceil(found.size / 1024), (watch) =>
    checkPeople({ ...work, ...watch, report: ({ bytes }) => watch.show(Math.ceil(bytes / 1024)) }),
  );
  if (checked === undefined) {
    cli.err.write('Interrupted. Nothing was imported.\n');
    return EXIT.cancelled;
  }
  if (checked.wrong > 0) return wrongFile(cli, checked);
  if (dryRun) return wouldAdd(cli, checked, json === true);
  const added = await watched(cli, 'people', checked.people, (watch) =>
    addPeople({ ...work, ...watch, report: ({ people }) => watch.show(people) }),
  );
  return reportAdded(cli, added, json === true);
}

async function sizeOf(file: string): Promise<{ readonly size: number } | { readonly problem: string }> {
  try {
    const found = await stat(file);
    return found.isFile()
      ? { size: found.size }
      : { problem: 'is no file; it is read twice, so it cannot be a pipe' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
    return { problem: `cannot be read (${code})` };
  }
}

/** Runs one pass with its progress; Ctrl+C ends it after a batch. */
async function watched<R>(
  cli: Cli,
  label: string,
  total: number,
  pass: (watch: Pick<BulkWork, 'stopped'> & { readonly show: (done: number) => void }) => Promise<R>,
): Promise<R> {
  const progress = createProgress(cli);
  try {
    return await interruptible(cli, (stopped) =>
      pass({ stopped, show: (done) => progress.show(label, done, total) }),
    );
  } finally {
    progress.end();
  }
}

function wrongFile(cli: Cli, { problems, wrong }: Checked): ExitCode {
  const more = wrong > problems.length ? [`and ${wrong - problems.length} more`] : [];
  printProblems(cli, NOTHING, [...problems, ...more]);
  return EXIT.badInput;
}

function wouldAdd(cli: Cli, { outcomes, people }: Checked, json: boolean): ExitCode {
  const { added, kept } = outcomes;
  if (json) printJson(cli, { dry_run: true, people, added, kept });
  else
    cli.out.write(
      `Read ${counted(people, 'line')}; nothing is wrong. Would be added: ${grouped(added)}; there already: ${grouped(kept)}.\n`,
    );
  return EXIT.done;
}

function reportAdded(cli: Cli, { outcomes, problems, stopped }: Added, json: boolean): ExitCode {
  const { added, conflict, kept } = outcomes;
  const end = stopped ? 'stopped' : problems.length > 0 ? 'incomplete' : 'done';
  if (json) printJson(cli, { end, added, kept, left_out: conflict });
  else cli.out.write(`Added: ${grouped(added)}. There already, and kept as they are: ${grouped(kept)}.\n`);
  if (problems.length > 0) printProblems(cli, 'Not imported:', problems);
  if (stopped) cli.err.write(INTERRUPTED);
  return { done: EXIT.done, stopped: EXIT.cancelled, incomplete: EXIT.fault }[end];
}

const grouped = (count: number): string => count.toLocaleString('en');
