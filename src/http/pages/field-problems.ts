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
  mail_code_missing: { field: 'code', key: 'ceremony.codeMissing' },
  mail_code_wrong: { field: 'code', key: 'ceremony.codeWrong' },
  mail_code_ended: { field: 'code', key: 'ceremony.codeEnded' },
  letter_code_missing: { field: 'letter_code', key: 'ceremony.letterMissing' },
  letter_code_wrong: { field: 'letter_code', key: 'ceremony.letterWrong' },
  password_of_before: { field: 'new_password', key: 'ceremony.passwordSame' },
  terms_missing: { field: 'terms', key: 'activation.termsMissing' },
  new_password_missing: { field: 'new_password', key: 'password.missing' },
  new_password_short: { field: 'new_password', key: 'password.tooShort' },
  new_password_long: { field: 'new_password', key: 'password.tooLong' },
  new_password_common: { field: 'new_password', key: 'password.common' },
  new_password_personal: { field: 'new_password', key: 'password.personal' },
  new_password_same: { field: 'new_password', key: 'password.same' },
  device_code_missing: { field: 'code', key: 'newDevice.codeMissing' },
  device_code_wrong: { field: 'code', key: 'newDevice.codeWrong' },
  device_code_over: { field: 'code', key: 'newDevice.codeOver' },
  device_number_missing: { field: 'number', key: 'devices.numberMissing' },
  email_missing: { field: 'email', key: 'contact.email.missing' },
  email_malformed: { field: 'email', key: 'contact.email.malformed' },
  email_same: { field: 'email', key: 'contact.email.same' },
  phone_missing: { field: 'phone', key: 'contact.phone.missing' },
  phone_malformed: { field: 'phone', key: 'contact.phone.malformed' },
  phone_same: { field: 'phone', key: 'contact.phone.same' },
  old_code_missing: { field: 'old_code', key: 'contact.oldCodeMissing' },
  old_code_wrong: { field: 'old_code', key: 'contact.oldCodeWrong' },
  new_code_missing: { field: 'new_code', key: 'contact.newCodeMissing' },
  new_code_wrong: { field: 'new_code', key: 'contact.newCodeWrong' },
  /** The request changed between the page and the answer; the list is shown anew. */
  consent_changed: { field: 'asked', key: 'consent.changed' },
} as const satisfies Readonly<Record<string, { readonly field: string; readonly key: MessageKey }>>;

export type FieldProblem = keyof typeof problems;

/** The problems as a page shows them. */
export const fieldErrors = (t: Translate, found: readonly FieldProblem[]): FieldError[] =>
  found.map((problem) => ({ field: problems[problem].field, text: t(problems[problem].key) }));
