import type { History } from '../../audit/history.ts';
import { type Clock, SECOND } from '../../clock/clock.ts';
import type { Holdings } from '../../documents/holdings.ts';
import { formatMoment } from '../../messages/format.ts';
import { type Translate, translator } from '../../messages/translate.ts';
import type { ContactChanges } from '../../subject/contact-changes.ts';
import type { Terms } from '../../subject/terms.ts';
import { languageOf } from '../language.ts';
import type { ShowPage } from '../show-page.ts';
import { readActivity } from './activity-read.ts';
import { contactTasks } from './contact-shown.ts';
import { type DeviceRequestParts, requestTasks } from './devices-parts.ts';
import { identityPaperTask, walletTasks } from './expiry.ts';
import type { LinkShown, TaskShown } from './page-models.ts';
import type { PortalNames } from './portal-names.ts';
import type { AccountSection } from './sections.ts';
import { termsTask } from './terms.ts';
import type { Visit } from './visit.ts';
import { WALLET_OPEN } from './wallet.ts';

export interface HomeParts extends DeviceRequestParts {
  readonly clock: Clock;
  readonly contactChanges: ContactChanges;
  readonly history: History;
  readonly holdings: Holdings;
  readonly portalNames: PortalNames;
  readonly show: ShowPage;
  readonly terms: Terms;
}

/** The first page of the account. */
export const homeSection = (parts: HomeParts): AccountSection => ({
  routes: (pages) => pages.page('/', { level: 1 }, (visit) => showHome(parts, visit)),
});

async function showHome(parts: HomeParts, visit: Visit): Promise<void> {
  const { ctx, level, person, reach } = visit;
  const t = translator(languageOf(ctx));
  const [lastSignIn, tasks] = await Promise.all([lastSignInOf(parts, visit), tasksOf(parts, visit)]);
  parts.show(ctx, 'account/home', {
    tab: 'home',
    name: person.subject.name,
    levelTitle: t(`accountHome.level.${reach.level}`),
    levelText: t(`accountHome.level.${reach.level}.text`),
    ...(level < reach.level ? { raise: raiseLink(t) } : {}),
    ...(lastSignIn === undefined ? {} : { lastSignIn }),
    tasks,
    links: [
      { href: '/account/activity', label: t('accountActivity.title') },
      { href: '/account/portals', label: t('accountPortals.title') },
    ],
  });
}

/** The way from a session of level 1 to the level that the account reaches. */
export const raiseLink = (t: Translate): LinkShown => ({
  href: WALLET_OPEN,
  label: t('account.openWallet'),
});

/** The one before this session's own: whoever looks here wants to know whether it was somebody else. */
async function lastSignInOf(
  { history, portalNames }: HomeParts,
  { ctx, person, session }: Visit,
): Promise<string | undefined> {
  const language = languageOf(ctx);
  const { events } = await readActivity(history, person.id, {
    to: session.signedInAt * SECOND,
    limit: 1,
    matches: ({ event }) => event.kind === 'sign_in.completed',
  });
  const [last] = events;
  if (last === undefined) return undefined;
  const portal = await portalNames(last.event.relying_party ?? '', language);
  return translator(language)('accountHome.lastSignInAt', { moment: formatMoment(last.at), portal });
}

async function tasksOf(parts: HomeParts, visit: Visit): Promise<TaskShown[]> {
  const { clock, contactChanges, holdings, terms } = parts;
  const { ctx, level, reach } = visit;
  const t = translator(languageOf(ctx));
  const now = clock.now();
  const raising: TaskShown[] =
    reach.level === 2 || reach.cause === 'identity_paper_expired'
      ? []
      : [
          {
            title: t(`accountHome.task.${reach.cause}`),
            text: t(`accountHome.task.${reach.cause}.text`),
            state: 'caution',
          },
        ];
  const papers = level === 2 ? await walletTasks(holdings, visit, now) : [];
  return [
    ...(await requestTasks(parts, visit)),
    ...(await contactTasks(contactChanges, visit)),
    ...identityPaperTask(visit, now),
    ...raising,
    ...(await termsTask({ terms }, visit)),
    ...papers,
  ];
}
