import type { FirstFactorOutcome, ProofDependencies, SecondFactorOutcome } from './attempt.ts';
import type { PasskeyHandles } from './passkey-handles.ts';
import { type PasskeyAttempt, provePasskey } from './prove-passkey.ts';
import { type PasswordAttempt, provePassword } from './prove-password.ts';
import { type CodeAttempt, proveRecoveryCode, proveTotp } from './prove-second-factor.ts';
import { totpUses } from './totp.ts';

/** The ways to prove who signs in. Each is counted, decided and recorded here; no page does any of it. */
export interface SignIn {
  provePassword(attempt: PasswordAttempt): Promise<FirstFactorOutcome>;
  provePasskey(attempt: PasskeyAttempt): Promise<FirstFactorOutcome>;
  /** The second factor, once the first is proved. */
  proveTotp(attempt: CodeAttempt): Promise<SecondFactorOutcome>;
  proveRecoveryCode(attempt: CodeAttempt): Promise<SecondFactorOutcome>;
}

export function createSignIn(deps: ProofDependencies & { readonly handles: PasskeyHandles }): SignIn {
  const uses = deps.storage.collection(totpUses);
  return {
    provePassword: (attempt) => provePassword(deps, attempt),
    provePasskey: (attempt) => provePasskey(deps, deps.handles, attempt),
    proveTotp: (attempt) => proveTotp(deps, uses, attempt),
    proveRecoveryCode: (attempt) => proveRecoveryCode(deps, attempt),
  };
}
