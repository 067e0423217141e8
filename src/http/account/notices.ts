import type { History } from '../../audit/history.ts';
import { type Clock, DAY } from '../../clock/clock.ts';
import type { Holdings } from '../../documents/holdings.ts';
import { translator } from '../../messages/translate.ts';
import type { ContactChanges } from '../../subject/contact-changes.ts';
import { languageOf } from '../language.ts';
import { activityKindOf } from './activity-kinds.ts';
import { readActivity } from './activity-read.ts';
import { entriesOf, type RowParts } from './activity-rows.ts';
import { contactTasks } from './contact-shown.ts';
import { type DeviceRequestParts, requestTasks } from './devices-parts.ts';
import { identityPaperTask, walletTasks } from './expiry.ts';
import { raiseLink } from './home.ts';
import {
  NOTICE_PREFERENCES,
  type NoticePreferencesParts,
  noticePreferenceRoutes,
} from './notices-preferences.ts';
import type { ActivityEntry, NoticesPage } from './page-models.ts';
import type { AccountSection } from './sections.ts';
import type { Visit } from './visit.ts';

export interface NoticesParts extends DeviceRequestParts, RowParts, NoticePreferencesParts {
  readonly clock: Clock;
  readonly contactChanges: ContactChanges;
  readonly history: History;
  readonly holdings: Holdings;
}

const DAYS = 30;
const MOST = 15;

/** What a person should hear of: papers about to expire, and what happened lately. */
export const noticesSection = (parts: NoticesParts): AccountSection => ({
  routes(pages) {
    pages.page('/notices', { level: 1 }, (visit) => showNotices(parts, visit));
    noticePreferenceRoutes(parts, pages);
  },
});

async function showNotices(parts: NoticesParts, visit: Visit): Promise<void> {
  const { ctx, level, reach } = visit;
  const now = parts.clock.now();
  const [requests, changes, papers, entries] = await Promise.all([
    requestTasks(parts, visit),
    contactTasks(parts.contactChanges, visit),
    level === 2 ? walletTasks(parts.holdings, visit, now) : [],
    recentEntries(parts, visit, now),
  ]);
  const page: NoticesPage = {
    tab: 'notices',
    waiting: [...requests, ...changes],
    papers: [...identityPaperTask(visit, now), ...papers],
    days: DAYS,
    entries,
    all: '/account/activity',
    preferences: NOTICE_PREFERENCES,
    ...(level < reach.level ? { raise: raiseLink(translator(languageOf(ctx))) } : {}),
  };
  parts.show(ctx, 'account/notices', page);
}

/** A proof alone is no news: the sign-in that it led to is. */
async function recentEntries(parts: NoticesParts, visit: Visit, now: number): Promise<ActivityEntry[]> {
  const { events } = await readActivity(parts.history, visit.person.id, {
    from: now - DAYS * DAY,
    limit: MOST,
    matches: ({ event }) => event.kind !== 'sign_in.proved' && activityKindOf(event) !== undefined,
  });
  return entriesOf(parts, languageOf(visit.ctx), events);
}
