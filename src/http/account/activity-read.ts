import type { History, HistoryEvent, HistoryPlace } from '../../audit/history.ts';

/** Events that were looked at for one page, at most: a filter that finds little must not read a whole life. */
const MOST_READS = 10;
const READ = 100;

export interface Wanted {
  readonly from?: number;
  readonly to?: number;
  readonly after?: HistoryPlace;
  readonly limit: number;
  readonly matches: (event: HistoryEvent) => boolean;
}

export interface Found {
  readonly events: readonly HistoryEvent[];
  /** Where to go on; absent at the end. */
  readonly next?: HistoryPlace;
}

/** The latest events of somebody that match, and where the older ones begin. The reads are bounded. */
export async function readActivity(
  history: History,
  subject: string,
  { limit, matches, ...part }: Wanted,
): Promise<Found> {
  const events: HistoryEvent[] = [];
  let after = part.after;
  for (let read = 0; read < MOST_READS; read += 1) {
    const rows = await history.read(subject, { ...part, ...(after ? { after } : {}), limit: READ });
    for (const row of rows) {
      if (!matches(row)) continue;
      if (events.length === limit) return { events, ...placeOf(events.at(-1)) };
      events.push(row);
    }
    if (rows.length < READ) return { events };
    after = rows.at(-1);
  }
  return { events, ...placeOf(after) };
}

const placeOf = (row: HistoryPlace | undefined): Pick<Found, 'next'> =>
  row === undefined ? {} : { next: { id: row.id, at: row.at } };
