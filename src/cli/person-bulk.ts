import type { ImportOutcome, PeopleImport } from '../subject/import.ts';
import { readImportLine } from '../subject/import-line.ts';
import type { Subject } from '../subject/subject.ts';
import { type FileLine, linesOf } from './person-file.ts';

/** People that are looked up or added side by side. */
const BATCH = 250;
/** Problems that are told; a file with more of them is wrong as a whole. */
const MOST_PROBLEMS = 100;

/** What a file of people would do. */
export interface Checked {
  readonly people: number;
  readonly outcomes: Readonly<Record<ImportOutcome, number>>;
  /** The first of them, each with line and field. */
  readonly problems: readonly string[];
  /** All of them. */
  readonly wrong: number;
}

/** What it did. */
export interface Added {
  readonly outcomes: Readonly<Record<ImportOutcome, number>>;
  readonly problems: readonly string[];
  /** Ended between two batches. */
  readonly stopped: boolean;
}

/** A file that is read, and by whom the work is watched. */
export interface BulkWork {
  readonly file: string;
  readonly imports: PeopleImport;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Told after each batch. */
  readonly report: (done: { readonly people: number; readonly bytes: number }) => void;
  readonly stopped: () => boolean;
}

interface Numbered {
  readonly line: number;
  readonly bytes: number;
  readonly read: ReturnType<typeof readImportLine>;
}

const none = (): Record<ImportOutcome, number> => ({ added: 0, kept: 0, conflict: 0 });

/** Reads every line and changes nothing. Of the file no more than its numbers is held. */
export async function checkPeople(work: BulkWork): Promise<Checked | undefined> {
  const { imports, report, stopped } = work;
  const outcomes = none();
  const problems = createProblems();
  const lineOf = new Map<number, number>();
  let people = 0;
  for await (const batch of batchesOf(work)) {
    if (stopped()) return undefined;
    people += batch.length;
    for (const { line, read } of batch) {
      if ('problems' in read) for (const { field, says } of read.problems) problems.add(line, field, says);
      else for (const problem of repeated(lineOf, line, read.subject)) problems.add(line, ...problem);
    }
    await eachPerson(batch, imports.look, (outcome, line) => {
      outcomes[outcome] += 1;
      if (outcome === 'conflict') problems.add(line, 'former_numbers', CONFLICT);
    });
    report({ people, bytes: batch.at(-1)?.bytes ?? 0 });
  }
  return { people, outcomes, problems: problems.told, wrong: problems.count() };
}

/** Adds whom the file names, batch by batch; a file that was changed since it was checked is not gone on with. */
export async function addPeople(work: BulkWork): Promise<Added> {
  const { imports, report, stopped } = work;
  const outcomes = none();
  const problems = createProblems();
  let people = 0;
  for await (const batch of batchesOf(work)) {
    if (stopped()) return { outcomes, problems: problems.told, stopped: true };
    const changed = batch.find(({ read }) => 'problems' in read);
    if (changed) {
      problems.add(changed.line, 'line', 'was changed while the file was read; the rest was left out');
      break;
    }
    await eachPerson(batch, imports.add, (outcome, line) => {
      outcomes[outcome] += 1;
      if (outcome === 'conflict') problems.add(line, 'former_numbers', CONFLICT);
    });
    people += batch.length;
    report({ people, bytes: batch.at(-1)?.bytes ?? 0 });
  }
  return { outcomes, problems: problems.told, stopped: false };
}

const CONFLICT =
  'belongs to somebody who is here under another number; an import does not change anybody’s number';

/** Side by side; `told` hears them in the order of the file. */
async function eachPerson(
  batch: readonly Numbered[],
  act: (subject: Subject) => Promise<ImportOutcome>,
  told: (outcome: ImportOutcome, line: number) => void,
): Promise<void> {
  const readable = batch.flatMap(({ line, read }) =>
    'subject' in read ? [{ line, subject: read.subject }] : [],
  );
  const outcomes = await Promise.all(readable.map(({ subject }) => act(subject)));
  readable.forEach(({ line }, index) => {
    const outcome = outcomes[index];
    if (outcome !== undefined) told(outcome, line);
  });
}

async function* batchesOf({ file, now }: BulkWork): AsyncGenerator<Numbered[]> {
  let batch: Numbered[] = [];
  for await (const found of linesOf(file)) {
    batch.push({ line: found.line, bytes: found.bytes, read: readLine(found, now) });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const readLine = ({ text }: FileLine, now: number) =>
  text === undefined
    ? { problems: [{ field: 'line', says: 'is longer than 64 KiB or not UTF-8' }] }
    : readImportLine(text, now);

/** Numbers that an earlier line has; a number is held as a number, which is small. */
function repeated(
  lineOf: Map<number, number>,
  line: number,
  { former_numbers, personal_number }: Subject,
): [string, string][] {
  return [personal_number, ...former_numbers].flatMap((number, index): [string, string][] => {
    const earlier = lineOf.get(Number(number));
    lineOf.set(Number(number), earlier ?? line);
    const field = index === 0 ? 'personal_number' : `former_numbers.${index - 1}`;
    return earlier === undefined ? [] : [[field, `is the same as in line ${earlier}`]];
  });
}

function createProblems() {
  const told: string[] = [];
  let all = 0;
  return {
    told,
    count: () => all,
    add(line: number, field: string, says: string): void {
      all += 1;
      if (told.length < MOST_PROBLEMS) told.push(`line ${line}: ${field}: ${says}`);
    },
  };
}
