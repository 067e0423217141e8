import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Clock, MINUTE } from '../clock/clock.ts';
import { inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage, Stored } from '../storage/contract.ts';
import { type Addressed, addressedSchema, type NewLetter } from './letter.ts';
import { fitsText } from './text.ts';

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
  /** Put in under a name: stays when it has left, so that none of that name is put in again before it expires. */
  once: z.literal(true).optional(),
  left: z.literal(true).optional(),
});
/** A letter that waits, sealed and complete. */
export type Waiting = z.infer<typeof rowSchema>;

/** How a letter leaves: by mail, or as a text message to a phone. Neither waits for the other. */
export type Channel = 'mail' | 'text';
const channelOf = ({ to }: Pick<Waiting, 'to'>): Channel => ('phone' in to ? 'text' : 'mail');
const dueBy = (channel: Channel) => (row: Waiting) =>
  channelOf(row) === channel && !row.left ? row.due : undefined;
const indexOf = { mail: 'due', text: 'text_due' } as const satisfies Record<Channel, string>;

export const outboxRows: CollectionDefinition<Waiting> = {
  name: 'outbox_letters',
  schema: rowSchema,
  sealed: true,
  indexes: { due: dueBy('mail'), text_due: dueBy('text') },
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
   * address, two lines, a personal number, a foreign link, a kind that no text message is) is a fault: callers check
   * what people typed before.
   */
  enqueue(letter: NewLetter): Promise<void>;
  /**
   * The same for a letter that has a name: false, and nothing done, where one of that name was put in before and its
   * end has not come, whether it waits, was sent or was given up.
   */
  enqueueOnce(name: string, letter: NewLetter): Promise<boolean>;
  /** Whether a letter of that name would be put in now: saves work, and decides nothing. */
  isFree(name: string): Promise<boolean>;
  /** Calls when this process has put a letter in. */
  onEnqueued(listener: (channel: Channel) => void): void;
  /** At most `limit` letters that are due, each for this caller alone until the claim ends. */
  claimDue(limit: number, channel?: Channel): Promise<Claimed[]>;
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

/** Names say whom a letter is about: they are not kept. */
const idOf = (name: string): string => createHash('sha256').update(name).digest('base64url');

/** The letters that wait to be sent, in storage. */
export function createOutbox({ storage, clock, issuer }: Dependencies): Outbox {
  const rows = storage.collection(outboxRows);
  const listeners = new Set<(channel: Channel) => void>();
  const host = new URL(issuer).hostname;

  async function claim({ id, doc, version, expiresAt = 0 }: Stored<Waiting>): Promise<Claimed[]> {
    const row = { ...doc, due: clock.now() + CLAIM };
    const claimed = await rows.replace(id, row, version);
    return claimed ? [{ id, row, expiresAt, version: version + 1 }] : [];
  }

  function rowOf(
    { kind, values, expiresAt, ...addressed }: NewLetter,
    other: Pick<Waiting, 'once'>,
  ): Waiting {
    const now = clock.now();
    const row = rowSchema.parse({
      ...addressed,
      ...other,
      letter: { kind, values },
      messageId: `<${randomBytes(18).toString('hex')}@${host}>`,
      at: now,
      due: now,
      failures: 0,
    });
    requireOwnLink(row.letter, issuer);
    if (channelOf(row) === 'text' && !fitsText(row.letter))
      throw new RangeError(`no text message is a "${kind}", or has a link`);
    return row;
  }
  const tell = (row: Waiting): void => {
    for (const listener of listeners) listener(channelOf(row));
  };

  return {
    async enqueue(letter) {
      const row = rowOf(letter, {});
      await rows.insert(randomBytes(18).toString('base64url'), row, letter.expiresAt);
      tell(row);
    },
    async enqueueOnce(name, letter) {
      const row = rowOf(letter, { once: true });
      const taken = await inserted(rows, idOf(name), row, letter.expiresAt);
      if (taken) tell(row);
      return taken;
    },
    isFree: async (name) => (await rows.get(idOf(name))) === undefined,
    onEnqueued: (listener) => void listeners.add(listener),
    async claimDue(limit, channel = 'mail') {
      const due = await rows.range(indexOf[channel], 0, clock.now() + 1, { limit });
      return (await Promise.all(due.map(claim))).flat();
    },
    async forget({ id, row, version }) {
      if (row.once) await rows.replace(id, { ...row, left: true }, version);
      else await rows.remove(id);
    },
    async postpone({ id, row, version }, until, cause) {
      await rows.replace(id, { ...row, due: until, failures: row.failures + 1, cause }, version);
    },
  };
}
