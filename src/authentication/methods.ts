/** Kinds of factors; two of different kinds are multi-factor authentication (RFC 8176, "mfa"). */
type Factor = 'knowledge' | 'possession' | 'user_verification';

/** A way to prove identity: its RFC 8176 names, what kinds of factors it is, and whether a sign-in may begin with it. */
interface Method {
  readonly amr: readonly string[];
  readonly factors: readonly Factor[];
  readonly first: boolean;
}

/** Every method there is. A new one is a line here and a proof in a file of its own. */
const registry = {
  password: { amr: ['pwd'], factors: ['knowledge'], first: true },
  totp: { amr: ['otp'], factors: ['possession'], first: false },
  passkey: { amr: ['pop', 'user'], factors: ['possession', 'user_verification'], first: true },
  recovery_code: { amr: ['otp'], factors: ['possession'], first: false },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof registry;

export const methods: Readonly<Record<MethodName, Method>> = registry;
