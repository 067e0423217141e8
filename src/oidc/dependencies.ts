import type { AuditTrail } from '../audit/trail.ts';
import type { Devices } from '../authentication/devices.ts';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Consents } from '../consent/consents.ts';
import type { GrantContexts } from '../consent/grant-context.ts';
import type { Holdings } from '../documents/holdings.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Storage } from '../storage/contract.ts';
import type { Credentials } from '../subject/credentials.ts';
import type { Directory } from '../subject/directory.ts';
import type { LevelRules } from '../subject/level.ts';
import type { ProtocolPages } from './pages.ts';
import type { SignInNotice } from './sign-in-notice.ts';

/** What the provider is built on. */
export interface ProviderDependencies {
  readonly config: Config;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly audit: AuditTrail;
  readonly registry: RelyingPartyRegistry;
  readonly directory: Directory;
  readonly credentials: Credentials;
  readonly devices: Devices;
  readonly holdings: Holdings;
  readonly consents: Consents;
  readonly grantContexts: GrantContexts;
  readonly levels: Omit<LevelRules, 'now'>;
  readonly pages: ProtocolPages;
  readonly signInNotice: SignInNotice;
  readonly cookieKeys: readonly Buffer[];
  /** Keyed hashes, each under its own label. */
  readonly keyedHash: (value: string) => string;
  readonly pairwise: (value: string) => string;
  /** Hides a person's bucket in what is handed out. */
  readonly tokenMask: (value: string) => string;
}
