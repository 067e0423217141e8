import { z } from 'zod';
import { type Clock, DAY } from '../clock/clock.ts';
import type { RenderedLetter } from '../outbox/render.ts';
import type { Transport } from '../outbox/transport.ts';
import { inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';

const letterSchema = z.strictObject({
  messageId: z.string(),
  date: z.number(),
  to: z.strictObject({ address: z.string(), name: z.string() }),
  language: z.enum(['vi', 'en']),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});

export const mailboxLetters: CollectionDefinition<RenderedLetter> = {
  name: 'demo_letters',
  schema: letterSchema,
  sealed: true,
  // A range begins with the smallest: the newest letter.
  indexes: { newest: ({ date }) => -date },
};

const KEPT = 7 * DAY;
const SHOWN = 100;
/** What a date can hold; see the contract of storage. */
const LATEST = 8.64e15;

/** One letter of the mailbox; `id` names it in addresses. */
export interface KeptLetter extends RenderedLetter {
  readonly id: string;
}

/** Stands in for a mail server in development: everybody's letters in one box. */
export interface Mailbox extends Transport {
  /** The newest first. */
  list(): Promise<KeptLetter[]>;
  get(id: string): Promise<KeptLetter | undefined>;
}

/** The Message-ID without what an address would have to escape: a letter that comes twice is one letter. */
const idOf = ({ messageId }: RenderedLetter): string => messageId.replace(/[^0-9A-Za-z]/g, '');

/** The letters of the last week, in storage. */
export function createMailbox({ storage, clock }: { storage: Storage; clock: Clock }): Mailbox {
  const letters = storage.collection(mailboxLetters);
  return {
    async deliver(letter) {
      await inserted(letters, idOf(letter), letter, clock.now() + KEPT);
      return { kind: 'sent' };
    },
    close: () => undefined,
    async list() {
      const rows = await letters.range('newest', -LATEST, 0, { limit: SHOWN });
      return rows.map(({ id, doc }) => ({ ...doc, id }));
    },
    async get(id) {
      const row = await letters.get(id);
      return row && { ...row.doc, id };
    },
  };
}
