import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import libraryDefaults from 'oidc-provider/lib/helpers/defaults.js';
import type { SigningKey } from '../keys/signing-keys.ts';
import { openModels } from './adapter.ts';
import { applyClientRules } from './client-rules.ts';
import { RESPONSE_MODES } from './clients.ts';
import type { ProviderDependencies } from './dependencies.ts';
import { unknownOptions } from './known-options.ts';
import { endWholeSessions } from './session-adapter.ts';
import { endVoidSignIns, storeFacts } from './session-facts.ts';
import { settings } from './settings.ts';
import { recordSignIns } from './sign-in-record.ts';
import { carryBuckets, createTokenBuckets } from './token-bucket.ts';

export type OidcProvider = Provider;

/** The OpenID provider on our storage, with our rules. Throws where an option is unknown to the library. */
export function createProvider(deps: ProviderDependencies, signingKeys: readonly SigningKey[]): Provider {
  const buckets = createTokenBuckets(deps.tokenMask);
  const setup = settings(deps, signingKeys, buckets);
  const unknown = unknownOptions(setup, libraryDefaults());
  if (unknown.length > 0) throw new Error(`options unknown to the OpenID library: ${unknown.join(', ')}`);
  openModels(deps.storage);
  const provider = new Provider(deps.config.issuer, setup);
  applyClientRules(provider);
  storeFacts(provider);
  carryBuckets(provider, buckets);
  endWholeSessions(provider, deps);
  provider.use(tellResponseModes);
  provider.use(endVoidSignIns(deps.credentials, deps.devices));
  provider.use(recordSignIns(deps.audit, deps.signInNotice));
  return provider;
}

/** The library lists every mode that it has, also those that no client may use. */
async function tellResponseModes(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
  await next();
  if (ctx.oidc?.route === 'discovery') {
    ctx.body = { ...(ctx.body as object), response_modes_supported: RESPONSE_MODES };
  }
}
