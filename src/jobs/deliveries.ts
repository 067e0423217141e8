import { randomUUID } from 'node:crypto';
import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, HOUR, MINUTE, SECOND } from '../clock/clock.ts';
import type { Channel, Claimed, Outbox, Waiting } from '../outbox/outbox.ts';
import type { RenderedLetter } from '../outbox/render.ts';
import { type DeliveryOutcome, serverCauses, type Transport } from '../outbox/transport.ts';
import type { Storage } from '../storage/contract.ts';
import { acquireLease, leaseDefinition, releaseLease } from '../storage/lease.ts';
import type { Log } from '../telemetry/log.ts';

export interface Deliveries {
  /** One round now; how many letters left. None where another instance is at it. */
  run(): Promise<number>;
  stop(): Promise<void>;
}

export interface DeliveryParts<L = RenderedLetter> {
  readonly outbox: Outbox;
  /** Which letters: those of one channel neither wait nor pause for the other's. By mail, where nothing is said. */
  readonly channel?: Channel;
  readonly write: (letter: Waiting, expiresAt: number) => L;
  readonly transport: Transport<L>;
  readonly audit: AuditTrail;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** Seconds between rounds; a letter of this instance begins one at once. */
  readonly interval: number;
}

/** Letters claimed and sent together. */
const TOGETHER = 4;
/** Far below a claim, so that no other instance ever sends a letter that is still under way here. */
const SEND_LIMIT = 45 * SECOND;
/** How long the end of the program waits for letters under way. */
const LAST_LIMIT = 3 * SECOND;
const LEASE = 30 * SECOND;
/** After a server that is away or not to be trusted. */
const PAUSE = 15 * SECOND;
const LONGEST_SERVER_WAIT = 10 * MINUTE;
const WAITS = [1, 2, 5, 15, 30, 60, 2 * 60, 4 * 60, 8 * 60, 24 * 60].map((minutes) => minutes * MINUTE);

type Failure = Extract<DeliveryOutcome, { kind: 'failed' }>;

const isAboutServer = ({ cause }: Failure): boolean => serverCauses.some((one) => one === cause);

/** When to try again; undefined: never. A server's absence costs a letter nothing but time. */
function nextTry(failure: Failure, { row, expiresAt }: Claimed, now: number): number | undefined {
  if (failure.permanent) return undefined;
  const wait = isAboutServer(failure)
    ? Math.min(WAITS[row.failures] ?? HOUR, LONGEST_SERVER_WAIT)
    : WAITS[row.failures];
  return wait === undefined || now + wait >= expiresAt ? undefined : now + wait;
}

/** Holds the lease of the job, renewed in good time. */
function createLeaseKeeper({
  channel = 'mail',
  clock,
  storage,
}: Pick<DeliveryParts, 'channel' | 'storage' | 'clock'>) {
  const name = channel === 'mail' ? 'deliveries' : 'text_deliveries';
  const leases = storage.collection(leaseDefinition);
  const owner = randomUUID();
  let renewAt = 0;
  return {
    async holds(): Promise<boolean> {
      const now = clock.now();
      if (now < renewAt) return true;
      const held = await acquireLease(leases, name, owner, LEASE, clock);
      renewAt = held ? now + LEASE / 2 : 0;
      return held;
    },
    release: () => releaseLease(leases, name, owner).catch(() => undefined),
  };
}

/** Tries one claimed letter and keeps what came of it: forgotten, put off, or given up. */
function createAttempt<L>({ outbox, write, transport, audit, clock, log }: DeliveryParts<L>) {
  async function deliver({ row, expiresAt }: Claimed, ending: AbortSignal): Promise<DeliveryOutcome> {
    try {
      const signal = AbortSignal.any([ending, AbortSignal.timeout(SEND_LIMIT)]);
      return await transport.deliver(write(row, expiresAt), signal);
    } catch (error) {
      log.error({ job: 'deliveries', err: error }, 'a letter could not be written or handed over');
      return { kind: 'failed', cause: 'fault', permanent: false };
    }
  }

  async function keep(claimed: Claimed, failure: Failure): Promise<void> {
    const { row } = claimed;
    const { cause, reply } = failure;
    const again = nextTry(failure, claimed, clock.now());
    const about = { ...(row.subject === undefined ? {} : { subject: row.subject }) };
    const detail = { letter: row.letter.kind, cause, attempts: row.failures + 1 };
    const logged = { job: 'deliveries', reason: cause, status: reply, count: row.failures + 1, ...about };
    if (again === undefined) {
      await audit.record({ kind: 'mail.given_up', ...about, detail });
      await outbox.forget(claimed);
      log.warn({ event: 'mail.given_up', ...logged }, 'a letter is given up');
      return;
    }
    if (cause === 'untrusted_server' && row.cause !== cause)
      await audit.record({ kind: 'mail.server_untrusted', ...about, detail });
    await outbox.postpone(claimed, again, cause);
    log.warn({ event: 'mail.not_sent', ...logged }, 'a letter was not sent and will be tried again');
  }

  return async (claimed: Claimed, ending: AbortSignal): Promise<DeliveryOutcome> => {
    const outcome = await deliver(claimed, ending);
    if (outcome.kind === 'sent') await outbox.forget(claimed);
    // Cut off by the end of the program it may have left or not: the claim ends, and the same letter goes again.
    else if (!ending.aborted) await keep(claimed, outcome);
    return outcome;
  };
}

/** Sends what waits in the outbox, on one instance at a time. */
export function startDeliveries<L>(deps: DeliveryParts<L>): Deliveries {
  const { channel = 'mail', outbox, transport, clock, log, interval } = deps;
  const lease = createLeaseKeeper(deps);
  const attempt = createAttempt(deps);
  const ending = new AbortController();
  let running: Promise<number> = Promise.resolve(0);
  let next: Promise<number> | undefined;
  let pausedUntil = 0;
  let stopping = false;

  async function round(): Promise<number> {
    next = undefined;
    for (let sent = 0; ; ) {
      if (stopping || clock.now() < pausedUntil || !(await lease.holds())) return sent;
      const claimed = await outbox.claimDue(TOGETHER, channel);
      if (claimed.length === 0) return sent;
      const attempts = claimed.map((letter) => attempt(letter, ending.signal));
      // None is left behind when another cannot be written down.
      await Promise.allSettled(attempts);
      const outcomes = await Promise.all(attempts);
      if (outcomes.some((outcome) => outcome.kind === 'failed' && isAboutServer(outcome)))
        pausedUntil = clock.now() + PAUSE;
      sent += outcomes.filter(({ kind }) => kind === 'sent').length;
    }
  }

  /** However often it is called while a round goes on, one more follows. */
  const run = (): Promise<number> => {
    if (next !== undefined) return next;
    next = running.then(round, round);
    running = next;
    return next;
  };
  const begin = (): void => {
    run().catch((error: unknown) => log.warn({ job: 'deliveries', err: error }, 'deliveries failed'));
  };
  outbox.onEnqueued((into) => {
    if (into === channel) begin();
  });
  const timer = setInterval(begin, interval * SECOND);
  timer.unref();
  return {
    run,
    async stop() {
      stopping = true;
      clearInterval(timer);
      const last = setTimeout(() => ending.abort(), LAST_LIMIT);
      await running.catch(() => 0);
      clearTimeout(last);
      transport.close();
      await lease.release();
    },
  };
}
