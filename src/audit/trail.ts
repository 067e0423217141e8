import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';

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

/** A name that no other chain has, so that two instances never write one chain. */
const newChain = () => ({ instance: randomBytes(9).toString('base64url'), sequence: 0, previous: '' });

/**
 * One chain per running instance. An event that cannot be written would leave a gap that looks like tampering,
 * so the next one begins a new chain.
 */
export function createAuditTrail({ storage, clock }: { storage: Storage; clock: Clock }): AuditTrail {
  const events = storage.collection(auditEvents);
  let chain = newChain();
  return {
    async record({ kind, subject, relying_party, detail }) {
      const own = chain;
      const fact = {
        instance: own.instance,
        sequence: own.sequence++,
        at: clock.now(),
        kind,
        ...(subject === undefined ? {} : { subject }),
        ...(relying_party === undefined ? {} : { relying_party }),
        ...(detail === undefined ? {} : { detail: structuredClone(detail) as AuditEvent['detail'] }),
        previous: own.previous,
      };
      const event: AuditEvent = { ...fact, hash: auditHash(fact) };
      own.previous = event.hash;
      try {
        await events.insert(`${own.instance}:${String(event.sequence).padStart(12, '0')}`, event);
      } catch (error) {
        if (chain === own) chain = newChain();
        throw error;
      }
    },
  };
}
