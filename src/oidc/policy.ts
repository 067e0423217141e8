import { interactionPolicy } from 'oidc-provider';
import { ACCOUNT_PORTAL } from './account-portal.ts';
import { type AssuranceContext, signInChecks } from './assurance-policy.ts';
import { consentReasonOf } from './grants.ts';

const { Check, Prompt, base } = interactionPolicy;

/** The pages that a request may need, in order: sign-in, then consent. */
export function createPolicy(assurance: AssuranceContext): interactionPolicy.DefaultPolicy {
  const policy = base();
  const login = policy.get('login') ?? new Prompt({ name: 'login', requestable: true });
  signInChecks(login, assurance);
  const consent = policy.get('consent') ?? new Prompt({ name: 'consent', requestable: true });
  // Nobody agrees to the citizen's own pages, whatever the request says.
  consent.checks.remove('consent_prompt');
  consent.checks.add(
    new Check(
      'consent_prompt',
      'consent prompt was not resolved',
      'consent_required',
      ({ oidc }) => oidc.client?.clientId !== ACCOUNT_PORTAL && oidc.promptPending('consent'),
    ),
    0,
  );
  consent.checks.add(
    new Check(
      'decision_needed',
      'the person has to decide',
      'consent_required',
      (ctx) => consentReasonOf(ctx) !== undefined,
      (ctx) => ({ reason: consentReasonOf(ctx) }),
    ),
    0,
  );
  return policy;
}
