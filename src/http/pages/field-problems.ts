import type { MessageKey, Translate } from '../../messages/translate.ts';
import type { FieldError } from './page-models.ts';

/** What can be wrong with what a person entered: the input's id and the sentence. */
const problems = {
  personal_number_missing: { field: 'personal_number', key: 'signIn.personalNumberMissing' },
  personal_number_malformed: { field: 'personal_number', key: 'signIn.personalNumberMalformed' },
  password_missing: { field: 'password', key: 'signIn.passwordMissing' },
  /** Says neither whether the account exists nor which of the two was wrong. */
  credentials_wrong: { field: 'personal_number', key: 'signIn.wrong' },
  /** For a person already known to this browser's session. */
  password_wrong: { field: 'password', key: 'signIn.wrongPassword' },
  code_missing: { field: 'code', key: 'totp.codeMissing' },
  code_malformed: { field: 'code', key: 'totp.codeMalformed' },
  code_wrong: { field: 'code', key: 'totp.wrong' },
  /** The request changed between the page and the answer; the list is shown anew. */
  consent_changed: { field: 'asked', key: 'consent.changed' },
} as const satisfies Readonly<Record<string, { readonly field: string; readonly key: MessageKey }>>;

export type FieldProblem = keyof typeof problems;

/** The problems as a page shows them. */
export const fieldErrors = (t: Translate, found: readonly FieldProblem[]): FieldError[] =>
  found.map((problem) => ({ field: problems[problem].field, text: t(problems[problem].key) }));
