import type { Field } from '../documents/scope.ts';
import { formatDate } from '../messages/format.ts';
import type { Language } from '../messages/language.ts';
import { isPortalSentence, portalText } from './portal-sentences.ts';

/** A JSON value as a page shows it: text, named facts, or a list. Always plain text, escaped by the template. */
export type Shown =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'list'; readonly items: readonly Shown[] };

export interface Fact {
  readonly label: string;
  readonly value: Shown;
}

const DEEPEST = 4;
const LONGEST_LIST = 50;

const text = (shown: string): Shown => ({ kind: 'text', text: shown });

/** Calendar dates and personal numbers as people write them; known words in the reader's language. */
function readable(value: string, language: Language): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value);
  if (/^\d{12}$/.test(value)) return value.replace(/(\d{3})(?=\d)/g, '$1 ');
  const word = `word.${value}`;
  return isPortalSentence(word) ? portalText(language)(word) : value;
}

/** Known fields in their order; another keeps its own name, so that nothing received is hidden. */
function shownRecord(record: object, language: Language, fields: readonly Field[], depth: number): Shown {
  const entries = new Map<string, unknown>(Object.entries(record));
  const known = fields.filter((field) => entries.has(field.name));
  const unknown = [...entries.keys()].filter((key) => !fields.some((field) => field.name === key));
  const fact = (key: string, label: string, rows: readonly Field[] = []): Fact => ({
    label,
    value: shownValue(entries.get(key), language, rows, depth + 1),
  });
  return {
    kind: 'facts',
    facts: [
      ...known.map((field) => fact(field.name, field.label[language], field.rows)),
      ...unknown.map((key) => fact(key, key)),
    ],
  };
}

/** `fields` names what the value may hold (the catalogue's); lists and depth are bounded. */
export function shownValue(
  value: unknown,
  language: Language,
  fields: readonly Field[] = [],
  depth = 0,
): Shown {
  const t = portalText(language);
  if (value === null || value === undefined || value === '') return text(t('none'));
  if (typeof value === 'boolean') return text(t(value ? 'yes' : 'no'));
  if (typeof value !== 'object' || depth === DEEPEST) return text(readable(String(value), language));
  if (!Array.isArray(value)) return shownRecord(value, language, fields, depth);
  if (value.length === 0) return text(t('none'));
  const items = value.slice(0, LONGEST_LIST).map((item) => shownValue(item, language, fields, depth + 1));
  const texts = items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  return texts.length === items.length ? text(texts.join(', ')) : { kind: 'list', items };
}
