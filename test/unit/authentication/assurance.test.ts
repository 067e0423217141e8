import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AssuranceRules,
  type Authentication,
  amrOf,
  authenticationLevel,
  authTimeOf,
  firstFactorLive,
  mergeProofs,
  proofOf,
  relyOn,
  supportedLevel,
} from '../../../src/authentication/assurance.ts';

const rules: AssuranceRules = { idle: 1800, total: 43_200, second_factors: ['totp'] };
const start = 1_800_000_000;
const password = proofOf('password', start);
const code = proofOf('totp', start);
const both = [password, code];

describe('the level that proofs support', () => {
  it.each<[string, readonly Authentication[], number, 0 | 1 | 2]>([
    ['nothing is no level', [], 0, 0],
    ['a password alone is level 1', [password], 0, 1],
    ['a one-time code alone is level 1', [code], 0, 1],
    ['a password twice is level 1', [password, proofOf('password', start + 5)], 5, 1],
    ['two factors are level 2', both, 0, 2],
    ['two factors are level 2 up to the last idle second', both, 1800, 2],
    ['two factors are level 1 a second later', both, 1801, 1],
    ['an idle code leaves level 1', [proofOf('password', start + 1800), code], 1801, 1],
    ['an idle password leaves level 1', [password, proofOf('totp', start + 1800)], 1801, 1],
  ])('%s', (_, proofs, after, level) => {
    expect(supportedLevel(proofs, rules, start + after)).toBe(level);
  });

  it('is never 2 where the code does not count as a second factor', () => {
    expect(supportedLevel(both, { ...rules, second_factors: [] }, start)).toBe(1);
  });

  it('is never 2 past the whole window, however often it is relied on', () => {
    let proofs: readonly Authentication[] = both;
    for (let now = start; now <= start + rules.total; now += 1700) proofs = relyOn(proofs, rules, now);
    expect(supportedLevel(proofs, rules, start + rules.total)).toBe(2);
    expect(supportedLevel(proofs, rules, start + rules.total + 1)).toBe(1);
  });
});

describe('a passkey', () => {
  const passkey = proofOf('passkey', start);
  const counting: AssuranceRules = { ...rules, second_factors: ['totp', 'passkey'] };

  it('alone is level 2, where it counts as a second factor, and level 1 where it does not', () => {
    expect(supportedLevel([passkey], rules, start)).toBe(1);
    expect(supportedLevel([passkey], counting, start)).toBe(2);
    expect(supportedLevel([passkey, code], rules, start)).toBe(2);
  });

  it('that has gone idle is level 1, and no two factors any more', () => {
    expect(supportedLevel([passkey], counting, start + 1801)).toBe(1);
    expect(amrOf([passkey], counting, start)).toEqual(['pop', 'user', 'mfa']);
    expect(amrOf([passkey], counting, start + 1801)).toEqual(['pop', 'user']);
  });

  it('is a first factor: the time of the sign-in is its own', () => {
    expect(firstFactorLive([passkey], counting, start)).toBe(true);
    expect(authTimeOf([proofOf('password', start - 60), passkey])).toBe(start);
  });
});

describe('a recovery code', () => {
  const spare = proofOf('recovery_code', start);

  it('is a second factor only where it counts, and never a first', () => {
    const counting: AssuranceRules = { ...rules, second_factors: ['recovery_code'] };
    expect(supportedLevel([password, spare], rules, start)).toBe(1);
    expect(supportedLevel([spare], counting, start)).toBe(1);
    expect(supportedLevel([password, spare], counting, start)).toBe(2);
    expect(firstFactorLive([spare], counting, start)).toBe(false);
    expect(amrOf([password, spare], counting, start)).toEqual(['pwd', 'otp', 'mfa']);
  });
});

describe('relying on proofs', () => {
  it('never revives one that has gone idle', () => {
    const idle = relyOn(both, rules, start + 1801);
    expect(idle).toEqual(both);
    expect(supportedLevel(idle, rules, start + 1802)).toBe(1);
  });

  it('keeps a live one alive for another idle window', () => {
    const used = relyOn(both, rules, start + 1800);
    expect(supportedLevel(used, rules, start + 3600)).toBe(2);
  });

  it('once at level 1, stays there until something is proved anew', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 40 });
    const always = (rule: (steps: number[]) => void): void => fc.assert(fc.property(gaps, rule));
    always((steps) => {
      let now = start;
      let proofs: readonly Authentication[] = both;
      let before: number = 2;
      for (const step of steps) {
        now += step;
        const level = supportedLevel(proofs, rules, now);
        expect(level).toBeLessThanOrEqual(before);
        before = level;
        proofs = relyOn(proofs, rules, now);
      }
    });
  });
});

describe('the first factor', () => {
  it('is not live for a code alone, nor past a window', () => {
    expect(firstFactorLive([code], rules, start)).toBe(false);
    expect(firstFactorLive([password], rules, start + 1801)).toBe(false);
    expect(firstFactorLive([{ ...password, used: start + 43_200 }], rules, start + 43_201)).toBe(false);
  });

  it('is live inside both windows', () => {
    expect(firstFactorLive([password], rules, start + 1800)).toBe(true);
  });
});

describe('amr', () => {
  it('does not say "mfa" for one kind of factor', () => {
    expect(amrOf([password], rules, start)).toEqual(['pwd']);
  });

  it('names two kinds of factor and "mfa" (RFC 8176)', () => {
    expect(amrOf(both, rules, start)).toEqual(['pwd', 'otp', 'mfa']);
  });

  it('leaves out a method that has gone idle', () => {
    expect(amrOf([proofOf('password', start + 1801), code], rules, start + 1801)).toEqual(['pwd']);
  });

  it('falls back to the first factor alone when everything has gone idle', () => {
    expect(amrOf(both, rules, start + 1801)).toEqual(['pwd']);
  });

  it('gives the authentication level of Decree 69/2024 Article 20', () => {
    expect(authenticationLevel(['pwd'])).toBe(1);
    expect(authenticationLevel(['pwd', 'otp', 'mfa'])).toBe(2);
  });
});

describe('merging proofs', () => {
  it('lets a newer one of the same method replace the older', () => {
    const newer = proofOf('password', start + 60);
    expect(mergeProofs(both, [newer])).toEqual([newer, code]);
  });
});
