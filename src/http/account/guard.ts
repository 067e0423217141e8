import { randomBytes } from 'node:crypto';
import {
  type AssuranceRules,
  type Authentication,
  firstFactorLive,
  supportedLevel,
} from '../../authentication/assurance.ts';
import { type Reach, type ReachDependencies, reachOf } from '../../authentication/reach.ts';
import { epochSeconds } from '../../clock/clock.ts';
import { ACCOUNT_PORTAL, ACCOUNT_RETURN } from '../../oidc/account-portal.ts';
import type { AccountSessions } from '../../oidc/account-session.ts';
import type { Directory } from '../../subject/directory.ts';
import type { AccountLevel } from '../../subject/subject.ts';
import type { Context } from '../context.ts';
import { goOn } from '../interaction/sign-in-steps.ts';
import type { ReturnAddresses } from './return-address.ts';
import type { Need, Visit } from './visit.ts';

export interface GuardDependencies extends ReachDependencies {
  readonly issuer: string;
  readonly sessions: AccountSessions;
  readonly directory: Directory;
  readonly rules: AssuranceRules;
  readonly returns: ReturnAddresses;
}

/** What a page is answered with before its handler runs. */
export type Admission =
  | { readonly kind: 'admitted'; readonly visit: Visit }
  /** Nobody, or nobody whose account can be used, is signed in. */
  | { readonly kind: 'sign_in' }
  /** The person can prove what is needed, and has not yet, or not lately. */
  | { readonly kind: 'prove'; readonly level: AccountLevel; readonly afresh: boolean }
  /** This account cannot reach the level. */
  | { readonly kind: 'too_low'; readonly visit: Visit; readonly cause: Exclude<Reach, { level: 2 }> };

/** A request at an address with names in it. */
export type Addressed = Context & { readonly params?: Readonly<Record<string, string | undefined>> };

/** Decides by the facts of the session, in the same way as a sign-in does. */
export async function admit(deps: GuardDependencies, ctx: Addressed, need: Need): Promise<Admission> {
  const session = await deps.sessions.current(ctx);
  const subject = session && (await deps.directory.get(session.subject));
  if (session === undefined || subject?.status.kind !== 'active') return { kind: 'sign_in' };
  const person = { id: session.subject, subject };
  const reach = await reachOf(deps, person.id, subject);
  const level = Math.min(supported(deps, session.proofs), reach.level);
  if (level === 0) return { kind: 'sign_in' };
  const { proofs } = session;
  const visit: Visit = {
    ctx,
    params: ctx.params ?? {},
    person,
    session,
    proofs,
    level: level === 2 ? 2 : 1,
    reach,
  };
  const needed = need.level === 'highest' ? reach.level : need.level;
  if (needed > reach.level && reach.level === 1) return { kind: 'too_low', visit, cause: reach };
  if (level < needed) return { kind: 'prove', level: needed, afresh: false };
  if (!isFresh(deps, proofs, needed, need.fresh)) {
    return { kind: 'prove', level: needed, afresh: true };
  }
  await deps.sessions.use(ctx, session);
  return { kind: 'admitted', visit };
}

const supported = ({ clock, rules }: GuardDependencies, proofs: readonly Authentication[]) =>
  supportedLevel(proofs, rules, epochSeconds(clock));

function isFresh(
  deps: GuardDependencies,
  proofs: readonly Authentication[],
  level: AccountLevel,
  seconds: number | undefined,
): boolean {
  if (seconds === undefined) return true;
  const now = epochSeconds(deps.clock);
  const made = proofs.filter(({ at }) => now - at <= seconds);
  return supported(deps, made) >= level && firstFactorLive(made, deps.rules, now);
}

/** Through the ordinary sign-in, and back to `address`. The code that comes with it is nobody's to redeem. */
export function signInFor(
  { issuer, returns }: GuardDependencies,
  ctx: Context,
  address: string,
  { level, afresh }: { readonly level: AccountLevel; readonly afresh: boolean },
): void {
  const claims = { id_token: { acr: { essential: true, value: '2' } } };
  const request = new URLSearchParams({
    client_id: ACCOUNT_PORTAL,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${issuer}${ACCOUNT_RETURN}`,
    state: returns.wrap(ctx, address),
    // The hash of nothing that anybody knows.
    code_challenge: randomBytes(32).toString('base64url'),
    code_challenge_method: 'S256',
    ...(level === 2 ? { claims: JSON.stringify(claims) } : {}),
    ...(afresh ? { prompt: 'login' } : {}),
  });
  goOn(ctx, `/authorize?${request.toString()}`);
}
