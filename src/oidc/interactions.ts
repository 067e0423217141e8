import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { errors, type InteractionResults } from 'oidc-provider';
import { type AssuranceWindow, type Authentication, amrOf } from '../authentication/assurance.ts';
import type { Demand } from '../authentication/demand.ts';
import { type Clock, epochSeconds } from '../clock/clock.ts';
import type { Consent, ConsentReason } from '../consent/consent.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { RelyingParty } from '../relying-party/relying-party.ts';
import type { SubjectId } from '../subject/subject.ts';
import { askedOf, decideGrant, type GrantDependencies } from './grants.ts';
import { demandOf, requestedClaims, requestedScopes } from './requested.ts';
import { proofsOf } from './session-facts.ts';

/** One request that waits for the person, as the pages see it. */
export interface Interaction {
  readonly uid: string;
  readonly kind: 'login' | 'consent';
  readonly relyingParty: RelyingParty;
  /** The person of the browser's session, with the proofs it holds. */
  readonly session?: { readonly subject: SubjectId; readonly proofs: readonly Authentication[] };
  readonly demand: Demand;
  /** `prompt=login` or `max_age`: proofs made before do not count. */
  readonly fresh: boolean;
  /** The request names somebody else than the session's person (`id_token_hint`, `claims`). */
  readonly otherPerson: boolean;
  readonly loginHint: string;
  readonly uiLocales: string | undefined;
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly consentReason: ConsentReason | undefined;
  readonly grantId: string | undefined;
}

/** A person who was asked and gave this answer; the rest of the decision is derived here. */
export interface ConsentAnswer {
  readonly subject: SubjectId;
  readonly granted: readonly string[];
  readonly refused: readonly string[];
  readonly claims: readonly string[];
  readonly refusedClaims: readonly string[];
  readonly purposes: Readonly<Record<string, string>>;
  readonly language: 'vi' | 'en';
  readonly rememberedUntil: number;
}

type Exchange = { readonly req: IncomingMessage; readonly res: ServerResponse };

export interface Interactions {
  /** The request that this browser is answering; undefined when it is over, expired or another browser's. */
  current(exchange: Exchange): Promise<Interaction | undefined>;
  /** Each of these ends the page's part and gives the address to go on to. */
  signedIn(exchange: Exchange, subject: SubjectId, proofs: readonly Authentication[]): Promise<string>;
  agreed(exchange: Exchange, interaction: Interaction, answer: ConsentAnswer): Promise<string>;
  refuse(
    exchange: Exchange,
    error: 'access_denied' | 'unmet_authentication_requirements',
    description: string,
  ): Promise<string>;
}

interface Dependencies extends GrantDependencies {
  readonly provider: Provider;
  readonly registry: RelyingPartyRegistry;
  readonly clock: Clock;
  readonly window: AssuranceWindow;
}

type LibraryInteraction = Awaited<ReturnType<Provider['interactionDetails']>>;

export function createInteractions(deps: Dependencies): Interactions {
  const { provider } = deps;
  const finish = ({ req, res }: Exchange, result: InteractionResults) =>
    provider.interactionResult(req, res, result, { mergeWithLastSubmission: true });
  return {
    async current({ req, res }) {
      try {
        return await describe(deps, await provider.interactionDetails(req, res));
      } catch (error) {
        if (error instanceof errors.SessionNotFound) return undefined;
        throw error;
      }
    },
    signedIn(exchange, subject, proofs) {
      const now = epochSeconds(deps.clock);
      const login = {
        accountId: subject,
        amr: amrOf(proofs, deps.window, now),
        ts: Math.max(...proofs.map((proof) => proof.at)),
        authentications: proofs,
      };
      return finish(exchange, { login } as InteractionResults);
    },
    async agreed(exchange, interaction, answer) {
      const consent = await consentOf(deps, interaction, answer);
      const grantId = await decideGrant(deps, provider, consent, interaction.grantId);
      return finish(exchange, { consent: { grantId } });
    },
    refuse: (exchange, error, error_description) => finish(exchange, { error, error_description }),
  };
}

async function describe(deps: Dependencies, found: LibraryInteraction): Promise<Interaction | undefined> {
  const params = found.params as Record<string, string | undefined>;
  const relyingParty = await deps.registry.get(params.client_id ?? '');
  if (relyingParty === undefined) return undefined;
  const { name, reasons, details } = found.prompt;
  const has = (...names: string[]) => reasons.some((reason) => names.includes(reason));
  const session = found.session && (await deps.provider.Session.findByUid(found.session.uid));
  return {
    uid: found.uid,
    kind: name === 'consent' ? 'consent' : 'login',
    relyingParty,
    ...(session?.accountId === undefined
      ? {}
      : { session: { subject: session.accountId, proofs: proofsOf(session) } }),
    demand: demandOf(params, relyingParty.acr_floor),
    fresh: has('login_prompt', 'max_age'),
    otherPerson: has('id_token_hint', 'claims_id_token_sub_value', 'account_gone'),
    loginHint: params.login_hint ?? '',
    uiLocales: params.ui_locales,
    scopes: requestedScopes(params),
    claims: requestedClaims(params),
    consentReason: details.reason as ConsentReason | undefined,
    grantId: found.grantId,
  };
}

/**
 * The decision as it will stand: this answer, and what stood before about things that were not asked now, which
 * never lives longer for it.
 */
async function consentOf(
  deps: Dependencies,
  interaction: Interaction,
  answer: ConsentAnswer,
): Promise<Consent> {
  const { client_id } = interaction.relyingParty;
  const before = await standingDecision(deps, answer.subject, client_id);
  const asked = new Set([...interaction.scopes, ...interaction.claims]);
  const kept = (names: readonly string[] = []) => names.filter((name) => !asked.has(name));
  const carried = [before?.granted, before?.refused, before?.claims, before?.refused_claims].flatMap(kept);
  const granted = [...kept(before?.granted), ...answer.granted];
  const { evidence } = await askedOf(deps, answer.subject, { scope: granted.join(' ') });
  return {
    subject: answer.subject,
    relying_party: client_id,
    granted,
    refused: [...kept(before?.refused), ...answer.refused],
    claims: [...kept(before?.claims), ...answer.claims],
    refused_claims: [...kept(before?.refused_claims), ...answer.refusedClaims],
    evidence: { ...evidence },
    purposes: { ...before?.purposes, ...answer.purposes },
    language: answer.language,
    decided_at: deps.clock.now(),
    expires_at: Math.min(
      answer.rememberedUntil,
      carried.length > 0 ? (before?.expires_at ?? Infinity) : Infinity,
    ),
  };
}

async function standingDecision(deps: Dependencies, subject: string, relyingParty: string) {
  const standing = await deps.consents.find(subject, relyingParty);
  const stands = standing?.withdrawn_at === undefined && (standing?.expires_at ?? 0) > deps.clock.now();
  return stands ? standing : undefined;
}
