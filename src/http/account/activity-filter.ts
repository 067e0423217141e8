import type { HistoryPlace } from '../../audit/history.ts';
import { dayInVietnam } from '../../clock/calendar-day.ts';
import { MINUTE } from '../../clock/clock.ts';
import type { Context } from '../context.ts';
import { type ActivityGroup, activityGroups } from './activity-kinds.ts';

/** What somebody chose to see. Anything in an address that cannot be a choice is left out. */
export interface ActivityFilter {
  readonly group?: ActivityGroup;
  /** `2026-11` */
  readonly month?: string;
  readonly after?: HistoryPlace;
}

const one = (ctx: Context, name: string): string => {
  const value = ctx.query[name];
  return typeof value === 'string' ? value : '';
};

/** The filter that an address names. */
export function filterOf(ctx: Context): ActivityFilter {
  const group = activityGroups.find((name) => name === one(ctx, 'kind'));
  const month = /^20\d\d-(0[1-9]|1[0-2])$/.exec(one(ctx, 'month'))?.[0];
  const after = placeIn(one(ctx, 'after'));
  return {
    ...(group === undefined ? {} : { group }),
    ...(month === undefined ? {} : { month }),
    ...(after === undefined ? {} : { after }),
  };
}

function placeIn(cursor: string): HistoryPlace | undefined {
  const [, at, id] = /^(\d{1,15})~([A-Za-z0-9_:-]{1,60})$/.exec(cursor) ?? [];
  return at === undefined || id === undefined ? undefined : { at: Number(at), id };
}

/** The address of a list with this filter; `path` is the list's own. */
export function addressOf(path: string, { after, group, month }: ActivityFilter): string {
  const query = new URLSearchParams({
    ...(group === undefined ? {} : { kind: group }),
    ...(month === undefined ? {} : { month }),
    ...(after === undefined ? {} : { after: `${after.at}~${after.id}` }),
  }).toString();
  return query === '' ? path : `${path}?${query}`;
}

/** Vietnam keeps UTC+7 all year. */
const OFFSET = 7 * 60 * MINUTE;

/** The moments at which a month begins and the next one does, in Vietnam. */
export function boundsOf(month: string): { readonly from: number; readonly to: number } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: Date.UTC(year, number - 1) - OFFSET, to: Date.UTC(year, number) - OFFSET };
}

/** The last `count` months up to now, the latest first. */
export function latestMonths(now: number, count: number): string[] {
  const [year = 0, number = 1] = dayInVietnam(now).split('-').map(Number);
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, number - 1 - back)).toISOString().slice(0, 7),
  );
}
