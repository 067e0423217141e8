import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { signingAlgorithms } from './relying-party.ts';

/** The public keys a client signs its assertions with (RFC 7523), reduced to the members that say so. */
export interface ClientKeys {
  readonly jwks: { readonly keys: Record<string, unknown>[] };
  /** The one algorithm of all keys. */
  readonly signing_alg: (typeof signingAlgorithms)[number];
}

const MAX_KEYS = 5;
const MIN_RSA_BITS = 2048;
const MIN_RSA_EXPONENT = 65537n;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const REMOTE_MEMBERS = ['jku', 'x5u', 'x5c'];
const PUBLIC_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'use', 'alg'];

const jwk = z.record(z.string(), z.unknown());
const keySet = z.union([z.object({ keys: z.array(jwk) }), jwk.transform((key) => ({ keys: [key] }))]);

/**
 * Reads a JWK Set (RFC 7517 section 5), or a single JWK, that a client wants to be known by: public keys of
 * P-256, Ed25519 or RSA from 2048 bits, all for one algorithm, each key id used once. Unknown members are dropped.
 * Otherwise every problem, each a sentence.
 */
export function readClientKeys(value: unknown): ClientKeys | { readonly problems: readonly string[] } {
  const parsed = keySet.safeParse(value);
  if (!parsed.success) return { problems: ['is not a JWK Set: an object with an array "keys"'] };
  const keys = parsed.data.keys;
  if (keys.length === 0 || keys.length > MAX_KEYS)
    return { problems: [`must hold 1 to ${MAX_KEYS} keys, has ${keys.length}`] };

  const read = keys.map(readKey);
  const problems = read.flatMap((key, index) =>
    'problem' in key ? [`key ${index + 1} ${key.problem}`] : [],
  );
  if (problems.length > 0) return { problems: [...problems, ...kidProblems(keys)] };
  const algorithms = new Set(read.flatMap((key) => ('alg' in key ? [key.alg] : [])));
  const [signing_alg] = algorithms;
  if (algorithms.size > 1)
    return { problems: [`mixes keys for ${[...algorithms].join(' and ')}: use one algorithm`] };
  const clashes = kidProblems(keys);
  if (clashes.length > 0 || signing_alg === undefined) return { problems: clashes };
  return { jwks: { keys: keys.map(publicMembers) }, signing_alg };
}

type ReadKey = { readonly alg: ClientKeys['signing_alg'] } | { readonly problem: string };

function readKey(key: Record<string, unknown>): ReadKey {
  const secret = PRIVATE_MEMBERS.filter((member) => member in key);
  if (key.kty === 'oct') return { problem: 'is symmetric (kty oct): register a public key' };
  if (secret.length > 0) {
    return { problem: `contains private parts (${secret.join(', ')}): register the public half only` };
  }
  const remote = REMOTE_MEMBERS.filter((member) => member in key);
  if (remote.length > 0)
    return { problem: `refers to certificates (${remote.join(', ')}): register the bare key` };
  if (key.use !== undefined && key.use !== 'sig') return { problem: 'is not a signing key (use is not sig)' };
  const alg = algorithmOf(key);
  if (alg === undefined) return { problem: 'is not of a kind accepted here: EC P-256, OKP Ed25519 or RSA' };
  if (key.alg !== undefined && key.alg !== alg && !(alg === 'EdDSA' && key.alg === 'Ed25519')) {
    return { problem: `states an algorithm (alg) other than ${alg}, the one accepted for its kind` };
  }
  const publicKey = importKey(key);
  if (publicKey === undefined) return { problem: 'cannot be read as a public key' };
  return alg === 'RS256' && weakRsa(publicKey)
    ? {
        problem: `is a weak RSA key: at least ${MIN_RSA_BITS} bits and exponent ${MIN_RSA_EXPONENT} are required`,
      }
    : { alg };
}

function algorithmOf(key: Record<string, unknown>): ClientKeys['signing_alg'] | undefined {
  if (key.kty === 'EC' && key.crv === 'P-256') return 'ES256';
  if (key.kty === 'OKP' && key.crv === 'Ed25519') return 'EdDSA';
  return key.kty === 'RSA' ? 'RS256' : undefined;
}

function importKey(key: Record<string, unknown>): KeyObject | undefined {
  try {
    return createPublicKey({ key: publicMembers(key), format: 'jwk' });
  } catch {
    return undefined;
  }
}

function weakRsa(key: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  return modulusLength < MIN_RSA_BITS || publicExponent < MIN_RSA_EXPONENT;
}

// Without key ids, two keys could not be told apart by the assertion's header.
function kidProblems(keys: readonly Record<string, unknown>[]): string[] {
  const kids = keys.map((key) => key.kid);
  if (kids.some((kid) => kid !== undefined && (typeof kid !== 'string' || kid === '')))
    return ['has a key id (kid) that is not text'];
  if (keys.length > 1 && kids.includes(undefined)) return ['has several keys: each needs a key id (kid)'];
  return new Set(kids).size < kids.length ? ['uses a key id (kid) twice'] : [];
}

const publicMembers = (key: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(PUBLIC_MEMBERS.filter((member) => member in key).map((member) => [member, key[member]]));
