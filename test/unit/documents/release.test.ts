import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentScopes } from '../../../src/documents/catalogue.ts';
import { releaseDocument } from '../../../src/documents/release.ts';
import { card, documentNamed, holdingOf, noon } from './a-holding.ts';

const citizen = { holder_type: 'citizen' } as const;
const idCard = documentNamed('doc:id_card');
const issuer = 'identity-card-database';

describe('a document that is not there', () => {
  test('of another kind of holder is not issued, even where a record is kept', () => {
    const foreigner = { holder_type: 'foreigner' } as const;
    expect(releaseDocument(idCard, holdingOf('doc:id_card', card), foreigner, noon)).toEqual([
      { unavailable: 'not_issued', issuer },
    ]);
  });

  test('is unavailable where the registry was never asked', () => {
    expect(releaseDocument(idCard, undefined, citizen, noon)).toEqual([
      { unavailable: 'registry_unavailable', issuer },
    ]);
  });

  test('says what its registry said', () => {
    for (const unavailable of ['not_issued', 'registry_unavailable'] as const) {
      const holding = { ...holdingOf('doc:id_card'), unavailable };
      expect(releaseDocument(idCard, holding, citizen, noon)).toEqual([{ unavailable, issuer }]);
    }
  });

  test('is not replaced by another one', () => {
    expect(() => releaseDocument(idCard, holdingOf('doc:passport', card), citizen, noon)).toThrow(
      'another scope',
    );
  });
});

describe('what a registry adds does not leave', () => {
  test('members and fields that the catalogue does not know stay', () => {
    const padded = { ...card, note: 'x', data: { ...card.data, portrait: 'base64', fingerprints: ['a'] } };
    const [released] = releaseDocument(idCard, holdingOf('doc:id_card', padded), citizen, noon);
    expect(released).toEqual({
      status: 'valid',
      issuer,
      number: '097184000002',
      issued_at: '2024-08-12',
      expires_at: '2026-11-21',
      synced_at: '2026-11-21T03:00:00Z',
      data: { place_of_issue: 'Bộ Công an' },
    });
  });

  test('rows of a list carry their own fields only, and a row that is none is left out', () => {
    const member = { name: 'Lê Hoàng Nam', personal_number: '097082000021', relation: 'Chủ hộ' };
    const data = { members: [{ ...member, religion: 'x' }, 'Lê Trần Bảo Châu', null] };
    const [released] = releaseDocument(
      documentNamed('doc:residence'),
      holdingOf('doc:residence', { status: 'valid', data }),
      citizen,
      noon,
    );
    expect(released).toMatchObject({ data: { members: [member] } });
    expect(JSON.stringify(released)).not.toContain('religion');
    expect(JSON.stringify(released)).not.toContain('Bảo Châu');
  });

  test('a structure under a plain field stays', () => {
    const nested = { ...card, data: { place_of_issue: { name: 'Bộ Công an', officer: 'secret' } } };
    const [released] = releaseDocument(idCard, holdingOf('doc:id_card', nested), citizen, noon);
    expect(released).toMatchObject({ data: {} });
    expect(JSON.stringify(released)).not.toContain('secret');
  });

  test('a number that a document does not hand over stays', () => {
    const visit = {
      status: 'valid',
      number: '123',
      issued_at: '2026-04-06',
      data: { facility: 'Trạm y tế' },
    } as const;
    const [released] = releaseDocument(
      documentNamed('doc:health_record'),
      holdingOf('doc:health_record', visit),
      citizen,
      noon,
    );
    expect(released).not.toHaveProperty('number');
    expect(released).toMatchObject({ issued_at: '2026-04-06', data: { facility: 'Trạm y tế' } });
  });

  test('whatever is in the data, names outside the catalogue are not in the answer', () => {
    const known = new Set(documentScopes.flatMap(({ fields }) => fields.map(({ name }) => name)));
    fc.assert(
      fc.property(fc.constantFrom(...documentScopes), fc.object(), (scope, data) => {
        const holder_type = scope.holders[0] ?? 'citizen';
        const holding = holdingOf(scope.scope, { status: 'valid', data });
        const [released] = releaseDocument(scope, holding, { holder_type }, noon);
        return (
          released !== undefined &&
          'data' in released &&
          Object.keys(released.data).every((key) => known.has(key))
        );
      }),
    );
  });
});

describe('status', () => {
  const statusAt = (moment: string, record = card) => {
    const holding = holdingOf('doc:id_card', record);
    const [released] = releaseDocument(idCard, holding, citizen, Date.parse(moment));
    return released && 'status' in released ? released.status : undefined;
  };

  test('a paper is expired from midnight in Vietnam after its last day', () => {
    expect(statusAt('2026-11-21T16:59:59Z')).toBe('valid');
    expect(statusAt('2026-11-21T17:00:00Z')).toBe('expired');
  });

  test('a revoked paper stays revoked when it has also run out', () => {
    expect(statusAt('2030-01-01T00:00:00Z', { ...card, status: 'revoked' })).toBe('revoked');
  });

  test('every record is given, each with its own status', () => {
    const history = documentNamed('doc:id_card_history');
    const holding = holdingOf('doc:id_card_history', card, { ...card, status: 'revoked' });
    const statuses = releaseDocument(history, holding, citizen, noon).map(
      (one) => 'status' in one && one.status,
    );
    expect(statuses).toEqual(['valid', 'revoked']);
  });
});
