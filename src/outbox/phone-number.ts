/** E.164, and in the ranges of Vietnamese mobile numbers: a fixed line takes no text message. */
const MOBILE = /^\+84[35789]\d{8}$/;

const SEPARATORS = /[\s.()\p{Pd}]/gu;
const LONGEST_TYPED = 40;

/** Whether a text message can be sent there. */
export const isMobileNumber = (number: string): boolean => MOBILE.test(number);

/**
 * The mobile number in what somebody typed, as "+84970000001": with the country's code or the 0 in its place, however
 * it is grouped. Undefined for anything else.
 */
export function normalizeMobileNumber(typed: string): string | undefined {
  if (typed.length > LONGEST_TYPED) return undefined;
  const digits = typed.normalize('NFKC').replace(SEPARATORS, '');
  const number = digits.replace(/^(?:\+?84|0084|0)(?=\d{9}$)/, '+84');
  return isMobileNumber(number) ? number : undefined;
}

/** "+84970000002" as people read it: "0970 000 002". */
export const domesticNumber = (number: string): string =>
  number.replace(/^\+84(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3');
