import { describe, expect, test } from 'vitest';
import { evidenceFingerprint } from '../../../src/documents/evidence-fingerprint.ts';
import { createKeyring } from '../../../src/keys/keyring.ts';
import { card, holdingOf } from './a-holding.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const hash = createKeyring({ root: key, storage: [key] }).keyedHash('evidence');
const licence = holdingOf('doc:driving_licence', card, { ...card, number: '970104000022' });
const before = evidenceFingerprint(licence, hash);

describe('what a consent was about has changed', () => {
  test.each([
    ['another number', { ...card, number: '097184000003' }],
    ['another day of issue', { ...card, issued_at: '2026-01-01' }],
    ['another last day', { ...card, expires_at: '2030-01-01' }],
    ['a revocation', { ...card, status: 'revoked' as const }],
  ])('with %s', (_, changed) => {
    const after = { ...licence, records: [changed, ...licence.records.slice(1)] };
    expect(evidenceFingerprint(after, hash)).not.toBe(before);
  });

  test('with a further paper, and with none', () => {
    expect(evidenceFingerprint({ ...licence, records: [...licence.records, card] }, hash)).not.toBe(before);
    expect(evidenceFingerprint(holdingOf('doc:driving_licence'), hash)).not.toBe(before);
  });
});

describe('what a consent was about is the same', () => {
  test('after a later synchronisation, in another order, with other particulars', () => {
    const records = [...licence.records].reverse().map((record) => ({ ...record, data: {} }));
    expect(evidenceFingerprint({ ...licence, records, synced_at: '2027-01-01T00:00:00Z' }, hash)).toBe(
      before,
    );
  });

  test('no registry, no fingerprint: an outage changes nothing', () => {
    const away = { ...holdingOf('doc:driving_licence'), unavailable: 'registry_unavailable' as const };
    expect(evidenceFingerprint(away, hash)).toBeUndefined();
    expect(evidenceFingerprint(undefined, hash)).toBeUndefined();
  });
});

test('equal papers of two people or two documents have unlike fingerprints, which show no number', () => {
  expect(evidenceFingerprint({ ...licence, subject: 'another' }, hash)).not.toBe(before);
  expect(evidenceFingerprint({ ...licence, scope: 'doc:id_card' }, hash)).not.toBe(before);
  expect(before).toMatch(/^[\w-]{43}$/);
});
