import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Clock, MINUTE } from '../clock/clock.ts';
import type { CollectionDefinition, Storage, Stored } from '../storage/contract.ts';
import { type Addressed, addressedSchema, type NewLetter } from './letter.ts';

const rowSchema = addressedSchema.extend({
  /** RFC 5322 3.6.4, fixed for ever: a mail program that meets it twice shows one letter. */
  messageId: z.string(),
  /** When it was put in; the date that the letter bears. */
  at: z.number().int(),
  /** When it is to be tried next. A claim moves it past the time that sending may take. */
  due: z.number().int(),
  /** How often it was tried in vain, and why the last time. */
  failures: z.number().int(),
  cause: z.string().optional(),
});
/** A letter that waits, sealed and complete. */
export type Waiting = z.infer<typeof rowSchema>;

export const outboxRows: CollectionDefinition<Waiting> = {
  name: 'outbox_letters',
  schema: rowSchema,
  sealed: true,
  indexes: { due: ({ due }) => due },
};

/** How long a claimed letter belongs to who claimed it: longer than a transport may take, by far. */
const CLAIM = 2 * MINUTE;

/** A letter that its claimer, and nobody else, may send now. */
export interface Claimed {
  readonly id: string;
  readonly version: number;
  readonly row: Waiting;
  readonly expiresAt: number;
}

export interface Outbox {
  /**
   * Resolves when the letter is durable: call it before the effect that it tells of shows. What is no letter (a bad
   * address, two lines, a personal number, a foreign link) is a fault: callers check what people typed before.
   */
  enqueue(letter: NewLetter): Promise<void>;
  /** Calls when this process has put a letter in. */
  onEnqueued(listener: () => void): void;
  /** At most `limit` letters that are due, each for this caller alone until the claim ends. */
  claimDue(limit: number): Promise<Claimed[]>;
  /** The letter is sent, or given up. */
  forget(claimed: Claimed): Promise<void>;
  /** The letter was not sent; nothing happens where somebody else has claimed it meanwhile. */
  postpone(claimed: Claimed, until: number, cause: string): Promise<void>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  /** The only place that links lead to. */
  readonly issuer: string;
}

const requireOwnLink = ({ values }: Addressed['letter'], issuer: string): void => {
  if (!('link' in values) || values.link === undefined) return;
  if (URL.parse(values.link)?.origin !== issuer) throw new RangeError('a letter links to the issuer alone');
};

/** The letters that wait to be sent, in storage. */
export function createOutbox({ storage, clock, issuer }: Dependencies): Outbox {
  const rows = storage.collection(outboxRows);
  const listeners = new Set<() => void>();
  const host = new URL(issuer).hostname;

  async function claim({ id, doc, version, expiresAt = 0 }: Stored<Waiting>): Promise<Claimed[]> {
    const row = { ...doc, due: clock.now() + CLAIM };
    const claimed = await rows.replace(id, row, version);
    return claimed ? [{ id, row, expiresAt, version: version + 1 }] : [];
  }

  return {
    async enqueue({ kind, values, expiresAt, ...addressed }) {
      const now = clock.now();
      const row = rowSchema.parse({
        ...addressed,
        letter: { kind, values },
        messageId: `<${randomBytes(18).toString('hex')}@${host}>`,
        at: now,
        due: now,
        failures: 0,
      });
      requireOwnLink(row.letter, issuer);
      await rows.insert(randomBytes(18).toString('base64url'), row, expiresAt);
      for (const listener of listeners) listener();
    },
    onEnqueued: (listener) => void listeners.add(listener),
    async claimDue(limit) {
      const due = await rows.range('due', 0, clock.now() + 1, { limit });
      return (await Promise.all(due.map(claim))).flat();
    },
    forget: async ({ id }) => void (await rows.remove(id)),
    async postpone({ id, row, version }, until, cause) {
      await rows.replace(id, { ...row, due: until, failures: row.failures + 1, cause }, version);
    },
  };
}
