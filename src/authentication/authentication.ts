import type { Config } from '../config/schema.ts';
import type { Keyring } from '../keys/keyring.ts';
import { createCeremonies } from './ceremony.ts';
import type { CeremonyParts } from './ceremony-deps.ts';
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
  /** Activation and recovery. */
  readonly ceremonies: CeremonyParts;
}

type MadeOfConfig = 'ceremony' | 'windows' | 'passwordRules' | 'rules';
type MadeOfKeys = 'handles' | 'keyedHash' | 'recoveryHash' | 'standIn';
interface Dependencies extends Omit<CeremonyParts, MadeOfConfig | MadeOfKeys | 'store' | 'signIn'> {
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
  const signIn = createSignIn(deps);
  return {
    ceremony: deps.ceremony,
    signIn,
    ceremonies: createCeremonies({ ...deps, signIn, rules: config.assurance }),
    factors: createFactors(deps),
    passwords: createPasswordChanges(deps),
  };
}
