import type { Page, Storage } from '../storage/contract.ts';
import { type AuditEvent, auditEvents, placeInHistory } from './trail.ts';

/** Which part of somebody's history; times are milliseconds since the epoch. */
export interface HistoryPage {
  /** From this moment on. */
  readonly from?: number;
  /** Before this one. */
  readonly to?: number;
  /** Goes on after this entry, which is the last of the page before. */
  readonly after?: HistoryPlace;
  readonly limit: number;
}

/** Where one event stands. */
export interface HistoryPlace {
  readonly id: string;
  readonly at: number;
}

export interface HistoryEvent extends HistoryPlace {
  readonly event: AuditEvent;
}

/** What the trail says about one person. */
export interface History {
  /** The latest first. */
  read(subject: string, page: HistoryPage): Promise<HistoryEvent[]>;
}

/** As late and as early as a row can be. */
const [LATEST, EARLIEST] = [8.64e15, 0];

export function createHistory({ storage }: { storage: Storage }): History {
  const events = storage.collection(auditEvents);
  return {
    async read(subject, { after, from = EARLIEST, limit, to = LATEST }) {
      const page: Page = {
        limit,
        ...(after ? { after: { id: after.id, value: placeInHistory(subject, after.at) } } : {}),
      };
      // Later moments stand first, so the ends change places, and each moves by the one millisecond that it leaves out.
      const [first, end] = [placeInHistory(subject, to - 1), placeInHistory(subject, from - 1)];
      const rows = await events.range('history', first, end, page);
      return rows.map(({ id, doc }) => ({ id, at: doc.at, event: doc }));
    },
  };
}
