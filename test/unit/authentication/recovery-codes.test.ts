import { expect, it } from 'vitest';
import {
  newRecoveryCodes,
  normalizeRecoveryCode,
  recoveryCodeHash,
} from '../../../src/authentication/recovery-codes.ts';

it.each(['', 'abcd-efgh-jkm', 'abcd-efgh-jkmn-p', 'abcd-efgh-jkmo', 'abcd-efgh-jkm0', 'абвг-efgh-jkmn'])(
  '%j is no recovery code',
  (typed) => {
    expect(normalizeRecoveryCode(typed)).toBeUndefined();
  },
);

it.each(['abcd-efgh-jkmn', 'ABCD EFGH JKMN', ' abcd–efgh—jkmn ', 'ａｂｃｄefghjkmn', 'abcd.efgh.jkmn'])(
  '%j is read as it was meant',
  (typed) => {
    expect(normalizeRecoveryCode(typed)).toBe('abcdefghjkmn');
  },
);

it('a set is ten codes that can be typed, all different, and different from the next set', () => {
  const codes = [...newRecoveryCodes(), ...newRecoveryCodes()];
  expect(new Set(codes).size).toBe(20);
  for (const code of codes) expect(normalizeRecoveryCode(code)).toBe(code.replaceAll('-', ''));
});

it('what is kept of a code depends on the person, and not on how it was typed', () => {
  const hash = (subject: string, code: string) => recoveryCodeHash((value) => value, subject, code);
  expect(hash('a', 'abcd-efgh-jkmn')).not.toBe(hash('b', 'abcd-efgh-jkmn'));
  expect(hash('a', 'abcd-efgh-jkmn')).toBe(hash('a', 'ABCDEFGHJKMN'));
});
