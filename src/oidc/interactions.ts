import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { errors, type InteractionResults } from 'oidc-provider';
import { type AssuranceWindow, type Authentication, amrOf, authTimeOf } from '../authentication/assurance.ts';
import type { Demand } from '../authentication/demand.ts';
import { type Clock, epochSeconds } from '../clock/clock.ts';
import type { ConsentReason } from '../consent/consent.ts';
import type { ConsentAnswer } from '../consent/decision.ts';
import type { RelyingParty } from '../relying-party/relying-party.ts';
import type { SubjectId } from '../subject/subject.ts';
import { decideGrant, type GrantDependencies } from './grants.ts';
import { demandOf, type RequestParams, requestedClaims, requestedScopes } from './requested.ts';
import { deviceOf, proofsOf } from './session-facts.ts';

/** One request that waits for the person, as the pages see it. */
export interface Interaction {
  readonly uid: string;
  readonly kind: 'login' | 'consent';
  readonly relyingParty: RelyingParty;
  /** The person of the browser's session, with the proofs it holds. */
  readonly session?: {
    readonly subject: SubjectId;
    readonly proofs: readonly Authentication[];
    /** The browser in which the session was made. */
    readonly device?: string | undefined;
  };
  readonly demand: Demand;
  /** `prompt=login` or `max_age`: proofs made before do not count. */
  readonly fresh: boolean;
  /** The request names somebody else than the session's person (`id_token_hint`, `claims`). */
  readonly otherPerson: boolean;
  readonly loginHint: string;
  readonly uiLocales: string | undefined;
  readonly params: RequestParams;
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly consentReason: ConsentReason | undefined;
  readonly grantId: string | undefined;
}

type Exchange = { readonly req: IncomingMessage; readonly res: ServerResponse };

export interface Interactions {
  /** The request that this browser is answering; undefined when it is over, expired or another browser's. */
  current(exchange: Exchange): Promise<Interaction | undefined>;
  /** Each of these ends the page's part and gives the address to go on to. */
  signedIn(
    exchange: Exchange,
    interaction: Interaction,
    subject: SubjectId,
    proofs: readonly Authentication[],
    device: string | undefined,
  ): Promise<string>;
  agreed(exchange: Exchange, interaction: Interaction, answer: ConsentAnswer): Promise<string>;
  refuse(
    exchange: Exchange,
    error: 'access_denied' | 'unmet_authentication_requirements',
    description: string,
  ): Promise<string>;
}

interface Dependencies extends GrantDependencies {
  readonly provider: Provider;
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
    signedIn(exchange, { fresh }, subject, proofs, device) {
      const now = epochSeconds(deps.clock);
      const login = {
        accountId: subject,
        amr: amrOf(proofs, deps.window, now),
        ts: authTimeOf(proofs),
        authentications: proofs,
        fresh,
        ...(device === undefined ? {} : { device }),
      };
      return finish(exchange, { login } as InteractionResults);
    },
    async agreed(exchange, interaction, answer) {
      const grantId = await decideGrant(deps, provider, interaction, answer);
      return finish(exchange, { consent: grantId === undefined ? {} : { grantId } });
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
      : { session: { subject: session.accountId, proofs: proofsOf(session), device: deviceOf(session) } }),
    demand: demandOf(params, relyingParty.acr_floor),
    fresh: has('login_prompt', 'max_age'),
    otherPerson: has('id_token_hint', 'claims_id_token_sub_value', 'account_gone'),
    loginHint: params.login_hint ?? '',
    uiLocales: params.ui_locales,
    params,
    scopes: requestedScopes(params),
    claims: requestedClaims(params),
    consentReason: details.reason as ConsentReason | undefined,
    // A page opened before another tab agreed still gets that tab's grant: a session has one for each portal.
    grantId: found.grantId ?? session?.grantIdFor(relyingParty.client_id),
  };
}
