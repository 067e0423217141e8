import { describe, expect, it } from 'vitest';
import { domesticNumber, isMobileNumber, normalizeMobileNumber } from '../../../src/outbox/phone-number.ts';

describe('a mobile number', () => {
  it.each([
    ['nothing', ''],
    ['letters', 'không số'],
    ['a digit too few', '097000000'],
    ['a digit too many', '09700000011'],
    ['a fixed line', '0243 000 0001'],
    ['a prefix of no mobile network', '0670 000 001'],
    ['another country', '+1 202 555 0100'],
    ['two numbers', '0970000001,0970000002'],
    ['a line end', '0970000001\r\nX: y'],
    ['a plus sign in the middle', '0970+000001'],
    ['a country without its number', '+84'],
    ['a hundred digits', '9'.repeat(100)],
  ])('is not %s', (_what, typed) => {
    const number = normalizeMobileNumber(typed);
    // A line end alone is no more than white space, and what follows it is no digit.
    expect(number).toBeUndefined();
  });

  it.each([
    '0970000001',
    '0970 000 001',
    '(097) 000.00-01',
    '+84970000001',
    '+84 97 000 00 01',
    '84970000001',
    '0084970000001',
    '０９７００００００１',
  ])('is %s, in one spelling', (typed) => {
    expect(normalizeMobileNumber(typed)).toBe('+84970000001');
  });

  it('is kept in that spelling alone, and shown as people write it', () => {
    expect(isMobileNumber('0970000001')).toBe(false);
    expect(isMobileNumber('+84970000001\n')).toBe(false);
    expect(isMobileNumber('+84970000001')).toBe(true);
    expect(domesticNumber('+84970000001')).toBe('0970 000 001');
  });
});
