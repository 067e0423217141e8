import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import libraryDefaults from 'oidc-provider/lib/helpers/defaults.js';
import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { Consents } from '../consent/consents.ts';
import type { GrantContexts } from '../consent/grant-context.ts';
import type { Holdings } from '../documents/holdings.ts';
import type { SigningKey } from '../keys/signing-keys.ts';
import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Storage } from '../storage/contract.ts';
import type { Directory } from '../subject/directory.ts';
import type { LevelRules } from '../subject/level.ts';
import { openModels } from './adapter.ts';
import { applyClientRules } from './client-rules.ts';
import { RESPONSE_MODES } from './clients.ts';
import { unknownOptions } from './known-options.ts';
import type { ProtocolPages } from './pages.ts';
import { storeFactsInSession } from './session-facts.ts';
import { settings } from './settings.ts';

export type OidcProvider = Provider;

export interface ProviderDependencies {
  readonly config: Config;
  readonly clock: Clock;
  readonly storage: Storage;
  readonly audit: AuditTrail;
  readonly registry: RelyingPartyRegistry;
  readonly directory: Directory;
  readonly holdings: Holdings;
  readonly consents: Consents;
  readonly grantContexts: GrantContexts;
  readonly levels: Omit<LevelRules, 'now'>;
  readonly pages: ProtocolPages;
  readonly cookieKeys: readonly Buffer[];
  /** Keyed hashes, each under its own label. */
  readonly keyedHash: (value: string) => string;
  readonly pairwise: (value: string) => string;
}

/** The OpenID provider on our storage, with our rules. Throws where an option is unknown to the library. */
export function createProvider(deps: ProviderDependencies, signingKeys: readonly SigningKey[]): Provider {
  const setup = settings(deps, signingKeys);
  const unknown = unknownOptions(setup, libraryDefaults());
  if (unknown.length > 0) throw new Error(`options unknown to the OpenID library: ${unknown.join(', ')}`);
  openModels(deps.storage);
  const provider = new Provider(deps.config.issuer, setup);
  applyClientRules(provider);
  storeFactsInSession(provider);
  provider.use(tellResponseModes);
  return provider;
}

/** The library lists every mode that it has, also those that no client may use. */
async function tellResponseModes(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next();
  if (ctx.oidc?.route === 'discovery') {
    ctx.body = { ...(ctx.body as object), response_modes_supported: RESPONSE_MODES };
  }
}
