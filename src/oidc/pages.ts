import type { KoaContextWithOIDC } from 'oidc-provider';

/** A request at one of the protocol's own endpoints. */
export type ProtocolContext = KoaContextWithOIDC;

/** The pages that the protocol itself shows; `http/` gives them. Each sets the body of the response. */
export interface ProtocolPages {
  /** `code` is an OAuth error code; `clientId` names the portal to go back to, where it is known. */
  error(ctx: ProtocolContext, problem: { code: string; clientId?: string; fault?: unknown }): Promise<void>;
  /** RP-Initiated Logout 1.0 section 2: ask before signing out. `form` is the library's hidden form. */
  signOut(ctx: ProtocolContext, form: string): Promise<void>;
  signedOut(ctx: ProtocolContext): Promise<void>;
}
