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
