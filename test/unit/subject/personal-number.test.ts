import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  groupPersonalNumber,
  maskPersonalNumber,
  normalizePersonalNumber,
} from '../../../src/subject/personal-number.ts';

const number = fc.stringMatching(/^\d{12}$/);
const separator = fc.constantFrom('', ' ', '\u00a0', '\u202f', '.', '-', '\u2011', '–', '\t', '.', '-');

describe('what people type', () => {
  test.each([
    ['nothing', ''],
    ['eleven digits', '09809600000'],
    ['thirteen digits', '0980960000011'],
    ['a letter', '09809600000O'],
    ['superscript digits, which compatibility folding would turn into digits', '09809600000¹'],
    ['circled digits', '09809600000①'],
    ['digits of another script', '٠٩٨٠٩٦٠٠٠٠٠١'],
    ['an invisible character', '098096\u200b000001'],
    ['a sign', '+98096000001'],
    ['markup', '<b>098096000001</b>'],
    ['a number drowned in separators', `098096000001${' '.repeat(100)}`],
  ])('%s is refused', (_, typed) => {
    expect(normalizePersonalNumber(typed)).toBeUndefined();
  });

  test('digits with any separators between them are the number', () => {
    fc.assert(
      fc.property(number, fc.array(separator, { minLength: 12, maxLength: 12 }), (digits, between) => {
        const typed = [...digits].map((digit, position) => `${between[position]}${digit}`).join('');
        expect(normalizePersonalNumber(typed)).toBe(digits);
      }),
    );
  });

  test('full-width digits are digits', () => {
    fc.assert(
      fc.property(number, (digits) => {
        const wide = digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
        expect(normalizePersonalNumber(wide)).toBe(digits);
      }),
    );
  });

  test('whatever is typed, the answer is twelve ASCII digits or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (typed) =>
        /^([0-9]{12})?$/.test(normalizePersonalNumber(typed) ?? ''),
      ),
    );
  });
});

describe('what people read', () => {
  test('a number is grouped by three, and grouping is undone by reading it back', () => {
    expect(groupPersonalNumber('098091000001')).toBe('098 091 000 001');
    fc.assert(
      fc.property(number, (digits) => normalizePersonalNumber(groupPersonalNumber(digits)) === digits),
    );
  });

  test('a number with letters is not grouped', () => {
    expect(groupPersonalNumber('M97000005')).toBe('M97000005');
  });

  test('a masked number shows its last three digits and no other', () => {
    expect(maskPersonalNumber('098091000001')).toBe('••• ••• ••• 001');
    fc.assert(
      fc.property(number, (digits) => maskPersonalNumber(digits).replace(/[• ]/g, '') === digits.slice(-3)),
    );
  });
});
