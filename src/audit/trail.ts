import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import {
  AlreadyExists,
  type Collection,
  type CollectionDefinition,
  type Storage,
} from '../storage/contract.ts';

/** Every kind of event there is; a report or an alarm can rely on the name. */
export const auditKinds = [
  'sign_in.proved',
  'sign_in.refused',
  'sign_in.throttled',
  'sign_in.account_unavailable',
  'sign_in.completed',
  'passkey.enrolled',
  'passkey.renamed',
  'passkey.removed',
  'passkey.clone_suspected',
  'totp.enrolled',
  'totp.removed',
  'recovery_codes.issued',
  'factor_change.failed',
  'password.changed',
  'password.recovered',
  'identification_letter.issued',
  'identification_letter.refused',
  'account.imported',
  'account.activation_sent',
  'account.activated',
  'account.recovered',
  'account.locked',
  'account.unlocked',
  'account.closed',
  'contact.change_asked',
  'contact.change_cancelled',
  'contact.changed',
  'device.confirmed',
  'device.refused',
  'device.removed',
  'sign_in.disowned',
  'terms.accepted',
  'preferences.changed',
  'consent.given',
  'consent.refused',
  'consent.withdrawn',
  'documents.released',
  'relying_party.registered',
  'relying_party.registration_failed',
  'relying_party.removed',
  'relying_party.removal_failed',
  'storage.rotation_begun',
  'storage.migration_begun',
  'storage.copy_begun',
  'storage.restored',
  'mail.server_untrusted',
  'mail.given_up',
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** What happened. No secret, no document content and no personal number ever goes in here. */
export interface AuditFact {
  readonly kind: AuditKind;
  /** Subject identifier, where the person is known. */
  readonly subject?: string;
  /** client_id, where a relying party is concerned. */
  readonly relying_party?: string;
  /** A few words or codes: method, cause, scopes. */
  readonly detail?: Readonly<Record<string, string | number | readonly string[]>>;
}

const eventSchema = z.strictObject({
  instance: z.string(),
  sequence: z.number().int(),
  at: z.number(),
  kind: z.enum(auditKinds),
  subject: z.string().optional(),
  relying_party: z.string().optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).optional(),
  /** Hash of the event before it in the same chain; empty for the first. */
  previous: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof eventSchema>;
/** An event before it has its place in a chain. */
type Happened = Omit<AuditEvent, keyof Chain | 'hash'>;

const LAST_MOMENT = 8.64e15;

/** Under which value an event of somebody is found: the person's events stand together, the latest first. */
export const placeInHistory = (subject: string, at: number): string =>
  `${subject} ${String(LAST_MOMENT - at).padStart(16, '0')}`;

export const auditEvents: CollectionDefinition<AuditEvent> = {
  name: 'audit_events',
  schema: eventSchema,
  sealed: true,
  indexes: {
    at: (event) => event.at,
    history: (event) => event.subject && placeInHistory(event.subject, event.at),
    instance: (event) => event.instance,
  },
};

export interface AuditTrail {
  /**
   * Resolves once the event is durable; call it before the effect shows. A failure to record is a fault that
   * stops the action.
   */
  record(fact: AuditFact): Promise<void>;
}

/** The hash of an event over everything but itself, chained by `previous`. */
export const auditHash = (event: Omit<AuditEvent, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        event.instance,
        event.sequence,
        event.at,
        event.kind,
        event.subject ?? null,
        event.relying_party ?? null,
        event.detail ?? null,
        event.previous,
      ]),
    )
    .digest('base64url');

interface Chain {
  readonly instance: string;
  readonly sequence: number;
  readonly previous: string;
}

/** A name that no other chain has, so that two instances never write one chain. */
const newChain = (): Chain => ({
  instance: randomBytes(9).toString('base64url'),
  sequence: 0,
  previous: '',
});

/** One chain, written one event at a time: an event is hashed when the one before it is durable. */
interface Writer {
  /** How many events wait here, the one being written included. */
  waiting: number;
  write(happened: Happened): Promise<void>;
}

function createWriter(events: Collection<AuditEvent>): Writer {
  let chain = newChain();
  let last: Promise<unknown> = Promise.resolve();

  /** One that cannot be written leaves the chain as it was. */
  async function append(happened: Happened): Promise<void> {
    const fact = { ...happened, ...chain };
    const event: AuditEvent = { ...fact, hash: auditHash(fact) };
    await events.insert(`${event.instance}:${String(event.sequence).padStart(12, '0')}`, event);
    chain = { instance: event.instance, sequence: event.sequence + 1, previous: event.hash };
  }

  /** A place that is taken holds an event whose insert failed only in appearance: its chain ends there, whole. */
  async function appendOrBegin(happened: Happened): Promise<void> {
    try {
      await append(happened);
    } catch (error) {
      if (!(error instanceof AlreadyExists)) throw error;
      chain = newChain();
      await append(happened);
    }
  }

  const writer: Writer = {
    waiting: 0,
    write(happened) {
      writer.waiting += 1;
      const turn = last.then(() => appendOrBegin(happened));
      last = turn
        .catch(() => undefined)
        .then(() => {
          writer.waiting -= 1;
        });
      return turn;
    },
  };
  return writer;
}

interface TrailParts {
  readonly storage: Storage;
  readonly clock: Clock;
  /** At most so many chains: so many events are written side by side, and one that hangs holds up few. */
  readonly chains?: number;
}

/**
 * Chains are begun as they are needed: an event goes to one that is idle, else to a new one, else to the one with the
 * fewest waiting.
 */
export function createAuditTrail({ storage, clock, chains = 16 }: TrailParts): AuditTrail {
  const events = storage.collection(auditEvents);
  const writers: Writer[] = [];

  const freest = (): Writer => {
    const [least] = writers.toSorted((a, b) => a.waiting - b.waiting);
    if (least !== undefined && (least.waiting === 0 || writers.length === chains)) return least;
    const begun = createWriter(events);
    writers.push(begun);
    return begun;
  };

  return {
    record: async (fact) => freest().write(structuredClone({ ...fact, at: clock.now() }) as Happened),
  };
}
