import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';

const privateJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
  alg: z.literal('ES256'),
  use: z.literal('sig'),
});
type PrivateJwk = z.infer<typeof privateJwk>;

export const portalKeys: CollectionDefinition<PrivateJwk> = {
  name: 'demo_portal_keys',
  schema: privateJwk,
  sealed: true,
};

/** A portal's key pair (JWK, RFC 7517); `publicJwk` is what is registered. */
export interface PortalKey {
  readonly privateJwk: PrivateJwk;
  readonly publicJwk: Omit<PrivateJwk, 'd'>;
}

async function generate(): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return privateJwk.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' });
}

/** The portal's key, made at first start and kept, so that a restart needs no new registration. */
export async function loadPortalKey(storage: Storage, clientId = 'cong-mau'): Promise<PortalKey> {
  const keys = storage.collection(portalKeys);
  const kept = await keys.get(clientId);
  const jwk = kept?.doc ?? (await generate());
  if (kept === undefined && !(await inserted(keys, clientId, jwk))) return loadPortalKey(storage, clientId);
  const { d: _, ...publicJwk } = jwk;
  return { privateJwk: jwk, publicJwk };
}
