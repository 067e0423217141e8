import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/messages/language.ts';
import { type MessageKey, translator } from '../../../src/messages/translate.ts';

test('a missing value is a fault, not an empty place', () => {
  expect(() => translator('vi')('consent.remembered')).toThrow('{date}');
  expect(() => translator('vi')('consent.remembered', { day: '1' })).toThrow('{date}');
  expect(() => translator('vi')('consent.remembered', Object.create({ date: 'inherited' }))).toThrow(
    '{date}',
  );
});

test.each(['nothing.here', '__proto__', 'signIn'])('the unknown key "%s" is a fault', (key) => {
  expect(() => translator('vi')(key as MessageKey)).toThrow(key);
});

test('a value is put in as it is, even where it looks like a place, a pattern or markup', () => {
  const value = '{date} $& $1 <b>';
  for (const language of LANGUAGES) {
    expect(translator(language)('common.runBy', { province: value })).toContain(value);
  }
});

test('each language has its own words', () => {
  expect(translator('vi')('signIn.title')).toBe('Đăng nhập');
  expect(translator('en')('signIn.title')).toBe('Sign in');
  expect(translator('vi')('common.step', { step: 1 })).toBe('Bước 1 trên 2');
});
