import type { Config } from '../config/schema.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { ProofDependencies } from './attempt.ts';
import { createFactors, type Factors } from './factors.ts';
import { createPasskeyCeremony, type PasskeyCeremony } from './passkey-ceremony.ts';
import { createPasskeyHandles } from './passkey-handles.ts';
import { createPasswordChanges, type PasswordChanges } from './password-change.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

/** How people prove who they are, and change what they prove it with. */
export interface AuthenticationServices {
  readonly signIn: SignIn;
  readonly factors: Factors;
  readonly passwords: PasswordChanges;
  readonly ceremony: PasskeyCeremony;
}

type Made = 'ceremony' | 'windows' | 'keyedHash' | 'recoveryHash';
interface Dependencies extends Omit<ProofDependencies, Made> {
  readonly config: Config;
  readonly keyring: Keyring;
}

export function createAuthentication(given: Dependencies): AuthenticationServices {
  const { config, keyring, storage } = given;
  const deps = {
    ...given,
    ceremony: createPasskeyCeremony({ issuer: config.issuer }),
    handles: createPasskeyHandles({ storage, keyedHash: keyring.keyedHash('passkey-handle') }),
    windows: config.throttle,
    keyedHash: keyring.keyedHash('throttle'),
    recoveryHash: keyring.keyedHash('recovery-code'),
    passwordRules: config.password_rules,
  };
  return {
    ceremony: deps.ceremony,
    signIn: createSignIn(deps),
    factors: createFactors(deps),
    passwords: createPasswordChanges(deps),
  };
}
