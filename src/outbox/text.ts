import { formatMoment } from '../messages/format.ts';
import type { Sentence } from '../messages/language.ts';
import { type Translate, translator } from '../messages/translate.ts';
import type { Letter, TextRecipient } from './letter.ts';
import type { Waiting } from './outbox.ts';

/** A text message as it leaves: the same however often it is tried. */
export interface RenderedText {
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  readonly to: TextRecipient;
  readonly text: string;
}

const kinds = ['code', 'contact_change', 'address_changed'] as const satisfies readonly Letter['kind'][];
type TextLetter = Extract<Letter, { kind: (typeof kinds)[number] }>;

/** Whether a letter may go to a phone: few kinds do, and none with a link, which is how people are deceived. */
export const fitsText = (letter: Letter): letter is TextLetter =>
  kinds.some((kind) => kind === letter.kind) &&
  !('link' in letter.values && letter.values.link !== undefined);

/**
 * What two parts hold (3GPP TS 23.038 and 23.040 9.2.3.24): 2 times 67 units of UTF-16, or 2 times 153 characters of the
 * default alphabet, which has no Vietnamese.
 */
const UNITS = 134;
const PLAIN = 306;

const unmarked = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[“”]/g, '"')
    .replace(/[^\x20-\x5a\x61-\x7a]/g, '?');

const bodyOf = (letter: TextLetter, t: Translate, expiresAt: number): string => {
  if (letter.kind === 'code') {
    const until = formatMoment(expiresAt).slice(-5);
    return t(`sms.code.${letter.values.purpose}`, { code: letter.values.code, until });
  }
  if (letter.kind === 'address_changed') return t(`sms.address_changed.${letter.values.what}`);
  return t(`sms.contact_change.${letter.values.what}`, { due: formatMoment(letter.values.due) });
};

/** At most two parts: without its marks where it would be longer with them, and last the province's name cut short. */
function inTwoParts(province: string, body: string): string {
  const marked = `${province}: ${body}`.normalize('NFC');
  if (marked.length <= UNITS) return marked;
  const plain = unmarked(body);
  return `${unmarked(province).slice(0, PLAIN - plain.length - 2)}: ${plain}`;
}

/** Writes text messages, in the one language of their reader. */
export const createTextWriter =
  (province: Sentence) =>
  ({ at, language, letter, messageId, to }: Waiting, expiresAt: number): RenderedText => {
    if (!('phone' in to) || !fitsText(letter)) throw new Error('a letter is written by its own writer');
    const body = bodyOf(letter, translator(language), expiresAt);
    return { messageId, date: at, to, text: inTwoParts(province[language], body) };
  };
