import { account, accountHome, accountNotices, accountProfile } from './account.ts';
import { accountActivity } from './account-activity.ts';
import { accountPortals } from './account-portals.ts';
import { accountWallet } from './account-wallet.ts';
import { activation } from './activation.ts';
import { ceremony } from './ceremony.ts';
import { common } from './common.ts';
import { consent } from './consent.ts';
import { contact, sms } from './contact.ts';
import { devices, disown, newDevice } from './devices.ts';
import { errorPage } from './error-page.ts';
import { type RefusalCode, refusals } from './errors.ts';
import { factors } from './factors.ts';
import { handover } from './handover.ts';
import { home } from './home.ts';
import type { Language, Sentence } from './language.ts';
import { lock } from './lock.ts';
import { locked } from './locked.ts';
import { mail } from './mail.ts';
import { noticePreferences } from './notices.ts';
import { paperLetter } from './paper-letter.ts';
import { passkey } from './passkey.ts';
import { password } from './password.ts';
import { recovery } from './recovery.ts';
import { signIn } from './sign-in.ts';
import { signedOut, signOut } from './sign-out.ts';
import { terms } from './terms.ts';
import { throttled } from './throttled.ts';
import { tooLow } from './too-low.ts';
import { totp } from './totp.ts';

const groups = {
  account,
  accountActivity,
  accountHome,
  accountNotices,
  accountPortals,
  accountProfile,
  accountWallet,
  activation,
  ceremony,
  common,
  consent,
  contact,
  devices,
  disown,
  errorPage,
  factors,
  handover,
  home,
  lock,
  locked,
  mail,
  paperLetter,
  noticePreferences,
  passkey,
  newDevice,
  password,
  recovery,
  signIn,
  signOut,
  signedOut,
  sms,
  terms,
  throttled,
  tooLow,
  totp,
};
type Groups = typeof groups;

type GroupKey = { [G in keyof Groups]: `${G}.${keyof Groups[G] & string}` }[keyof Groups];
/** The name of one sentence: its page, then its place there. */
export type MessageKey = GroupKey | `errors.${RefusalCode}.${'title' | 'advice'}`;

/** What is put in where a sentence has `{name}`. */
export type Values = Readonly<Record<string, string | number>>;

/**
 * Gives the sentence as plain text: values are neither escaped nor read as markup, so a template must escape
 * the result. Throws where the key does not exist or a value is missing: both are faults of the caller.
 */
export type Translate = (key: MessageKey, values?: Values) => string;

/** Every sentence by its key. */
export const sentences: ReadonlyMap<string, Sentence> = new Map<string, Sentence>([
  ...Object.entries(groups).flatMap(([group, entries]) =>
    Object.entries(entries).map(([name, sentence]): [string, Sentence] => [`${group}.${name}`, sentence]),
  ),
  ...Object.entries(refusals).flatMap(([code, { title, advice }]): [string, Sentence][] => [
    [`errors.${code}.title`, title],
    [`errors.${code}.advice`, advice],
  ]),
]);

/** Speaks one language. */
export function translator(language: Language): Translate {
  return (key, values = {}) => {
    const sentence = sentences.get(key);
    if (!sentence) throw new Error(`there is no sentence "${key}"`);
    return sentence[language].replace(/\{(\w+)\}/g, (_, name: string) => {
      if (!Object.hasOwn(values, name)) throw new Error(`the sentence "${key}" needs a value for {${name}}`);
      return String(values[name]);
    });
  };
}
