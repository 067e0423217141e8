import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { KeepingContext } from './keeping-context.ts';
import type { PeopleContext } from './person-context.ts';
import type { Terminal } from './terminal.ts';

/** What the commands work on: opened once for each invocation, closed at its end. */
export interface AdminContext {
  readonly registry: RelyingPartyRegistry;
  readonly clock: Clock;
  /** The provider's address, an origin. */
  readonly issuer: string;
  /** Development only: redirect addresses over http on this computer. */
  readonly allowLoopbackHttp: boolean;
  /** For how long a running server may still use an older registration, in seconds. */
  readonly registryCacheSeconds: number;
  /** Ends a person's consent to one relying party and everything issued on it. */
  withdrawConsent(
    personalNumber: string,
    clientId: string,
  ): Promise<'withdrawn' | 'nothing_stood' | 'unknown_person'>;
  readonly people: PeopleContext;
  /** The registering event comes before its effect. */
  readonly audit: AuditTrail;
  close(): Promise<void>;
}

/** What an invocation is given: its terminal, and a way to open the context once it is needed. */
export interface CliDependencies extends Terminal {
  /** Throws `ConfigurationError` or `StorageUnavailable`, each with a message that can be printed. */
  open(): Promise<AdminContext>;
  /** What data are moved and kept with. Throws `ConfigurationError`. */
  openKeeping(): Promise<KeepingContext>;
}
