import { MINUTE } from '../clock/clock.ts';
import type { Attempt, SignedIn } from './portal-client.ts';
import type { Procedure } from './procedures.ts';

/** Who is signed in to the portal, and for what. */
export interface PortalSession {
  readonly signedIn: SignedIn;
  readonly procedure: Procedure | undefined;
  readonly request: Attempt['request'];
}

/** A sign-in under way, kept by its `state`. */
export interface StartedSignIn {
  readonly attempt: Attempt;
  /** The browser that began it (a cookie): an answer brought by another one is not taken. */
  readonly browser: string;
  readonly procedure: Procedure | undefined;
  /** Begun with `prompt=none`. */
  readonly silent: boolean;
}

/** Longer than the provider gives a person to sign in, so that its own message comes first. */
export const ATTEMPT_LIFETIME = 40 * MINUTE;
export const SESSION_LIFETIME = 30 * MINUTE;
export const MOST_ATTEMPTS = 1000;
export const MOST_SESSIONS = 1000;

/** The name to greet with; without the scope `profile` there is only the identifier. */
export const nameOf = ({ userInfo, claims }: SignedIn): string =>
  typeof userInfo.name === 'string' ? userInfo.name : claims.sub;

/** `acr` "2" is 2; everything else counts as 1. */
export const acrOf = ({ claims }: SignedIn): 1 | 2 => (claims.acr === '2' ? 2 : 1);
