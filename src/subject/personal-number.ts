import type { Subject } from './subject.ts';

/** What people put between the groups: any white space, dots, hyphens, dashes and their full-width forms. */
const separators = /[\s.．\-‐-―−－]/gu;
const twelveDigits = /^[0-9０-９]{12}$/u;
const longestTyped = 64;

/**
 * The personal number in what somebody typed: 12 ASCII digits, or undefined where it holds anything but digits
 * (full-width ones too) and separators.
 */
export function normalizePersonalNumber(typed: string): string | undefined {
  if (typed.length > longestTyped) return undefined;
  const digits = typed.replace(separators, '');
  return twelveDigits.test(digits) ? digits.normalize('NFKC') : undefined;
}

/** As people read it out: "098 091 000 001". A number that is not digits alone is given back unchanged. */
export const groupPersonalNumber = (number: string): string =>
  /^\d+$/.test(number) ? number.replace(/(\d{3})(?=\d)/g, '$1 ') : number;

/** Enough for its owner to recognise it, too little for anybody else: "••• ••• ••• 001". */
export const maskPersonalNumber = (number: string): string =>
  groupPersonalNumber(number).replace(/\d(?=.{3})/g, '•');

/**
 * Digits 4 to 6 state century, sex and year of birth (two digits per century from 1900, even for men). There is
 * no check digit: this is all that can be checked without the registry.
 */
export function personalNumberAgrees(
  number: string,
  birthdate: Subject['birthdate'],
  gender: Subject['gender'],
): boolean {
  const year = Number(birthdate.slice(0, 4));
  const centuryAndSex = 2 * (Math.floor(year / 100) - 19) + (gender === 'female' ? 1 : 0);
  return number.slice(3, 6) === `${centuryAndSex}${birthdate.slice(2, 4)}`;
}

/** 097 to 099 are no province's code: numbers of invented people, to be accepted in a sandbox only. */
export const isSyntheticNumber = (number: string): boolean => /^09[789]/.test(number);
