import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import { AlreadyExists, type CollectionDefinition, type Storage } from '../storage/contract.ts';

/** Every kind of event there is; a report or an alarm can rely on the name. */
export const auditKinds = [
  'sign_in.proved',
  'sign_in.refused',
  'sign_in.throttled',
  'sign_in.account_unavailable',
  'consent.given',
  'consent.refused',
  'consent.withdrawn',
  'documents.released',
  'relying_party.registered',
  'relying_party.registration_failed',
  'relying_party.removed',
  'relying_party.removal_failed',
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

export const auditEvents: CollectionDefinition<AuditEvent> = {
  name: 'audit_events',
  schema: eventSchema,
  sealed: true,
  indexes: {
    at: (event) => event.at,
    subject: (event) => event.subject,
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

/**
 * One chain per running instance, written one event at a time: an event is hashed when the one before it is durable.
 * One that cannot be written leaves the chain as it was.
 */
export function createAuditTrail({ storage, clock }: { storage: Storage; clock: Clock }): AuditTrail {
  const events = storage.collection(auditEvents);
  let chain = newChain();
  let last: Promise<unknown> = Promise.resolve();

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

  return {
    async record(fact) {
      const happened = structuredClone({ ...fact, at: clock.now() }) as Happened;
      const turn = last.then(() => appendOrBegin(happened));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
