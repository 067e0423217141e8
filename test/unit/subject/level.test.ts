import { describe, expect, test } from 'vitest';
import { accountLevel, ceiling, type LevelRules } from '../../../src/subject/level.ts';
import type { Subject } from '../../../src/subject/subject.ts';

const citizen: Subject = {
  holder_type: 'citizen',
  level: 2,
  personal_number: '097184000002',
  former_numbers: [],
  name: 'Trần Thị Bích Ngọc',
  birthdate: '1984-09-05',
  gender: 'female',
  nationality: 'VNM',
  identity_paper_expires_at: '2026-11-21',
  status: { kind: 'active' },
  synced_at: '2026-11-21T00:00:00Z',
};
const foreigner: Subject = { ...citizen, holder_type: 'foreigner', nationality: 'KOR' };
const { level: _, ...unlevelled } = foreigner;

const at = (moment: string, rules: Partial<LevelRules> = {}): LevelRules => ({
  legalProfile: '69/2024',
  unlevelledCeiling: 2,
  now: Date.parse(moment),
  ...rules,
});
const noon = '2026-11-21T12:00:00+07:00';

describe('an account that cannot reach level 2', () => {
  test('a level 1 account stays at 1, whatever its paper says', () => {
    expect(ceiling({ ...citizen, level: 1, identity_paper_expires_at: '2000-01-01' }, at(noon))).toEqual({
      level: 1,
      cause: 'level_1_account',
    });
  });

  test('an expired paper names its last day', () => {
    expect(ceiling(citizen, at('2026-11-22T12:00:00+07:00'))).toEqual({
      level: 1,
      cause: 'identity_paper_expired',
      expiredOn: '2026-11-21',
    });
  });

  test('a citizen without a level counts as 1 under every decree', () => {
    const { level: _level, ...without } = citizen;
    for (const legalProfile of ['59/2022', '69/2024', '320/2026'] as const) {
      expect(ceiling(without, at(noon, { legalProfile })).level).toBe(1);
    }
  });

  test('a foreigner without a level counts as 1 while foreigners have levels', () => {
    expect(ceiling(unlevelled, at(noon)).level).toBe(1);
  });

  test('an unlevelled holder with an expired paper counts as 1', () => {
    const rules = at('2026-11-22T12:00:00+07:00', { legalProfile: '320/2026' });
    expect(ceiling(foreigner, rules)).toMatchObject({ level: 1, cause: 'identity_paper_expired' });
  });

  test('an unlevelled holder does not pass the configured ceiling, a stored level notwithstanding', () => {
    expect(ceiling(foreigner, at(noon, { legalProfile: '320/2026', unlevelledCeiling: 1 })).level).toBe(1);
  });
});

describe('an account that reaches level 2', () => {
  test('a paper is valid to the last second of its last day in Vietnam, and not one longer', () => {
    expect(ceiling(citizen, at('2026-11-21T23:59:59+07:00')).level).toBe(2);
    expect(ceiling(citizen, at('2026-11-22T00:00:00+07:00')).level).toBe(1);
  });

  test('a renewed paper restores level 2 by itself', () => {
    const later = at('2026-12-01T12:00:00+07:00');
    expect(ceiling(citizen, later).level).toBe(1);
    expect(ceiling({ ...citizen, identity_paper_expires_at: '2036-11-21' }, later)).toEqual({ level: 2 });
  });

  test('a card without a last day does not expire', () => {
    const { identity_paper_expires_at: _day, ...endless } = citizen;
    expect(ceiling(endless, at('2099-01-01T00:00:00Z'))).toEqual({ level: 2 });
  });

  test('an unlevelled holder has the configured ceiling and no level of its own', () => {
    const rules = at(noon, { legalProfile: '320/2026' });
    expect(ceiling(unlevelled, rules)).toEqual({ level: 2 });
    expect(accountLevel(unlevelled, rules)).toBeUndefined();
    expect(accountLevel(citizen, rules)).toBe(2);
  });
});
