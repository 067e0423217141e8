import type { Config } from '../config/schema.ts';
import { passwordTooLong } from '../keys/password-hasher.ts';
import type { Subject } from '../subject/subject.ts';
import { commonWords } from './common-passwords.ts';

export type PasswordProblem = 'too_short' | 'too_long' | 'common' | 'personal';
export type PasswordStrength = 'weak' | 'fair' | 'strong';

/** What a new password is judged by. */
export interface PasswordContext {
  readonly rules: Config['password_rules'];
  /** A second factor is enrolled, so that a shorter one will do. */
  readonly secondFactor: boolean;
  readonly subject: Pick<
    Subject,
    'name' | 'personal_number' | 'former_numbers' | 'birthdate' | 'email' | 'phone' | 'address'
  >;
}

export interface PasswordJudgement {
  readonly problem?: PasswordProblem;
  readonly strength: PasswordStrength;
}

/** Characters of its own that a password has at least, beside words that everybody or the person's papers know. */
const LEAST_OWN = 5;
const STRONG = 16;
/** Fewer letters of a name are in too many words. */
const SHORTEST_PIECE = 3;

/** The least number of characters: of those that were typed, and of those that the hasher makes of them. */
export const leastCharacters = ({ rules, secondFactor }: Omit<PasswordContext, 'subject'>): number =>
  secondFactor ? rules.length_with_second_factor : rules.length;

/**
 * Judges a new password (NIST SP 800-63B-4 section 3.1.1.2): any characters, no rule of composition; long enough, and
 * neither common nor made of what is known about the person.
 */
export function judgePassword(password: string, context: PasswordContext): PasswordJudgement {
  // One sign can stand for a whole phrase, and a letter for two: what counts is the lesser number.
  const length = Math.min([...password].length, [...password.normalize('NFKC')].length);
  const weak = (problem: PasswordProblem): PasswordJudgement => ({ problem, strength: 'weak' });
  if (passwordTooLong(password)) return weak('too_long');
  if (length < leastCharacters(context)) return weak('too_short');
  const personal = personalPieces(context.subject);
  const text = compact(password);
  const own = ownCharacters(text, [...personal, ...commonWords]);
  if (own < LEAST_OWN) return weak(isPersonal(text, personal) ? 'personal' : 'common');
  return { strength: own >= LEAST_OWN * 2 && length >= STRONG ? 'strong' : 'fair' };
}

/** What a person knows by heart makes up the password, rather than what everybody knows. */
const isPersonal = (text: string, personal: readonly string[]): boolean =>
  ownCharacters(text, personal) < LEAST_OWN && personal.some((piece) => variants(text).includes(piece));

/** As it is typed in a hurry: no capitals, diacritics, spaces or stops. */
const compact = (text: string): string => plain(text).replace(/[^\p{L}\p{N}\p{S}@!]/gu, '');

const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

/** Letters for the signs that stand for them, one for one. */
const fold = (text: string): string => text.replace(/[@4301$57!]/g, (sign) => LETTERS[sign] ?? sign);

const LETTERS: Readonly<Record<string, string>> = {
  '@': 'a',
  4: 'a',
  3: 'e',
  0: 'o',
  1: 'i',
  $: 's',
  5: 's',
  7: 't',
  '!': 'i',
};

const variants = (text: string): string => `${text}\n${fold(text)}`;

/**
 * How many characters are a choice: neither part of a piece, nor the next of a run, nor a repetition. A piece counts
 * as one, because which one it is was a choice; a digit as half, because there are few.
 */
function ownCharacters(text: string, pieces: readonly string[]): number {
  const rest = [text, fold(text)].reduce((left, version) => takenOut(left, version, pieces), text);
  const seen = new Set<string>();
  let own = 0;
  for (const [at, letter] of [...rest].entries()) {
    const before = rest[at - 1] ?? '';
    const pair = before + letter;
    if (letter === GONE || isRun(before, letter) || seen.has(pair)) continue;
    seen.add(pair);
    own += /\d/.test(letter) ? 0.5 : 1;
  }
  return own;
}

/** Stands where a piece was: once for its first character, then nothing. */
const TAKEN = '\u0001';
const GONE = '\u0002';

/** Takes the pieces that stand in `version` out of the same places of `text`. */
function takenOut(text: string, version: string, pieces: readonly string[]): string {
  const letters = text.split('');
  for (const piece of pieces) {
    for (let at = version.indexOf(piece); at >= 0; at = version.indexOf(piece, at + piece.length)) {
      if (letters.slice(at, at + piece.length).some((letter) => letter === TAKEN || letter === GONE))
        continue;
      letters.fill(GONE, at, at + piece.length);
      letters[at] = TAKEN;
    }
  }
  return letters.join('');
}

/** The same again, the next or the one before; 9 and 0 are neighbours. */
function isRun(before: string, letter: string): boolean {
  const step = letter.charCodeAt(0) - before.charCodeAt(0);
  return Math.abs(step) <= 1 || (/^\d\d$/.test(before + letter) && Math.abs(step) === 9);
}

/** What is on the person's papers, longest first, folded. */
function personalPieces(subject: PasswordContext['subject']): string[] {
  const names = plain(subject.name).split(/\s+/);
  const [year = '', month = '', day = ''] = subject.birthdate.split('-');
  const mailbox = subject.email?.address.split('@')[0] ?? '';
  const places = [subject.address?.region ?? '', subject.address?.locality ?? ''];
  const numbers = [subject.personal_number, ...subject.former_numbers];
  const phone = subject.phone?.number.replace('+84', '') ?? '';
  const pieces = [
    names.join(''),
    ...names,
    names.map((name) => name[0] ?? '').join(''),
    ...numbers.flatMap((number) => [number, number.slice(-6), number.slice(-9)]),
    phone,
    `0${phone}`,
    day + month + year,
    year + month + day,
    day + month + year.slice(2),
    year,
    mailbox,
    ...mailbox.split(/[^\p{L}\p{N}]+/u),
    ...places.flatMap((place) => [place, withoutKind(place)]),
  ];
  return [...new Set(pieces.map(compact))]
    .filter((piece) => piece.length >= SHORTEST_PIECE)
    .toSorted((a, b) => b.length - a.length);
}

/** "tỉnh Hưng Yên" is "hungyen" to whoever types it. */
const withoutKind = (place: string): string =>
  plain(place)
    .replace(/^(tinh|thanh pho|xa|phuong|dac khu)\s+/, '')
    .replace(/\s+/g, '');
