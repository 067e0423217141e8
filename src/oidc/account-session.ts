import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { type AssuranceWindow, type Authentication, relyOn } from '../authentication/assurance.ts';
import { type Clock, epochSeconds, SECOND } from '../clock/clock.ts';
import type { Config } from '../config/schema.ts';
import type { SubjectId } from '../subject/subject.ts';
import { deviceOf, keepProofs, proofsOf } from './session-facts.ts';
import { sessionLifetime } from './session-lifetime.ts';

/** The session of a browser that is signed in, as pages outside of a sign-in see it. */
export interface AccountSession {
  readonly subject: SubjectId;
  readonly proofs: readonly Authentication[];
  /** When the first factor was proved, NumericDate. */
  readonly signedInAt: number;
  /** Stays when the cookie changes; names the session among the person's others. */
  readonly uid: string;
  /** The browser in which it was made; absent for one that names none. */
  readonly device?: string | undefined;
}

/** As much of a request as a session is read from and written to. */
interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly secure: boolean;
  readonly cookies: {
    set(name: string, value: string | null, options: Record<string, unknown>): unknown;
  };
}

export interface AccountSessions {
  /** Undefined where nobody is signed in. */
  current(exchange: Exchange): Promise<AccountSession | undefined>;
  /**
   * Counts a page as use of the session and of its proofs, as a sign-in does, so that neither goes idle under a
   * person who is there. Writes at most once a minute, and never past the absolute limits.
   */
  use(exchange: Exchange, current: AccountSession): Promise<void>;
  /** Gives the session a new identifier, after a change of what the person proves identity with. */
  renew(exchange: Exchange, current: AccountSession): Promise<void>;
  /** Signs out: the session ends in all its rows, with everything that was issued in it. */
  end(exchange: Exchange): Promise<void>;
}

interface Dependencies {
  readonly provider: Provider;
  readonly clock: Clock;
  readonly session: Config['session'];
  readonly window: AssuranceWindow;
}

type Session = InstanceType<Provider['Session']>;

/** How far what is stored may lag behind what was used. */
const STALE = 60;

export function createAccountSessions(deps: Dependencies): AccountSessions {
  const { clock, provider, window } = deps;
  // The published type asks for a whole context; the library reads no more of it than an exchange has.
  const find = (exchange: Exchange): Promise<Session> => provider.Session.get(exchange as never);
  const read = new WeakMap<AccountSession, Session>();
  return {
    async current(exchange) {
      const session = await find(exchange);
      const { accountId, loginTs, uid } = session;
      if (accountId === undefined || loginTs === undefined) return undefined;
      const device = deviceOf(session);
      const current = { subject: accountId, proofs: proofsOf(session), signedInAt: loginTs, uid, device };
      read.set(current, session);
      return current;
    },
    async use(exchange, current) {
      const session = read.get(current);
      if (session === undefined) throw new Error('not a session that was read here');
      const now = epochSeconds(clock);
      const held = proofsOf(session);
      const used = relyOn(held, window, now);
      const lifetime = sessionLifetime(deps.session, clock, session.loginTs);
      const stale = held.some((proof, at) => (used[at]?.used ?? 0) - proof.used > STALE);
      if (!stale && now + lifetime - session.exp <= STALE) return;
      keepProofs(session, used);
      await session.save(lifetime);
      setCookie(deps, exchange, session);
    },
    async renew(exchange, current) {
      const session = read.get(current);
      if (session === undefined) throw new Error('not a session that was read here');
      session.resetIdentifier();
      await session.save(sessionLifetime(deps.session, clock, session.loginTs));
      setCookie(deps, exchange, session);
    },
    async end(exchange) {
      const session = await find(exchange);
      if (session.accountId !== undefined) await session.destroy();
      exchange.cookies.set(provider.cookieName('session'), null, cookieOf(exchange));
    },
  };
}

/** The attributes with which the library sets its cookie: the browser keeps one, whoever wrote it last. */
const cookieOf = ({ secure }: Exchange) => ({
  signed: true,
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  overwrite: true,
  secure,
});

/** Set anew with each save, because the browser forgets it when it expires. */
function setCookie({ provider }: Dependencies, exchange: Exchange, session: Session): void {
  exchange.cookies.set(provider.cookieName('session'), session.jti, {
    ...cookieOf(exchange),
    expires: new Date(session.exp * SECOND),
  });
}
