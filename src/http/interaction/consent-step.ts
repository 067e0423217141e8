import type { AuditTrail } from '../../audit/trail.ts';
import { type Clock, SECOND } from '../../clock/clock.ts';
import type { Consents } from '../../consent/consents.ts';
import type { Holdings } from '../../documents/holdings.ts';
import { formatDay } from '../../messages/format.ts';
import type { ConsentAnswer, Interaction } from '../../oidc/interactions.ts';
import type { Directory } from '../../subject/directory.ts';
import { type Context, textFields } from '../context.ts';
import { languageOf } from '../language.ts';
import type { ConsentPage } from '../pages/page-models.ts';
import { type Item, itemsOf, purposeOf, rowsOf } from './consent-rows.ts';
import type { Person } from './next-step.ts';
import { actions, portalLine } from './sign-in-pages.ts';

export interface ConsentDependencies {
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly directory: Directory;
  readonly holdings: Holdings;
  readonly consents: Consents;
  /** Seconds for which an answer is remembered. */
  readonly remembered: number;
  /** Keyed hash of what a page showed. */
  readonly shownHash: (value: string) => string;
}

const OFFLINE = 'offline_access';

/** Who decides: the person of the session. */
export async function decidingPerson(
  { directory }: ConsentDependencies,
  { session }: Interaction,
): Promise<Person | undefined> {
  const subject = session && (await directory.get(session.subject));
  return session && subject?.status.kind === 'active' ? { id: session.subject, subject } : undefined;
}

export async function consentPage(
  deps: ConsentDependencies,
  ctx: Context,
  interaction: Interaction,
  person: Person,
): Promise<ConsentPage> {
  const { relyingParty, scopes, uid } = interaction;
  const now = deps.clock.now();
  const language = languageOf(ctx);
  const standing = await deps.consents.find(person.id, relyingParty.client_id);
  const live = standing?.withdrawn_at === undefined ? standing : undefined;
  const asked = {
    portal: portalLine(ctx, relyingParty),
    rows: await rowsOf(deps.holdings, itemsOf(interaction), person, live, language, now),
    offlineAccess: scopes.includes(OFFLINE),
  };
  return {
    ...asked,
    shown: deps.shownHash(JSON.stringify([uid, person.id, substanceOf(asked)])),
    action: actions(uid).consent,
    refuseAction: actions(uid).cancel,
    name: person.subject.name,
    reason: interaction.consentReason ?? 'asked_again',
    rememberedUntil: formatDay(rememberedUntil(deps)),
    errors: [],
  };
}

/** What a person agrees to. When a registry was last asked, and what was agreed to before, do not change it. */
const substanceOf = ({ rows, ...asked }: Pick<ConsentPage, 'portal' | 'rows' | 'offlineAccess'>) => [
  asked,
  rows.map(({ agreedBefore: _, document, ...row }) => [row, document?.issuer, document?.records]),
];

const rememberedUntil = ({ clock, remembered }: ConsentDependencies): number =>
  clock.now() + remembered * SECOND;

/**
 * The answer that a posted form gives. What is required counts as agreed to by the button itself; of the rest
 * only what was ticked, and only what was asked.
 */
export function answerOf(
  deps: ConsentDependencies,
  ctx: Context,
  interaction: Interaction,
  person: Person,
): ConsentAnswer {
  const ticked = new Set(textFields(ctx, 'scope'));
  const items = itemsOf(interaction);
  const agreed = (item: Item) => item.use.required || ticked.has(item.scope.scope);
  const whole = items.filter((item) => item.claims.length === 0);
  const single = items.filter((item) => item.claims.length > 0);
  const names = (list: readonly Item[]) => list.map((item) => item.scope.scope);
  const language = languageOf(ctx);
  return {
    subject: person.id,
    granted: [
      'openid',
      ...names(whole.filter(agreed)),
      ...(interaction.scopes.includes(OFFLINE) ? [OFFLINE] : []),
    ],
    refused: names(whole.filter((item) => !agreed(item))),
    claims: single.filter(agreed).flatMap((item) => item.claims),
    refusedClaims: single.filter((item) => !agreed(item)).flatMap((item) => item.claims),
    purposes: Object.fromEntries(items.map((item) => [item.scope.scope, purposeOf(item.use, language)])),
    language,
    rememberedUntil: rememberedUntil(deps),
  };
}
