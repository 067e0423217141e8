import { z } from 'zod';
import { LANGUAGES } from '../messages/language.ts';
import { isMailAddress, isOneLine } from './mail-address.ts';
import { isMobileNumber } from './phone-number.ts';

const LONGEST_WORDS = 300;
const LONGEST_LINK = 1000;
/** Twelve digits in a row, however they are grouped: a personal number, in whatever it hides. */
const PERSONAL_NUMBER = /\d(?:[\s.-]?\d){11}/;

const words = z
  .string()
  .max(LONGEST_WORDS)
  .refine(isOneLine, { error: 'must be one line of text' })
  .refine((text) => !PERSONAL_NUMBER.test(text), { error: 'must hold no personal number' });

/** A name that is put into both halves of a letter; the Vietnamese one stands where there is no English one. */
const inBoth = z.strictObject({ vi: words, en: words.optional() });

const moment = z.number().int();
/** The one link of a letter. That it leads to the issuer is checked when the letter is put in. */
const link = z.url({ protocol: /^https?$/ }).max(LONGEST_LINK);

/** What a one-time code is for. */
const codePurposes = ['activation', 'new_device', 'recovery', 'email_change', 'phone_change'] as const;

/** What happened to the factors of an account. */
const factorChanges = [
  'passkey_added',
  'passkey_removed',
  'totp_added',
  'totp_removed',
  'recovery_codes_renewed',
  'recovery_code_used',
  'factors_replaced',
] as const;

const lockCauses = ['by_owner', 'by_administrator', 'too_many_failures', 'reported', 'sim_changed'] as const;

const kind = <const K extends string, S extends z.core.$ZodLooseShape>(name: K, values: S) =>
  z.strictObject({ kind: z.literal(name), values: z.strictObject(values) });

/** Every letter there is, with what it says of its occasion. */
const letterSchema = z.discriminatedUnion('kind', [
  /** Somebody signed in on a device that was not known; the link is "it was not me". */
  kind('new_sign_in', { at: moment, portal: inBoth, device: inBoth, place: inBoth.optional(), link }),
  kind('code', { code: z.string().regex(/^[0-9A-Za-z]{4,12}$/), purpose: z.enum(codePurposes) }),
  kind('activation_link', { link }),
  kind('account_activated', { at: moment }),
  kind('password_changed', { at: moment, device: inBoth.optional(), link: link.optional() }),
  kind('factor_changed', { at: moment, change: z.enum(factorChanges), link: link.optional() }),
  kind('account_locked', { at: moment, cause: z.enum(lockCauses) }),
  /** An e-mail address or a phone number is to change at `due`; goes to both. The link takes it back. */
  kind('contact_change', {
    at: moment,
    due: moment,
    what: z.enum(['email', 'phone']),
    link: link.optional(),
  }),
  /** Goes to the old address and to the new one. */
  kind('address_changed', { at: moment, what: z.enum(['email', 'phone']), link: link.optional() }),
  kind('document_expiring', { document: inBoth, expires: z.iso.date() }),
  /** A sign-in on a device that is known, to who asked to hear of each. */
  kind('sign_in', { at: moment, portal: inBoth, device: inBoth.optional() }),
  kind('consent_given', { at: moment, portal: inBoth, items: z.array(inBoth), link }),
  /** Without items everything was taken back. */
  kind('consent_withdrawn', { at: moment, portal: inBoth, items: z.array(inBoth), link }),
]);
export type Letter = z.infer<typeof letterSchema>;
export type LetterKind = Letter['kind'];

const byMail = z.strictObject({
  address: z.string().refine(isMailAddress, { error: 'must be a plain e-mail address' }),
  name: words,
});
const byText = z.strictObject({
  phone: z.string().refine(isMobileNumber, { error: 'must be a mobile number' }),
});
export type MailRecipient = z.infer<typeof byMail>;
export type TextRecipient = z.infer<typeof byText>;

/** A letter, to whom it goes and until when it is of use. */
export const addressedSchema = z.strictObject({
  letter: letterSchema,
  to: z.union([byMail, byText]),
  /** Of the half that stands above; of all of a text message. */
  language: z.enum(LANGUAGES),
  /** Whose account it is about, for the audit trail. */
  subject: z.string().optional(),
});
export type Addressed = z.infer<typeof addressedSchema>;

/** What a caller gives: `expiresAt` in milliseconds since the epoch ends the row, sent or not. */
export type NewLetter = Letter & Omit<Addressed, 'letter'> & { readonly expiresAt: number };
