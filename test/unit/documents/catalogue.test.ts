import { expect, test } from 'vitest';
import { catalogue, documentScopes, scopeNamed, scopeOfClaim } from '../../../src/documents/catalogue.ts';
import type { Field } from '../../../src/documents/scope.ts';

test('protocol scopes and inherited names are not in the catalogue', () => {
  for (const name of ['openid', 'offline_access', 'constructor', '__proto__', 'doc:', 'id_card', '']) {
    expect(scopeNamed(name)).toBeUndefined();
  }
  expect(scopeOfClaim('sub')).toBeUndefined();
  expect(scopeOfClaim('doc:id_card')).toBeUndefined();
});

test('the catalogue is the list of the design, each scope at its level and for its holders', () => {
  expect(catalogue.map(({ scope, level, holders }) => [scope, level, holders.join(' ')])).toEqual([
    ['profile', 1, 'citizen foreigner organization'],
    ['identity', 1, 'citizen foreigner organization'],
    ['email', 1, 'citizen foreigner organization'],
    ['phone', 1, 'citizen foreigner organization'],
    ['address', 1, 'citizen foreigner organization'],
    ['doc:id_card', 2, 'citizen'],
    ['doc:id_card_history', 2, 'citizen'],
    ['doc:residence', 2, 'citizen'],
    ['doc:dependents', 2, 'citizen'],
    ['doc:passport', 2, 'foreigner'],
    ['doc:residence_card', 2, 'foreigner'],
    ['doc:driving_licence', 2, 'citizen foreigner'],
    ['doc:vehicle_registration', 2, 'citizen foreigner'],
    ['doc:health_insurance', 2, 'citizen foreigner'],
    ['doc:social_insurance', 2, 'citizen foreigner'],
    ['doc:health_record', 2, 'citizen foreigner'],
  ]);
});

test('health data alone are sensitive', () => {
  expect(catalogue.filter(({ sensitive }) => sensitive).map(({ scope }) => scope)).toEqual([
    'doc:health_record',
  ]);
});

test('no claim belongs to two scopes, and each leads back to its own', () => {
  const claims = catalogue.flatMap((scope) => (scope.kind === 'document' ? [scope.claim] : scope.claims));
  expect(new Set(claims).size).toBe(claims.length);
  expect(scopeOfClaim('email_verified')?.scope).toBe('email');
  for (const document of documentScopes) {
    expect(document.scope).toBe(`doc:${document.claim}`);
    expect(scopeOfClaim(document.claim)).toBe(document);
  }
});

const everyField = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => [field, ...everyField(field.rows ?? [])]);

test('everything a person may read is there in both languages, in one spelling', () => {
  const sentences = catalogue.flatMap((scope) => [
    scope.label,
    ...everyField(scope.fields).map(({ label }) => label),
    ...(scope.kind === 'document' ? [scope.issuer] : []),
  ]);
  for (const { vi, en } of sentences) {
    for (const text of [vi, en]) {
      expect(text.trim()).not.toBe('');
      expect(text).toBe(text.normalize('NFC'));
    }
  }
});

test('a heading is a field of its document, and no field is named twice', () => {
  for (const { fields, heading } of documentScopes) {
    const names = fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(heading === undefined || names.includes(heading)).toBe(true);
  }
});
