import type { History } from '../../audit/history.ts';
import type { Clock } from '../../clock/clock.ts';
import { type Translate, translator } from '../../messages/translate.ts';
import { languageOf } from '../language.ts';
import type { ShowPage } from '../show-page.ts';
import { downloadCsv, downloadJson } from './activity-download.ts';
import { type ActivityFilter, addressOf, boundsOf, filterOf, latestMonths } from './activity-filter.ts';
import { activityGroups, activityKindOf } from './activity-kinds.ts';
import { type Found, readActivity } from './activity-read.ts';
import { entriesOf, type RowParts } from './activity-rows.ts';
import type { ActivityPage, FilterLink } from './page-models.ts';
import type { AccountSection } from './sections.ts';
import type { Visit } from './visit.ts';

export interface ActivityParts extends RowParts {
  readonly clock: Clock;
  readonly history: History;
  readonly show: ShowPage;
}

const PATH = '/account/activity';
const PAGE = 20;
/** As many as a browser is sent in one file. */
const FILE = 1000;
const MONTHS = 12;

/** Everything that the trail says about the person, to read and to take away. */
export const activitySection = (parts: ActivityParts): AccountSection => ({
  settings: [{ href: PATH, label: 'accountActivity.title' }],
  routes(pages) {
    pages.page('/activity', { level: 1 }, (visit) => showActivity(parts, visit));
    pages.page('/activity.csv', { level: 1 }, async (visit) =>
      downloadCsv(parts, visit, await chosen(parts, visit, FILE)),
    );
    pages.page('/activity.json', { level: 1 }, async (visit) =>
      downloadJson(parts, visit, await chosen(parts, visit, FILE)),
    );
  },
});

function chosen({ history }: ActivityParts, { ctx, person }: Visit, limit: number): Promise<Found> {
  const { after, group, month } = filterOf(ctx);
  return readActivity(history, person.id, {
    ...(month === undefined ? {} : boundsOf(month)),
    ...(after === undefined ? {} : { after }),
    limit,
    matches({ event }) {
      const kind = activityKindOf(event);
      return kind !== undefined && (group === undefined || kind.group === group);
    },
  });
}

async function showActivity(parts: ActivityParts, visit: Visit): Promise<void> {
  const { ctx } = visit;
  const language = languageOf(ctx);
  const filter = filterOf(ctx);
  const { after, ...choice } = filter;
  const { events, next } = await chosen(parts, visit, PAGE);
  const page: ActivityPage = {
    tab: 'profile',
    ...filtersOf(choice, parts.clock.now(), translator(language)),
    entries: await entriesOf(parts, language, events),
    ...(next === undefined ? {} : { older: addressOf(PATH, { ...choice, after: next }) }),
    ...(after === undefined ? {} : { latest: addressOf(PATH, choice) }),
    csv: addressOf(`${PATH}.csv`, choice),
    json: addressOf(`${PATH}.json`, choice),
  };
  parts.show(ctx, 'account/activity', page);
}

/** `2026-11` as 11/2026. */
const monthName = (month: string, t: Translate): string =>
  t('accountActivity.month', { month: month.split('-').reverse().join('/') });

function filtersOf(
  { group, month }: ActivityFilter,
  now: number,
  t: Translate,
): Pick<ActivityPage, 'kinds' | 'month' | 'months'> {
  const ofMonth = month === undefined ? {} : { month };
  const ofGroup = group === undefined ? {} : { group };
  const kinds: FilterLink[] = activityGroups.map((name) => ({
    href: addressOf(PATH, { ...ofMonth, group: name }),
    label: t(`accountActivity.group.${name}`),
    chosen: group === name,
  }));
  const months: FilterLink[] = latestMonths(now, MONTHS).map((name) => ({
    href: addressOf(PATH, { ...ofGroup, month: name }),
    label: monthName(name, t),
    chosen: month === name,
  }));
  const all = {
    kind: { href: addressOf(PATH, ofMonth), label: t('accountActivity.group.all') },
    month: { href: addressOf(PATH, ofGroup), label: t('accountActivity.allMonths') },
  };
  return {
    kinds: [{ ...all.kind, chosen: group === undefined }, ...kinds],
    month: month === undefined ? all.month.label : monthName(month, t),
    months: [{ ...all.month, chosen: month === undefined }, ...months],
  };
}
