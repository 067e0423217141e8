import type { JWK } from 'jose';
import type { Context } from 'koa';
import type { Clock } from '../clock/clock.ts';
import { type BoundedMap, createBoundedMap } from './bounded-map.ts';
import { createPortalClient, type PortalClient } from './portal-client.ts';
import {
  ATTEMPT_LIFETIME,
  MOST_ATTEMPTS,
  MOST_SESSIONS,
  type PortalSession,
  SESSION_LIFETIME,
  type StartedSignIn,
} from './portal-sessions.ts';

/** What the portal tells about itself: names of events and error codes, never a token, code or claim. */
export interface PortalLog {
  info(fields: Readonly<Record<string, string>>, message: string): void;
  warn(fields: Readonly<Record<string, string>>, message: string): void;
}

export interface PortalOptions {
  /** The provider, as its discovery document names itself. */
  readonly issuer: string;
  /** Where browsers reach the portal: scheme, host and port. */
  readonly origin: string;
  readonly clientId: string;
  /** Signs the portal's assertions (private_key_jwt, ES256). */
  readonly privateKeyJwk: JWK;
  readonly clock: Clock;
  readonly log?: PortalLog;
}

/** What all routes of one portal share. */
export interface Portal {
  readonly issuer: string;
  readonly origin: string;
  readonly log: PortalLog;
  readonly client: PortalClient;
  readonly attempts: BoundedMap<StartedSignIn>;
  readonly sessions: BoundedMap<PortalSession>;
  /** Names of cookies: cookies know no ports, so each portal on a machine has its own. */
  readonly cookies: { readonly session: string; readonly browser: string };
}

const silentLog: PortalLog = { info: () => undefined, warn: () => undefined };

export function createPortalState(options: PortalOptions): Portal {
  const { issuer, origin, clientId, clock } = options;
  // Under https the name itself forbids a sibling host to set it (RFC 6265bis section 4.1.3.2).
  const prefix = origin.startsWith('https:') ? '__Host-' : '';
  return {
    issuer,
    origin,
    log: options.log ?? silentLog,
    client: createPortalClient({ ...options, redirectUri: `${origin}/callback` }),
    attempts: createBoundedMap({ limit: MOST_ATTEMPTS, lifetime: ATTEMPT_LIFETIME, clock }),
    sessions: createBoundedMap({ limit: MOST_SESSIONS, lifetime: SESSION_LIFETIME, clock }),
    cookies: { session: `${prefix}${clientId}_session`, browser: `${prefix}${clientId}_browser` },
  };
}

/** The session of this browser, if it has a live one. */
export const sessionOf = (portal: Portal, ctx: Context): PortalSession | undefined =>
  portal.sessions.get(ctx.cookies.get(portal.cookies.session) ?? '');
