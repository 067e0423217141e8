import { z } from 'zod';
import { type Clock, DAY } from '../clock/clock.ts';
import type { RenderedLetter } from '../outbox/render.ts';
import type { RenderedText } from '../outbox/text.ts';
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

export const mailboxTexts: CollectionDefinition<RenderedText> = {
  name: 'demo_texts',
  schema: z.strictObject({
    messageId: z.string(),
    date: z.number(),
    to: z.strictObject({ phone: z.string() }),
    text: z.string(),
  }),
  sealed: true,
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

/** Stands in for a mail server and a gateway in development: everybody's letters and text messages in one box. */
export interface Mailbox extends Transport {
  /** Takes the text messages. */
  readonly texts: Transport<RenderedText>;
  /** The newest first. */
  listTexts(): Promise<RenderedText[]>;
  /** The newest first. */
  list(): Promise<KeptLetter[]>;
  get(id: string): Promise<KeptLetter | undefined>;
}

/** The Message-ID without what an address would have to escape: a letter that comes twice is one letter. */
const idOf = ({ messageId }: Pick<RenderedLetter, 'messageId'>): string =>
  messageId.replace(/[^0-9A-Za-z]/g, '');

/** The letters of the last week, in storage. */
export function createMailbox({ storage, clock }: { storage: Storage; clock: Clock }): Mailbox {
  const letters = storage.collection(mailboxLetters);
  const texts = storage.collection(mailboxTexts);
  return {
    async deliver(letter) {
      await inserted(letters, idOf(letter), letter, clock.now() + KEPT);
      return { kind: 'sent' };
    },
    close: () => undefined,
    texts: {
      async deliver(text) {
        await inserted(texts, idOf(text), text, clock.now() + KEPT);
        return { kind: 'sent' };
      },
      close: () => undefined,
    },
    async listTexts() {
      const rows = await texts.range('newest', -LATEST, 0, { limit: SHOWN });
      return rows.map(({ doc }) => doc);
    },
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
