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
  recovery_code_missing: { field: 'recovery_code', key: 'totp.recoveryMissing' },
  recovery_code_malformed: { field: 'recovery_code', key: 'totp.recoveryMalformed' },
  recovery_code_wrong: { field: 'recovery_code', key: 'totp.recoveryWrong' },
  /** Whatever was wrong with it: an unknown one answers as one whose time had run out. */
  passkey_refused: { field: 'passkey', key: 'passkey.refused' },
  passkey_already: { field: 'passkey', key: 'factors.passkeyAlready' },
  passkey_not_added: { field: 'passkey', key: 'factors.passkeyNotAdded' },
  name_missing: { field: 'name', key: 'factors.nameMissing' },
  factor_needed: { field: 'remove', key: 'factors.factorNeeded' },
  new_password_missing: { field: 'new_password', key: 'password.missing' },
  new_password_short: { field: 'new_password', key: 'password.tooShort' },
  new_password_long: { field: 'new_password', key: 'password.tooLong' },
  new_password_common: { field: 'new_password', key: 'password.common' },
  new_password_personal: { field: 'new_password', key: 'password.personal' },
  new_password_same: { field: 'new_password', key: 'password.same' },
  /** The request changed between the page and the answer; the list is shown anew. */
  consent_changed: { field: 'asked', key: 'consent.changed' },
} as const satisfies Readonly<Record<string, { readonly field: string; readonly key: MessageKey }>>;

export type FieldProblem = keyof typeof problems;

/** The problems as a page shows them. */
export const fieldErrors = (t: Translate, found: readonly FieldProblem[]): FieldError[] =>
  found.map((problem) => ({ field: problems[problem].field, text: t(problems[problem].key) }));
