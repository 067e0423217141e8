/** A way to prove identity: its RFC 8176 name and the kind of factor it is. */
interface Method {
  readonly amr: string;
  readonly factor: 'knowledge' | 'possession';
}

/** Every method there is. A new one is a line here and a proof in a file of its own. */
export const methods = {
  password: { amr: 'pwd', factor: 'knowledge' },
  totp: { amr: 'otp', factor: 'possession' },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
