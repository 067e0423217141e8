import type { Storage } from '../storage/contract.ts';
import { type AccountCounts, added, countsOfSubject, PARTS, type PartCounts } from './account-counts.ts';
import type { Credentials } from './credentials.ts';
import { subjectRows } from './directory.ts';
import type { Subject, SubjectId } from './subject.ts';

/** Rows read at a time: whole people, opened one page after another. */
const PAGE = 100;

export interface RecountParts {
  readonly storage: Storage;
  readonly credentials: Pick<Credentials, 'get'>;
  readonly counts: AccountCounts;
  /** Told after each page how many people were seen. */
  readonly report: (people: number) => void;
  /** Asked after each part; true ends the work there. */
  readonly stopped: () => boolean;
  /** Waits until whoever was just adding or activating somebody has counted that too. */
  readonly settle: () => Promise<void>;
}

/** What was found to be missing and is kept now; `moving` parts were changed meanwhile and left as they are. */
export interface Recounted {
  readonly people: number;
  readonly mended: PartCounts;
  readonly moving: number;
}

/**
 * Counts every account anew, part by part, while others go on adding; undefined where it was ended. Somebody who was
 * written a moment ago may not be counted yet, so only what a second look finds again is mended.
 */
export async function recount(parts: RecountParts): Promise<Recounted | undefined> {
  const { counts, settle, stopped } = parts;
  let people = 0;
  const doubtful: Look[] = [];
  for (const part of PARTS) {
    if (stopped()) return undefined;
    const look = await lookAt(parts, part, people);
    people += look.people;
    if (!look.still || !isNone(look.difference)) doubtful.push(look);
  }
  if (doubtful.length === 0) return { people, mended: {}, moving: 0 };
  await settle();
  let mended: PartCounts = {};
  let moving = 0;
  for (const first of doubtful) {
    const second = await lookAt(parts, first.part, people - first.people);
    const certain =
      second.still && (isNone(second.difference) || isSame(first.difference, second.difference));
    if (!certain) moving += 1;
    else {
      await counts.mend(first.part, second.difference);
      mended = added(mended, second.difference);
    }
  }
  return { people, mended, moving };
}

interface Look {
  readonly part: string;
  readonly people: number;
  /** What is there and not counted; below zero, what is counted and not there. */
  readonly difference: PartCounts;
  /** Nothing was counted while the part was walked. */
  readonly still: boolean;
}

async function lookAt(parts: RecountParts, part: string, seen: number): Promise<Look> {
  const before = await parts.counts.ofPart(part);
  const walked = await walk(parts, part, seen);
  const after = await parts.counts.ofPart(part);
  return {
    part,
    people: walked.people,
    difference: added(walked.counts, after, -1),
    still: isSame(before, after),
  };
}

/** By the order of ids alone: an index by status would lie beside sealed rows in the clear. */
async function walk({ credentials, report, storage }: RecountParts, part: string, seen: number) {
  const subjects = storage.collection(subjectRows);
  let [after, people, counts]: [string, number, PartCounts] = [part, 0, {}];
  for (;;) {
    const rows = await subjects.scan({ after: { id: after }, limit: PAGE });
    const mine = rows.filter(({ id }) => id.startsWith(part));
    for (const { id, doc } of mine) {
      counts = added(counts, countsOfSubject(doc, await wasActivated(credentials, id, doc)));
    }
    people += mine.length;
    report(seen + people);
    const last = mine.at(-1);
    if (last === undefined || mine.length < PAGE) return { people, counts };
    after = last.id;
  }
}

/** Whoever is locked or closed was activated before, if there is anything to prove identity with. */
async function wasActivated(
  credentials: Pick<Credentials, 'get'>,
  id: SubjectId,
  { status }: Subject,
): Promise<boolean> {
  if (status.kind === 'active' || status.kind === 'not_activated') return status.kind === 'active';
  const { passkeys = [], password } = await credentials.get(id);
  return password !== undefined || passkeys.length > 0;
}

const isNone = (counts: PartCounts): boolean => Object.values(counts).every((sum) => sum === 0);
const isSame = (one: PartCounts, other: PartCounts): boolean => isNone(added(one, other, -1));
