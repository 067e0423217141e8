import { z } from 'zod';
import { dayInVietnam } from '../clock/calendar-day.ts';
import { type Clock, DAY } from '../clock/clock.ts';
import type { Holdings } from '../documents/holdings.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type CollectionDefinition, type Storage, StorageUnavailable } from '../storage/contract.ts';
import type { Directory } from '../subject/directory.ts';
import type { Letters } from '../subject/letters.ts';
import type { Log } from '../telemetry/log.ts';
import { horizonOf, identityPaper, noticeDay, type Paper, papersIn } from './expiring-papers.ts';
import { type GoOn, type Rounds, startRounds } from './rounds.ts';

const schema = z.strictObject({
  /** The day in Vietnam that is gone through, ISO 8601. */
  day: z.iso.date(),
  stage: z.enum(['identity', 'documents', 'done']),
  /** The last paper that was looked at in this stage. */
  after: z.strictObject({ id: z.string(), value: z.string() }).optional(),
});
type Place = z.infer<typeof schema>;

/** How far the papers of the day were gone through: one row, so that a round cut off goes on where it was. */
export const expiryRounds: CollectionDefinition<Place> = { name: 'expiry_rounds', schema };

const ROUND = 'papers';
const JOB = 'expiry_notices';
/** Papers looked at together. */
const PAGE = 100;

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly directory: Pick<Directory, 'expiring'>;
  readonly holdings: Pick<Holdings, 'expiring'>;
  readonly outbox: Pick<Outbox, 'isFree'>;
  readonly letters: Letters;
  /** Days before the last one of a paper. */
  readonly days: readonly number[];
  /** Seconds between rounds. */
  readonly interval: number;
}

/** A page of papers, and where the next one begins; nowhere after the last. */
interface Found {
  readonly papers: readonly Paper[];
  readonly after?: NonNullable<Place['after']>;
}

/**
 * Tells people of papers that expire: once a day in Vietnam all of them are gone through, a page at a time. That each
 * notice is put in once rests on its name in the outbox alone, not on the lease and not on how far a round came.
 */
export function startExpiryNotices(deps: Dependencies): Rounds {
  const { clock, log, storage } = deps;
  const places = storage.collection(expiryRounds);

  async function round(goOn: GoOn): Promise<number> {
    const day = dayInVietnam(clock.now());
    const standing = (await places.get(ROUND))?.doc;
    let place: Place = standing?.day === day ? standing : { day, stage: 'identity' };
    let told = 0;
    while (place.stage !== 'done' && (await goOn())) {
      const found = await read(deps, place);
      const letters = await Promise.all(found.papers.map((paper) => tell(deps, paper, day)));
      told += letters.filter(Boolean).length;
      place = nextPlace(place, found);
      await places.put(ROUND, place);
    }
    if (told > 0) log.info({ job: JOB, count: told }, 'people are told of papers that expire');
    return told;
  }
  return startRounds({ ...deps, job: JOB, round });
}

function nextPlace({ day, stage }: Place, { after }: Found): Place {
  if (after !== undefined) return { day, stage, after };
  return { day, stage: stage === 'identity' ? 'documents' : 'done' };
}

async function read({ clock, days, directory, holdings }: Dependencies, place: Place): Promise<Found> {
  const until = horizonOf(place.day, days);
  const page = { limit: PAGE, ...(place.after === undefined ? {} : { after: place.after }) };
  if (place.stage === 'identity') {
    const people = await directory.expiring(place.day, until, page);
    const last = people.length < PAGE ? undefined : people.at(-1);
    return {
      papers: people.map(({ expires, id }) => identityPaper(id, expires)),
      ...(last === undefined ? {} : { after: { id: last.id, value: last.expires } }),
    };
  }
  const found = await holdings.expiring(until, page);
  const last = found.length < PAGE ? undefined : found.at(-1);
  return {
    papers: found.flatMap(({ holding }) => papersIn(holding, clock.now())),
    ...(last === undefined ? {} : { after: last.place }),
  };
}

/** Whether there is a letter now that there was not before. */
async function tell(deps: Dependencies, paper: Paper, today: string): Promise<boolean> {
  const { days, letters, log, outbox } = deps;
  const { expires, isOf, kind, name, subject } = paper;
  const day = noticeDay(expires, today, days);
  if (day === undefined) return false;
  const once = `expiring ${subject} ${kind} ${expires} ${day}`;
  try {
    if (!(await outbox.isFree(once))) return false;
    const values = { document: name, expires };
    return await letters.write(
      subject,
      { kind: 'document_expiring', values },
      {
        kind: 'papers',
        once,
        // Past the last day wherever the clock of an instance stands.
        expiresAt: Date.parse(expires) + 2 * DAY,
        onlyTo: (person) => person.status.kind === 'active' && isOf(person),
      },
    );
  } catch (error) {
    if (error instanceof StorageUnavailable) throw error;
    // One letter that is no letter must not keep everybody else from theirs.
    log.error({ job: JOB, subject, err: error }, 'no letter could be written of a paper that expires');
    return false;
  }
}
