import { describeRecord } from '../../documents/describe-record.ts';
import type { DocumentScope, Field, ReleasedDocument } from '../../documents/scope.ts';
import { formatDate } from '../../messages/format.ts';
import type { Language } from '../../messages/language.ts';
import { groupPersonalNumber } from '../../subject/personal-number.ts';
import type { FactShown, WalletDocumentPage } from './page-models.ts';

type RecordShown = WalletDocumentPage['records'][number];
type Row = Readonly<Record<string, unknown>>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^(\d{4})-(\d{2})$/;
/** Shorter ones people read as they are. */
const LONG_NUMBER = /^\d{9,}$/;

/** A value as people write it: dd/mm/yyyy, mm/yyyy, long numbers in groups, lists with commas. */
function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(', ');
  const text = String(value);
  if (DAY.test(text)) return formatDate(text);
  const [, year, month] = MONTH.exec(text) ?? [];
  if (year !== undefined) return `${month}/${year}`;
  return LONG_NUMBER.test(text) ? groupPersonalNumber(text) : text;
}

const factsOf = (fields: readonly Field[], row: Row, language: Language): FactShown[] =>
  fields.flatMap(({ label, name, rows }) =>
    rows !== undefined || row[name] === undefined
      ? []
      : [{ label: label[language], value: written(row[name]), figures: /\d/.test(String(row[name])) }],
  );

const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value);

/** One record with all that its registry handed over, in the order of the catalogue. */
export function recordShown(
  scope: DocumentScope,
  released: ReleasedDocument,
  language: Language,
): RecordShown {
  const { state, text } = describeRecord(scope, released, language);
  if ('unavailable' in released) return { heading: text, state, facts: [], tables: [] };
  const row: Row = { ...released, ...released.data };
  const tables = scope.fields.flatMap(({ label, name, rows }) => {
    const listed = row[name];
    return rows === undefined || !isRows(listed)
      ? []
      : [{ title: label[language], rows: listed.map((one) => factsOf(rows, one, language)) }];
  });
  return { heading: text, state, facts: factsOf(scope.fields, row, language), tables };
}
