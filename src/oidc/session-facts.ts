import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { type Authentication, authTimeOf, mergeProofs } from '../authentication/assurance.ts';
import { type MethodName, methods } from '../authentication/methods.ts';

const methodNames = Object.keys(methods) as [MethodName, ...MethodName[]];

/** The facts as they travel in a session or in the result of a sign-in page. */
export const proofs: z.ZodType<Authentication[]> = z.array(
  z.strictObject({ method: z.enum(methodNames), at: z.number().int(), used: z.number().int() }),
);

interface WithFacts {
  authentications?: unknown;
  fresh?: unknown;
}

/** The proofs that a session holds; a session without any holds none. */
export function proofsOf(session: object): Authentication[] {
  return proofs.parse((session as WithFacts).authentications ?? []);
}

/** Keeps the proofs in the session, which is saved with the response. */
export function keepProofs(session: object, kept: Authentication[]): void {
  (session as WithFacts).authentications = kept;
}

/**
 * Takes over what a sign-in page of this very request has proved. Where the request wanted fresh proofs the older
 * ones end with it, so that a second factor of before never stands beside a password of now.
 */
export function absorbSignIn({ oidc }: KoaContextWithOIDC): Authentication[] {
  const session = oidc.session ?? {};
  const login = oidc.result?.login as WithFacts | undefined;
  if (login?.authentications === undefined) return proofsOf(session);
  const held = proofsOf(session);
  const made = proofs.parse(login.authentications);
  if (held.length > 0 && authTimeOf(held) > authTimeOf(made)) {
    // A page that waited meanwhile brings an older sign-in along: the newer one of another tab stands, and what was
    // proved after it counts beside it.
    const newest = authTimeOf(held);
    Object.assign(session, { loginTs: newest });
    const kept = mergeProofs(
      held,
      made.filter(({ at }) => at >= newest),
    );
    keepProofs(session, kept);
    return kept;
  }
  const merged = mergeProofs(login.fresh === true ? [] : held, made);
  keepProofs(session, merged);
  return merged;
}

/**
 * Lets the library store our facts with its session. `IN_PAYLOAD` is its own list of what a session row
 * holds; a test fails if an upgrade of the library no longer honours it.
 */
export function storeFactsInSession(provider: Provider): void {
  const { Session } = provider;
  const names = [...Session.IN_PAYLOAD, 'authentications', 'grants'];
  Object.defineProperty(Session, 'IN_PAYLOAD', { get: () => names });
}
