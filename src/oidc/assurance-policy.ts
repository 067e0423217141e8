import { decodeJwt } from 'jose';
import { type Client, errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { type AssuranceRules, amrOf, relyOn, supportedLevel } from '../authentication/assurance.ts';
import { type Decision, decide } from '../authentication/demand.ts';
import { type Clock, epochSeconds } from '../clock/clock.ts';
import { reachOfAccount } from './account.ts';
import { demandOf, parseClaims, type RequestParams } from './requested.ts';
import { absorbSignIn, keepProofs } from './session-facts.ts';

const { Check } = interactionPolicy;

export interface AssuranceContext {
  readonly clock: Clock;
  readonly rules: AssuranceRules;
  /** The subject identifier of an account at a client. */
  readonly subjectAt: (client: Client, accountId: string) => string;
}

/**
 * Decides the demand of this request against the facts in the session, and publishes `acr` and `amr` for it.
 * The library reads them from the session; here they are derived anew each time, so that nothing stored can
 * claim more than the proofs still support. A wish is offered once, and never where no page may be shown.
 */
async function evaluate(ctx: KoaContextWithOIDC, { clock, rules }: AssuranceContext): Promise<Decision> {
  const { oidc } = ctx;
  const now = epochSeconds(clock);
  const proofs = absorbSignIn(ctx);
  const reach = await reachOfAccount(oidc.account);
  const supported = supportedLevel(proofs, rules, now);
  const floor = oidc.client?.acr_floor === 2 ? 2 : 1;
  const decision = decide(
    demandOf(oidc.params ?? {}, floor),
    reach,
    supported === 2 ? reach : supported,
    oidc.result?.login !== undefined || oidc.prompts.has('none'),
  );
  if (decision.kind === 'met') {
    publish(oidc, 'acr', decision.acr);
    publish(oidc, 'amr', amrOf(proofs, rules, now));
    keepProofs(oidc.session ?? {}, relyOn(proofs, rules, now));
  }
  return decision;
}

const publish = (target: object, name: 'acr' | 'amr', value: unknown): void => {
  Object.defineProperty(target, name, { value, configurable: true });
};

/** The person has to prove more, or can never prove enough; the page tells which. */
async function needsProof(ctx: KoaContextWithOIDC, assurance: AssuranceContext): Promise<boolean> {
  if (!ctx.oidc.account) return false;
  refuseAnotherPerson(ctx, assurance);
  const decision = await evaluate(ctx, assurance);
  if (decision.kind === 'unreachable' && ctx.oidc.prompts.has('none')) {
    throw new errors.UnmetAuthenticationRequirements('the requested level cannot be reached by this account');
  }
  return decision.kind !== 'met';
}

/**
 * Nobody but the person whom the request names (OpenID Connect Core 3.1.2.1 and 5.5.1). The library verifies the
 * hint when the request comes in and does not look at it again once a sign-in was made; a page that asked once
 * more would ask for ever.
 */
function refuseAnotherPerson({ oidc }: KoaContextWithOIDC, { subjectAt }: AssuranceContext): void {
  const { client } = oidc;
  const accountId = oidc.session?.accountId;
  if (oidc.result?.login === undefined || accountId === undefined || client === undefined) return;
  const params: RequestParams = oidc.params ?? {};
  const hinted = params.id_token_hint === undefined ? undefined : decodeJwt(params.id_token_hint).sub;
  const named = [hinted, parseClaims(params).id_token?.sub?.value].filter((sub) => sub !== undefined);
  if (named.some((sub) => sub !== subjectAt(client, accountId))) {
    throw new errors.LoginRequired('another person signed in than the request names');
  }
}

/**
 * The sign-in prompt: the library's own checks of `acr` are replaced (they loop on a level that the account
 * cannot reach, and let `acr_values` override an essential demand).
 */
export function signInChecks(prompt: interactionPolicy.Prompt, assurance: AssuranceContext): void {
  prompt.checks.remove('essential_acr');
  prompt.checks.remove('essential_acrs');
  prompt.checks.add(
    new Check(
      'account_gone',
      'the account is not available',
      'login_required',
      ({ oidc }) => oidc.session?.accountId !== undefined && !oidc.account,
    ),
  );
  prompt.checks.add(
    new Check('assurance', 'stronger authentication is needed', 'login_required', (ctx) =>
      needsProof(ctx, assurance),
    ),
  );
}
