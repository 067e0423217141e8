import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import { inserted } from '../storage/amendment.ts';
import type { Collection, CollectionDefinition, Storage } from '../storage/contract.ts';

const common = { kid: z.string(), use: z.literal('sig') };
const text = z.base64url();
const jwk = z.discriminatedUnion('alg', [
  z.strictObject({
    alg: z.literal('ES256'),
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: text,
    y: text,
    d: text,
    ...common,
  }),
  z.strictObject({
    alg: z.literal('EdDSA'),
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: text,
    d: text,
    ...common,
  }),
  z.strictObject({
    alg: z.literal('RS256'),
    kty: z.literal('RSA'),
    ...{ n: text, e: text, d: text, p: text, q: text, dp: text, dq: text, qi: text },
    ...common,
  }),
]);

/** A private JWK (RFC 7517) with `alg`, `use` and its RFC 7638 thumbprint as `kid`. */
export type SigningKey = z.infer<typeof jwk>;

const stored = z.strictObject({ jwk, created_at: z.number() });

export const signingKeys: CollectionDefinition<z.infer<typeof stored>> = {
  name: 'signing_keys',
  schema: stored,
  sealed: true,
};

/** In the order in which they are preferred. RS256 is for old clients. */
const ALGORITHMS = [
  { alg: 'ES256', options: {} },
  { alg: 'EdDSA', options: { crv: 'Ed25519' } },
  { alg: 'RS256', options: { modulusLength: 2048 } },
] as const;
type Algorithm = (typeof ALGORITHMS)[number];

async function generate({ alg, options }: Algorithm): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(alg, { ...options, extractable: true });
  const exported = await exportJWK(privateKey);
  return jwk.parse({ ...exported, alg, use: 'sig', kid: await calculateJwkThumbprint(exported) });
}

/** The row's id is the same on every instance, so of two that start at once one inserts and the other reads. */
async function obtain(
  keys: Collection<z.infer<typeof stored>>,
  algorithm: Algorithm,
  clock: Clock,
): Promise<SigningKey> {
  const id = `${algorithm.alg}.1`;
  const existing = await keys.get(id);
  if (existing) return existing.doc.jwk;
  const made = await generate(algorithm);
  if (await inserted(keys, id, { jwk: made, created_at: clock.now() })) return made;
  const other = await keys.get(id);
  if (!other) throw new Error(`signing key ${id} exists but cannot be read`);
  return other.doc.jwk;
}

/**
 * The keys that sign tokens, ES256 first; made at the first start and the same on every instance afterwards. A key that
 * cannot be opened is a fault: a new one in its place would silently end the trust in everything signed before.
 */
export async function loadSigningKeys(storage: Storage, clock: Clock): Promise<SigningKey[]> {
  const keys = storage.collection(signingKeys);
  return Promise.all(ALGORITHMS.map((algorithm) => obtain(keys, algorithm, clock)));
}
