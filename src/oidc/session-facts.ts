import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { type Authentication, authTimeOf, mergeProofs, stillGood } from '../authentication/assurance.ts';
import type { Devices } from '../authentication/devices.ts';
import { type MethodName, methods } from '../authentication/methods.ts';
import type { CredentialRecord, Credentials } from '../subject/credentials.ts';

const methodNames = Object.keys(methods) as [MethodName, ...MethodName[]];

/** The facts as they travel in a session or in the result of a sign-in page. */
export const proofs: z.ZodType<Authentication[]> = z.array(
  z.strictObject({
    method: z.enum(methodNames),
    at: z.number().int(),
    used: z.number().int(),
    at_level_1: z.literal(true).optional(),
  }),
);

interface WithFacts {
  authentications?: unknown;
  fresh?: unknown;
  device?: unknown;
}

/** The device in which a session was made; undefined for one that names none. */
export function deviceOf(session: object): string | undefined {
  const { device } = session as WithFacts;
  return typeof device === 'string' ? device : undefined;
}

/** The proofs that a session holds; a session without any holds none. */
export function proofsOf(session: object): Authentication[] {
  return proofs.parse((session as WithFacts).authentications ?? []);
}

/** Keeps the proofs in the session, which is saved with the response. */
export function keepProofs(session: object, kept: Authentication[]): void {
  (session as WithFacts).authentications = kept;
}

type Request = KoaContextWithOIDC['oidc'];

/** What a sign-in page of this very request has proved, beside what the session held when the request came in. */
const provedHere = new WeakMap<Request, readonly Authentication[]>();

/**
 * Forgets what a sign-in page of this very request has proved where password or factors changed since: the request
 * goes on as if no page had been answered. What the session itself held stands as long as the session. True where
 * nobody is signed in then.
 */
export async function forgetVoidSignIn(
  { oidc }: KoaContextWithOIDC,
  credentials: Credentials,
): Promise<boolean> {
  const { result, session } = oidc;
  const login = result?.login as (WithFacts & { readonly accountId: string }) | undefined;
  if (login?.authentications === undefined || session === undefined || provedHere.has(oidc)) return false;
  const held = proofsOf(session);
  const made = proofs
    .parse(login.authentications)
    .filter(({ at, method }) => !held.some((one) => one.method === method && one.at === at));
  provedHere.set(oidc, made);
  if (allStillGood(made, await credentials.get(login.accountId))) return false;
  delete result?.login;
  // The library has signed the person in by now.
  if (held.length > 0) Object.assign(session, { loginTs: authTimeOf(held) });
  else for (const name of ['accountId', 'loginTs']) Reflect.deleteProperty(session, name);
  return held.length === 0;
}

const allStillGood = (made: readonly Authentication[], record: CredentialRecord): boolean =>
  stillGood(made, record).length === made.length;

/**
 * Looks once more when the session of a sign-in is written: a change between the two looks has ended the person's
 * sessions, and may not have seen this one. So has whoever signed its browser out.
 */
export const endVoidSignIns =
  (credentials: Credentials, devices: Pick<Devices, 'list'>) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> => {
    await next();
    const { oidc } = ctx;
    const made = oidc === undefined ? undefined : provedHere.get(oidc);
    const session = oidc?.session;
    if (made === undefined || session?.accountId === undefined || oidc.result?.login === undefined) return;
    const good =
      allStillGood(made, await credentials.get(session.accountId)) &&
      (await standsIn(devices, session.accountId, deviceOf(session)));
    if (!good) await session.destroy();
  };

/** Whether the browser of a sign-in was not signed out while its answer was on the way. */
const standsIn = async (
  devices: Pick<Devices, 'list'>,
  subject: string,
  device: string | undefined,
): Promise<boolean> => device === undefined || (await devices.list(subject)).some(({ id }) => id === device);

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
  if (login.device !== undefined) Object.assign(session, { device: login.device });
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

/** The device in which a request is answered: that of a sign-in just made, else that of the session. */
export const deviceOfRequest = ({ result, session }: Request): string | undefined =>
  deviceOf(result?.login ?? {}) ?? deviceOf(session ?? {});

/**
 * Lets the library store our facts with its sessions and grants. `IN_PAYLOAD` is its own list of what a row holds; a
 * test fails if an upgrade of the library no longer honours it.
 */
export function storeFacts({ Grant, Session }: Provider): void {
  const keep = (model: typeof Grant | typeof Session, ...facts: string[]) => {
    const names = [...model.IN_PAYLOAD, ...facts];
    Object.defineProperty(model, 'IN_PAYLOAD', { get: () => names });
  };
  keep(Session, 'authentications', 'device', 'grants');
  keep(Grant, 'device');
}
