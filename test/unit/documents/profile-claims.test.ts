import { describe, expect, test } from 'vitest';
import { profileClaims } from '../../../src/documents/profile-claims.ts';
import { profileScopes } from '../../../src/documents/profile-scopes.ts';
import type { LevelRules } from '../../../src/subject/level.ts';
import type { Subject } from '../../../src/subject/subject.ts';
import { noon } from './a-holding.ts';

const subject: Subject = {
  holder_type: 'citizen',
  level: 2,
  personal_number: '097185000010',
  former_numbers: ['097084000010'],
  name: 'Trần Thị Bích Ngọc',
  birthdate: '1985-02-01',
  gender: 'female',
  nationality: 'VNM',
  email: { address: 'bich.ngoc@congdan.example', verified: false },
  phone: { number: '+84970000002', verified: true },
  address: { formatted: 'Phường Trần Biên, Đồng Nai', country: 'VN' },
  identity_paper_expires_at: '2026-11-30',
  status: { kind: 'active' },
  synced_at: '2026-11-21T03:00:00.500Z',
};
const rules: LevelRules = { legalProfile: '69/2024', unlevelledCeiling: 2, now: noon };
const claims = (scopes: string[], given: Subject = subject, by: LevelRules = rules) =>
  profileClaims(given, new Set(scopes), by);

describe('what was not asked for is not there', () => {
  test('no scope, a protocol scope and a document scope give nothing', () => {
    expect(claims([])).toEqual({});
    expect(claims(['openid', 'offline_access', 'doc:id_card', '__proto__', 'constructor'])).toEqual({});
  });

  test('the profile shows no number and no contact', () => {
    const shown = JSON.stringify(claims(['profile']));
    for (const hidden of ['0971850', '0970840', '@', '+84', 'Phường']) expect(shown).not.toContain(hidden);
  });

  test('each scope gives the claims that the catalogue lists for it', () => {
    for (const scope of profileScopes) expect(Object.keys(claims([scope.scope]))).toEqual(scope.claims);
  });

  test('what is not known is absent, not empty', () => {
    const { email: _e, phone: _p, address: _a, ...bare } = { ...subject, former_numbers: [] };
    expect(claims(['identity', 'email', 'phone', 'address'], bare)).toEqual({
      personal_number: '097185000010',
    });
  });
});

test('claims have the names and shapes of OpenID Connect', () => {
  expect(claims(['profile', 'identity', 'email', 'phone', 'address'])).toEqual({
    name: 'Trần Thị Bích Ngọc',
    birthdate: '1985-02-01',
    gender: 'female',
    nationality: 'VNM',
    holder_type: 'citizen',
    assurance_level: '2',
    updated_at: Date.parse('2026-11-21T03:00:00Z') / 1000,
    personal_number: '097185000010',
    former_personal_numbers: ['097084000010'],
    email: 'bich.ngoc@congdan.example',
    email_verified: false,
    phone_number: '+84970000002',
    phone_number_verified: true,
    address: { formatted: 'Phường Trần Biên, Đồng Nai', country: 'VN' },
  });
});

describe('the level of the account', () => {
  test('counts as 1 while the paper it rests on has run out', () => {
    const later = { ...rules, now: Date.parse('2026-12-01T00:00:00+07:00') };
    expect(claims(['profile'], subject, later)).toMatchObject({ assurance_level: '1' });
  });

  test('is absent for a holder without one', () => {
    const foreigner: Subject = { ...subject, holder_type: 'foreigner' };
    expect(claims(['profile'], foreigner, { ...rules, legalProfile: '320/2026' })).not.toHaveProperty(
      'assurance_level',
    );
  });
});
