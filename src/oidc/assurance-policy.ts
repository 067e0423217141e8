import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { type AssuranceRules, amrOf, relyOn, supportedLevel } from '../authentication/assurance.ts';
import { type Decision, decide } from '../authentication/demand.ts';
import { type Clock, epochSeconds } from '../clock/clock.ts';
import type { AccountLevel } from '../subject/subject.ts';
import { demandOf } from './requested.ts';
import { absorbSignIn, keepProofs } from './session-facts.ts';

const { Check } = interactionPolicy;

export interface AssuranceContext {
  readonly clock: Clock;
  readonly rules: AssuranceRules;
}

/** The level that the account of this request can reach at most, as `findAccount` put it there. */
const ceilingOf = (ctx: KoaContextWithOIDC): AccountLevel => (ctx.oidc.account?.ceiling === 2 ? 2 : 1);

/**
 * Decides the demand of this request against the facts in the session, and publishes `acr` and `amr` for it.
 * The library reads them from the session; here they are derived anew each time, so that nothing stored can
 * claim more than the proofs still support.
 */
function evaluate(ctx: KoaContextWithOIDC, { clock, rules }: AssuranceContext): Decision {
  const { oidc } = ctx;
  const now = epochSeconds(clock);
  const proofs = absorbSignIn(ctx);
  const ceiling = ceilingOf(ctx);
  const supported = supportedLevel(proofs, rules, now);
  const floor = oidc.client?.acr_floor === 2 ? 2 : 1;
  const decision = decide(
    demandOf(oidc.params ?? {}, floor),
    ceiling,
    supported === 2 ? ceiling : supported,
    oidc.result?.login !== undefined,
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
function needsProof(ctx: KoaContextWithOIDC, assurance: AssuranceContext): boolean {
  if (!ctx.oidc.account) return false;
  const decision = evaluate(ctx, assurance);
  if (decision.kind === 'unreachable' && ctx.oidc.prompts.has('none')) {
    throw new errors.UnmetAuthenticationRequirements('the requested level cannot be reached by this account');
  }
  return decision.kind !== 'met';
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
