import { describe, expect, it } from 'vitest';
import {
  type AccountFacts,
  type CeremonyStep,
  endOf,
  nextCeremonyStep,
} from '../../../src/authentication/ceremony-rules.ts';
import type { Ceremony } from '../../../src/authentication/ceremony-store.ts';
import { stampOf } from '../../../src/subject/credential-renewal.ts';
import type { CredentialRecord } from '../../../src/subject/credentials.ts';
import type { AccountStatus, Subject } from '../../../src/subject/subject.ts';
import { person } from '../../support/citizen.ts';

const rules = {
  rules: { second_factors: ['totp', 'passkey', 'recovery_code'] },
  levels: { legalProfile: '69/2024', unlevelledCeiling: 2 },
} as const;

const ADDRESS = 'an@congdan.example';
const changed_at = '2026-11-01T00:00:00.000Z';
const password = { hash: '$argon2id$old', changed_at };
const secret = 'A'.repeat(32);
const totp = { secret, enrolled_at: changed_at };
const letter = { letter: 'letter-1', until: 1 };

/** The account: of level 2, with a password and an app, and no letter. */
function account(
  change: { level?: 1 | 2; status?: AccountStatus; record?: CredentialRecord; letter?: typeof letter } = {},
  more: Partial<Subject> = {},
): AccountFacts {
  const { level = 2, record = { password, totp }, status = { kind: 'active' } } = change;
  const email = { address: ADDRESS, verified: true };
  return {
    subject: { ...person('all-documents').subject, level, status, email, ...more },
    record,
    letter: change.letter,
  };
}

/** A recovery whose address was proved. */
const proved = (facts: AccountFacts, more: Partial<Ceremony> = {}): Ceremony => ({
  goal: 'recovery',
  browser: 'browser',
  who: 'who',
  subject: 'who',
  address: ADDRESS,
  secret,
  stamp: stampOf(facts.record),
  ...(facts.subject.status.kind === 'locked' ? { locked_since: facts.subject.status.since } : {}),
  ...more,
});

const chosen = { hash: '$argon2id$new', short: false };
const next = (facts: AccountFacts, more: Partial<Ceremony> = {}): CeremonyStep =>
  nextCeremonyStep(proved(facts, more), facts, rules);
const kind = (facts: AccountFacts, more: Partial<Ceremony> = {}) => next(facts, more).kind;

const locked = (cause: 'by_owner' | 'reported' | 'too_many_failures' | 'sim_changed' | 'by_administrator') =>
  ({ kind: 'locked', cause, since: changed_at }) as const;

describe('before the address is proved', () => {
  it.each([
    { kind: 'closed', cause: 'deceased', since: changed_at },
    locked('by_administrator'),
    { kind: 'active' },
  ] as const)('an account that is $kind asks for the code, as any', (status) => {
    const facts = account({ status });
    const { stamp: _, ...unproved } = proved(facts);
    expect(nextCeremonyStep(unproved, facts, rules)).toEqual({ kind: 'code' });
    expect(nextCeremonyStep(unproved, undefined, rules)).toEqual({ kind: 'code' });
  });
});

describe('to recover an account', () => {
  it('of level 1 takes the e-mail where there is no second factor, and the factor where there is one', () => {
    const bare = account({ level: 1, record: { password } });
    expect(kind(bare)).toBe('password');
    expect(kind(bare, { password: chosen })).toBe('finish');
    expect(kind(account({ level: 1 }))).toBe('second_factor');
  });

  it('of level 2 never takes the e-mail alone', () => {
    expect(next(account())).toEqual({
      kind: 'second_factor',
      ways: { totp: true, passkey: false, recoveryCode: false },
    });
    expect(kind(account(), { password: chosen })).toBe('second_factor');
    expect(kind(account({ record: { password } }))).toBe('counter');
    expect(kind(account({ record: { password }, letter }))).toBe('letter');
    const atLevel1 = { password, totp: { ...totp, at_level_1: true as const } };
    expect(kind(account({ record: atLevel1 }))).toBe('counter');
  });

  it('of level 2 stays as guarded while its paper is out of date', () => {
    const expired = { identity_paper_expires_at: '2020-01-01' };
    expect(kind(account({ record: { password } }, expired))).toBe('counter');
    expect(kind(account({}, expired))).toBe('second_factor');
  });

  it('with the second factor keeps what there is; without it, by a letter, replaces all', () => {
    const facts = account({ letter });
    const kept = { second_factor: 'totp', password: chosen } as const;
    expect(kind(facts, kept)).toBe('finish');
    expect(endOf(proved(facts, kept), facts, rules)).toEqual({
      kind: 'renew',
      factors: 'kept',
      enrol: false,
    });
    const lost = { lost: true, letter: letter.letter } as const;
    expect(kind(facts, { ...lost, password: chosen })).toBe('enrol');
    const enrolled = { ...lost, password: chosen, factor: { kind: 'totp' } } as const;
    expect(kind(facts, enrolled)).toBe('codes');
    const all = { ...enrolled, recovery_codes: { hashes: ['x'], saved: true } };
    expect(kind(facts, all)).toBe('finish');
    expect(endOf(proved(facts, all), facts, rules)).toEqual({
      kind: 'renew',
      factors: 'replaced',
      enrol: true,
    });
  });

  it('whose factor is lost takes no other letter than the one that stands', () => {
    const lost = { lost: true, second_factor: 'totp', letter: 'letter-0' } as const;
    expect(kind(account({ letter }), lost)).toBe('letter');
    expect(next(account(), lost)).toEqual({ kind: 'counter', back: true });
  });

  it('takes no password that is short where no factor is left beside it', () => {
    const facts = account({ level: 1, letter });
    const short = { lost: true, letter: letter.letter, password: { ...chosen, short: true } } as const;
    expect(kind(facts, short)).toBe('password');
  });
});

describe('a lock', () => {
  it('of the owner opens with what there is, or with a new password', () => {
    const facts = account({ status: locked('by_owner') });
    expect(kind(facts)).toBe('present_password');
    expect(kind(facts, { present_password: true })).toBe('second_factor');
    const open = { present_password: true, second_factor: 'totp' } as const;
    expect(kind(facts, open)).toBe('finish');
    expect(endOf(proved(facts, open), facts, rules)).toEqual({ kind: 'unlock' });
    expect(kind(facts, { forgot: true })).toBe('second_factor');
    expect(kind(facts, { forgot: true, second_factor: 'totp' })).toBe('password');
  });

  it.each(['reported', 'too_many_failures'] as const)('(%s) opens with a new password alone', (cause) => {
    const facts = account({ status: locked(cause) });
    expect(kind(facts, { present_password: true, second_factor: 'totp' })).toBe('password');
  });

  it('that came since ends what was begun before it', () => {
    const facts = account({ status: locked('reported') });
    for (const locked_since of [undefined, '2026-10-01T00:00:00.000Z']) {
      const begun = { ...proved(facts), locked_since };
      expect(nextCeremonyStep(begun, facts, rules)).toEqual({ kind: 'over', cause: 'changed' });
    }
  });

  it.each([
    locked('sim_changed'),
    locked('by_administrator'),
    { kind: 'closed', cause: 'deceased', since: changed_at },
    { kind: 'not_activated' },
  ] as const)('that is not the owner’s to end bars the way: $kind $cause', (status) => {
    const facts = account({ status, letter });
    const everything = { second_factor: 'totp', present_password: true, password: chosen } as const;
    expect(next(facts, everything)).toEqual({ kind: 'barred', status });
  });
});

describe('to activate an account', () => {
  const issued = (level: 1 | 2, other: Parameters<typeof account>[0] = {}) =>
    account({ level, status: { kind: 'not_activated' }, record: {}, ...other });
  const activation = { goal: 'activation' } as const;

  it('of level 1 takes a password; of level 2 a letter, a password and a second factor', () => {
    expect(kind(issued(1), activation)).toBe('password');
    expect(kind(issued(1), { ...activation, password: chosen })).toBe('finish');
    expect(kind(issued(2), { ...activation, password: chosen })).toBe('counter');
    expect(kind(issued(2, { letter }), { ...activation, password: chosen })).toBe('letter');
    const withLetter = { ...activation, letter: letter.letter };
    expect(kind(issued(2, { letter }), withLetter)).toBe('password');
    expect(kind(issued(2, { letter }), { ...withLetter, password: chosen })).toBe('enrol');
  });

  it('counts a holder without a level as the configuration says', () => {
    const levels = { ...rules.levels, legalProfile: '320/2026' } as const;
    const foreigner = account(
      { status: { kind: 'not_activated' }, record: {} },
      { holder_type: 'foreigner', level: undefined },
    );
    const step = (unlevelledCeiling: 1 | 2) =>
      nextCeremonyStep(proved(foreigner, activation), foreigner, {
        ...rules,
        levels: { ...levels, unlevelledCeiling },
      }).kind;
    expect([step(1), step(2)]).toEqual(['password', 'counter']);
  });

  it('is over where the account is active, and barred where it is locked', () => {
    expect(next(account({ record: {} }), activation)).toEqual({ kind: 'over', cause: 'activated' });
    expect(kind(issued(2, { status: locked('reported') }), activation)).toBe('barred');
  });
});

describe('a ceremony ends', () => {
  it('with any change of password, factors, lock or address elsewhere', () => {
    const facts = account();
    const begun = proved(facts);
    const changes: AccountFacts[] = [
      account({ record: { password: { ...password, changed_at: '2026-11-02T00:00:00.000Z' }, totp } }),
      account({ record: { password } }),
      account({ record: { password, totp, factors_changed_at: changed_at } }),
      account({}, { email: { address: 'khac@congdan.example', verified: true } }),
      account({}, { email: undefined }),
    ];
    for (const changed of changes) {
      expect(nextCeremonyStep(begun, changed, rules)).toEqual({ kind: 'over', cause: 'changed' });
    }
    expect(nextCeremonyStep(begun, facts, rules).kind).toBe('second_factor');
  });

  it('not with what it wrote itself, so that what was cut off is finished', () => {
    const record = { password: { hash: chosen.hash, changed_at }, totp, factors_changed_at: changed_at };
    const own = { second_factor: 'totp', password: chosen, stamp: 'of before' } as const;
    expect(kind(account({ record }), own)).toBe('finish');
    expect(kind(account({ record }), { ...own, password: { ...chosen, hash: '$argon2id$else' } })).toBe(
      'over',
    );
  });

  it('and says what it came to, whatever the account does afterwards', () => {
    expect(next(account({ status: locked('reported') }), { finished: 'recovered' })).toEqual({
      kind: 'done',
      outcome: 'recovered',
    });
  });
});
