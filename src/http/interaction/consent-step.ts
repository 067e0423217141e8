import type { AuditTrail } from '../../audit/trail.ts';
import { type Clock, SECOND } from '../../clock/clock.ts';
import { stands } from '../../consent/consent.ts';
import type { Consents } from '../../consent/consents.ts';
import { type ConsentAnswer, decisionEnd } from '../../consent/decision.ts';
import { scopeOfClaim } from '../../documents/catalogue.ts';
import type { Holdings } from '../../documents/holdings.ts';
import { formatDay } from '../../messages/format.ts';
import type { Interaction } from '../../oidc/interactions.ts';
import { purposeOf } from '../../relying-party/relying-party.ts';
import type { Directory } from '../../subject/directory.ts';
import { type Context, textFields } from '../context.ts';
import { languageOf } from '../language.ts';
import type { ConsentPage } from '../pages/page-models.ts';
import { itemsOf, rowsOf } from './consent-rows.ts';
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
  const live = standing && stands(standing, now) ? standing : undefined;
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
    rememberedUntil: formatDay(decisionEnd(live, interaction, rememberedUntil(deps))),
    errors: [],
  };
}

/** What a person agrees to. When a registry was last asked, and what was agreed to before, do not change it. */
const substanceOf = ({
  portal,
  rows,
  offlineAccess,
}: Pick<ConsentPage, 'portal' | 'rows' | 'offlineAccess'>) => [
  { portal, offlineAccess },
  rows.map(({ agreedBefore: _, document, ...row }) => [row, document?.issuer, document?.records]),
];

const rememberedUntil = ({ clock, remembered }: ConsentDependencies): number =>
  clock.now() + remembered * SECOND;

/**
 * The answer that a posted form gives. What is required counts as agreed to by the button itself; of the rest
 * only what was ticked, and only what was asked. All else that the request names counts as refused, also what
 * the relying party may no longer ask for, so that the request comes to an end.
 */
export function answerOf(
  deps: ConsentDependencies,
  ctx: Context,
  interaction: Interaction,
  person: Person,
  page: ConsentPage,
): ConsentAnswer {
  const ticked = new Set(textFields(ctx, 'scope'));
  const items = itemsOf(interaction);
  const agreed = items.filter(({ scope, use }) => use.required || ticked.has(scope.scope));
  const allowed = new Set(['openid', OFFLINE, ...agreed.map(({ scope }) => scope.scope)]);
  const isAllowed = (claim: string) => allowed.has(scopeOfClaim(claim)?.scope ?? '');
  const language = languageOf(ctx);
  return {
    subject: person.id,
    relying_party: interaction.relyingParty.client_id,
    granted: interaction.scopes.filter((scope) => allowed.has(scope)),
    refused: interaction.scopes.filter((scope) => !allowed.has(scope)),
    claims: interaction.claims.filter(isAllowed),
    refused_claims: interaction.claims.filter((claim) => !isAllowed(claim)),
    purposes: Object.fromEntries(items.map((item) => [item.scope.scope, purposeOf(item.use)[language]])),
    shown: JSON.stringify(substanceOf(page)),
    language,
    remembered_until: rememberedUntil(deps),
  };
}
