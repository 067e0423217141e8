import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePassword, type PasswordContext } from '../../../src/authentication/password-rules.ts';
import { syntheticPeople } from '../../../src/demo/people/synthetic-people.ts';
import { person } from '../../support/citizen.ts';

const rules = { length: 12, length_with_second_factor: 8 };
const { subject } = person('level-1');
const alone: PasswordContext = { rules, secondFactor: false, subject };
const problem = (password: string, context = alone) => judgePassword(password, context).problem;

describe('a new password', () => {
  it('has 12 characters, or 8 beside a second factor, however many bytes they are', () => {
    expect(problem('sáo trúc ho')).toBe('too_short');
    expect(problem('sáo trúc hoa')).toBeUndefined();
    expect(problem('🌾🐃🏠🎋🌙🛶🪷')).toBe('too_short');
    expect(problem('chèo đò', { ...alone, secondFactor: true })).toBe('too_short');
    expect(problem('chèo đò1', { ...alone, secondFactor: true })).toBeUndefined();
    // Written with combining marks, it is as long as it looks.
    expect(problem('sáo trúc ho'.normalize('NFD'))).toBe('too_short');
    // One sign that stands for eighteen.
    expect(problem('\ufdfa')).toBe('too_short');
  });

  it('has at most 128 characters', () => {
    const words = 'ao thu lạnh lẽo nước trong veo một chiếc thuyền câu bé tẻo teo '.repeat(3);
    expect(problem(words.slice(0, 128))).toBeUndefined();
    expect(problem(words.slice(0, 129))).toBe('too_long');
  });

  it('may be any characters', () => {
    for (const password of [
      '  ba dấu cách ',
      '🌾🐃🏠🎋🌙🛶🪷🐓🌧🌞🍵🥢',
      '\u0000\t~^`"\'<>&%zkw',
      'КИРИЛЛИЦА да',
    ])
      expect(problem(password)).toBeUndefined();
  });

  it.each([
    'matkhau123456',
    'M@tKh4u!2345678',
    'Mật khẩu mới 123',
    'anhyeuem1234567',
    'password2024!!!',
    'P@ssw0rd1234567',
    'qwertyuiop12345',
    'aaaaaaaaaaaaaaaa',
    '1234567890123456',
    'abcabcabcabcabc',
    'vietnam123456789',
    'iloveyou-iloveyou',
    'qwerty password admin',
    '......................',
  ])('that is common is refused: %s', (password) => {
    expect(problem(password)).toBe('common');
  });

  it.each([
    'nguyenvanan1996',
    'Nguyễn Văn An 14/03/1996',
    '098096000001',
    '098 096 000 001 An',
    'van.an@congdan.example'.slice(0, 12).replace('@co', '1996'),
    'hungyen14031996',
    '0970000001van.an',
    'N.guyen.V.an.An.96'.replaceAll('.', ''),
  ])('that is made of what is on the papers is refused: %s', (password) => {
    expect(problem(password)).toBe('personal');
  });

  it('of one person may be made of what another is called', () => {
    expect(problem('nguyenvanan1996', { ...alone, subject: person('all-documents').subject })).not.toBe(
      'personal',
    );
  });

  it('of words that belong together by accident alone is taken, and the longer one is strong', () => {
    const chosen = syntheticPeople(Date.now()).filter(({ password }) => password !== '');
    expect(chosen.length).toBeGreaterThan(10);
    for (const one of chosen) {
      expect(problem(one.password, { ...alone, subject: one.subject, secondFactor: true })).toBeUndefined();
    }
    expect(judgePassword('cau tre bien', alone).strength).toBe('fair');
    expect(judgePassword('thuyền nan đậu bến sông trăng', alone).strength).toBe('strong');
    expect(judgePassword('matkhau123456', alone).strength).toBe('weak');
  });

  it('at random is never refused for what it is made of', () => {
    void fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'bcfhkmpqtvwxz2689'), { minLength: 20, maxLength: 40 }),
        (letters) => {
          fc.pre(new Set(letters).size > 8);
          expect(problem(letters.join(''))).toBeUndefined();
        },
      ),
    );
  });
});
