import type { SyntheticPerson } from '../../src/demo/people/synthetic-person.ts';
import { openBrowser, signIn, type TestBrowser } from './citizen.ts';
import type { Exchange, LoadClient } from './load-client.ts';
import type { Ledger, Life, Redeemable, Token } from './load-ledger.ts';
import { start, type TestRelyingParty } from './relying-parties.ts';

/** One person who signs in again and again, and the portal that does everything it may with what it gets. */
export interface Lane {
  /** One more sign-in, and what comes of it. Rejects where the provider was not there for it. */
  cycle(): Promise<void>;
  /** Holds everything that was said so far to what is said now; true once all of it was answered. */
  settle(): Promise<boolean>;
}

/** What a lane works with. */
export interface LaneTools {
  readonly issuer: string;
  readonly relyingParty: TestRelyingParty;
  readonly client: LoadClient;
  readonly ledger: Ledger;
  readonly random: () => number;
  /** The administrator withdraws what the person agreed to; true once that is said to be done. */
  readonly withdraw: (person: SyntheticPerson) => Promise<boolean>;
}

/** A sign-in of the past. */
interface Visit {
  readonly browser: TestBrowser;
  readonly grant: Readonly<Record<string, string>>;
  readonly code: Redeemable;
  readonly tokens: Token[];
  readonly at: number;
}

const OFFLINE = { scope: 'openid profile offline_access', prompt: 'consent' };
/** Access tokens live five minutes, codes one; what is older says nothing about faults. */
const TOKEN_AGE_MS = 200_000;
const CODE_AGE_MS = 40_000;
/** Visits that a lane remembers. */
const REMEMBERED = 12;

export function createLane(tools: LaneTools, person: SyntheticPerson): Lane {
  const { client, issuer, ledger, random, relyingParty, withdraw } = tools;
  const visits: Visit[] = [];

  const ask = (token: Token): Promise<Life> =>
    token.kind === 'access token' && random() < 0.5
      ? client.userInfo(token.value)
      : client.introspect(token.value);
  const probe = (token: Token) => ledger.probe(token, () => ask(token));

  async function visit(): Promise<Visit> {
    const browser = openBrowser({ address: issuer, issuer });
    const started = await start(relyingParty, OFFLINE);
    const callback = await signIn(browser, started.url, person);
    const code = callback.searchParams.get('code') ?? '';
    const grant = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: relyingParty.redirectUri,
      code_verifier: started.checks.pkceCodeVerifier,
    };
    ledger.count('sign-ins');
    const at = performance.now();
    return { browser, grant, code: ledger.issued(code), tokens: [], at };
  }

  async function redeem({ code, grant, tokens }: Visit): Promise<Exchange['outcome']> {
    const exchange = await client.redeem(grant);
    ledger.count(`code: ${exchange.outcome}`);
    if (exchange.outcome !== 'tokens') return exchange.outcome;
    code.redeemed();
    tokens.push(ledger.granted(exchange.access, 'access token'));
    if (exchange.refresh) tokens.push(ledger.granted(exchange.refresh, 'refresh token'));
    return 'tokens';
  }

  /** The same code twice at once: one set of tokens at most, and none that lives once the other was refused. */
  async function race(one: Visit): Promise<void> {
    const outcomes = await Promise.all([redeem(one), redeem(one)]);
    await ledger.ending(one.tokens, async () => outcomes.includes('refused'));
  }

  /**
   * A code that comes again ends what it was redeemed for: as long as it is known to have been a code, and was not
   * forgotten by a revocation that was cut off in the middle.
   */
  async function replay(one: Visit): Promise<void> {
    const before = [...one.tokens];
    const fresh = performance.now() - one.at < CODE_AGE_MS;
    const whole = before.every(({ state }) => state !== 'unsure');
    await ledger.ending(before, async () => (await redeem(one)) === 'refused' && fresh && whole);
  }

  async function refresh(one: Visit): Promise<void> {
    const token = one.tokens.find(({ kind }) => kind === 'refresh token');
    if (token === undefined) return;
    await ledger.probe(token, async () => {
      const exchange = await client.refresh(token.value);
      if (exchange.outcome !== 'tokens') return exchange.outcome === 'refused' ? 'dead' : 'unknown';
      one.tokens.push(ledger.granted(exchange.access, 'access token'));
      return 'alive';
    });
  }

  /** The end of a refresh token ends its grant: a refresh that comes at the same time gives nothing that lives on. */
  async function revokeRefresh(one: Visit): Promise<void> {
    const token = one.tokens.find(({ kind }) => kind === 'refresh token');
    if (token) await endWhile([one], () => client.revoke(token.value), refresh(one));
  }

  /** The end of an access token ends those that were given with it. */
  async function revokeAccess(one: Visit): Promise<void> {
    const token = one.tokens.find(({ kind }) => kind === 'access token');
    if (token) await endWhile([one], () => client.revoke(token.value));
  }

  async function signOut(one: Visit): Promise<void> {
    await endWhile([one], async () => {
      const page = await one.browser.follow('/logout');
      const done = await one.browser.submit(page, '/logout/confirm', { logout: 'yes' });
      return done.page?.status === 200;
    });
  }

  const withdrawAll = (meanwhile?: Promise<unknown>) => endWhile(visits, () => withdraw(person), meanwhile);

  /** Ends what visits gave, and with it what came of them until the end was acknowledged. */
  async function endWhile(
    ended: readonly Visit[],
    end: () => Promise<boolean>,
    meanwhile?: Promise<unknown>,
  ): Promise<void> {
    const tokens = () => ended.flatMap((one) => one.tokens);
    let acknowledged = false;
    await ledger.ending(tokens(), async () => {
      acknowledged = await end().catch(() => false);
      return acknowledged;
    });
    await meanwhile;
    await ledger.ending(tokens(), async () => acknowledged);
  }

  const look = async (one: Visit) => void (await Promise.all(one.tokens.map(probe)));

  /** What may come of a visit; most of them leave it standing. */
  const sequels: readonly ((one: Visit) => Promise<void>)[] = [
    refresh,
    refresh,
    refresh,
    look,
    look,
    look,
    revokeRefresh,
    revokeAccess,
    replay,
    signOut,
    () => withdrawAll(),
  ];

  const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];

  return {
    async cycle() {
      const one = await visit();
      visits.push(one);
      const chance = random();
      if (chance < 0.3) await race(one);
      else if (chance < 0.35) await withdrawAll(redeem(one));
      else await redeem(one);
      for (let step = 0; step < 3; step += 1) {
        const past = any(visits);
        if (past) await any(sequels)?.(past);
      }
      forget(visits);
    },
    async settle() {
      forget(visits);
      const lives = await Promise.all(visits.flatMap(({ tokens }) => tokens).map(probe));
      return !lives.includes('unknown');
    },
  };
}

/** Leaves out what is too old to be held to anything, and what is too much. */
function forget(visits: Visit[]): void {
  const oldest = performance.now() - TOKEN_AGE_MS;
  const kept = visits.filter(({ at }) => at > oldest).slice(-REMEMBERED);
  visits.splice(0, visits.length, ...kept);
}
