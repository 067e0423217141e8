import type { KoaContextWithOIDC } from 'oidc-provider';

/** The pages that the protocol itself shows; `http/` gives them. Each sets the body of the response. */
export interface ProtocolPages {
  /** `code` is an OAuth error code; `clientId` names the portal to go back to, where it is known. */
  error(ctx: KoaContextWithOIDC, problem: { code: string; clientId?: string; fault?: unknown }): Promise<void>;
  /** RP-Initiated Logout 1.0 section 2: ask before signing out. `form` is the library's hidden form. */
  signOut(ctx: KoaContextWithOIDC, form: string): Promise<void>;
  signedOut(ctx: KoaContextWithOIDC): Promise<void>;
}
