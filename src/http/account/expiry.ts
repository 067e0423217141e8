import { dayInVietnam } from '../../clock/calendar-day.ts';
import { DAY } from '../../clock/clock.ts';
import { documentScopes } from '../../documents/catalogue.ts';
import type { Holdings } from '../../documents/holdings.ts';
import { releaseDocument } from '../../documents/release.ts';
import { formatDate } from '../../messages/format.ts';
import { type Translate, translator } from '../../messages/translate.ts';
import { languageOf } from '../language.ts';
import type { TaskShown } from './page-models.ts';
import type { Visit } from './visit.ts';

/** So many days before its last one a paper is worth a word, and so many after it. */
const [BEFORE, AFTER] = [60, 90];

const isNear = (lastDay: string, now: number): boolean =>
  lastDay >= dayInVietnam(now - AFTER * DAY) && lastDay <= dayInVietnam(now + BEFORE * DAY);

/** About the paper that level 2 stands for: a notice of level 1 (Decree 59/2022, "card about to expire"). */
export function identityPaperTask({ ctx, person, reach }: Visit, now: number): TaskShown[] {
  const t = translator(languageOf(ctx));
  const lastDay = person.subject.identity_paper_expires_at;
  if (reach.level === 1 && reach.cause === 'identity_paper_expired') {
    return [taskAbout('identity_paper_expired', t, { date: formatDate(reach.expiredOn) })];
  }
  if (lastDay === undefined || lastDay < dayInVietnam(now) || !isNear(lastDay, now)) return [];
  return [taskAbout('identity_paper_expiring', t, { date: formatDate(lastDay) })];
}

type Paper = 'identity_paper_expired' | 'identity_paper_expiring' | 'document_expiring' | 'document_expired';

const taskAbout = (cause: Paper, t: Translate, values: Record<string, string>): TaskShown => ({
  title: t(`accountHome.task.${cause}`, values),
  text: t(`accountHome.task.${cause}.text`, values),
  state: 'caution',
});

/**
 * Papers in the wallet whose last day is near. For who has proved level 2: that somebody has such a paper is the
 * paper's own business.
 */
export async function walletTasks(holdings: Holdings, visit: Visit, now: number): Promise<TaskShown[]> {
  const { id, subject } = visit.person;
  const language = languageOf(visit.ctx);
  const t = translator(language);
  const scopes = documentScopes.filter(({ holders }) => holders.includes(subject.holder_type));
  const papers = await Promise.all(
    scopes.map(async (scope) => {
      const released = releaseDocument(scope, await holdings.get(id, scope.scope), subject, now);
      return released.flatMap((paper) => ('unavailable' in paper ? [] : [{ scope, paper }]));
    }),
  );
  return papers.flat().flatMap(({ paper, scope }) => {
    const { expires_at, status } = paper;
    const known = expires_at === subject.identity_paper_expires_at;
    if (expires_at === undefined || status === 'revoked' || known || !isNear(expires_at, now)) return [];
    const cause = status === 'expired' ? 'document_expired' : 'document_expiring';
    return [taskAbout(cause, t, { document: scope.label[language], date: formatDate(expires_at) })];
  });
}
