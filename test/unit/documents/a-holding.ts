import { scopeNamed } from '../../../src/documents/catalogue.ts';
import type { DocumentHolding, DocumentRecord, DocumentScope } from '../../../src/documents/scope.ts';

/** Noon of 21 November 2026 in Vietnam. */
export const noon = Date.parse('2026-11-21T12:00:00+07:00');

export const documentNamed = (name: string): DocumentScope => {
  const scope = scopeNamed(name);
  if (scope?.kind !== 'document') throw new Error(`${name} is no document`);
  return scope;
};

export const card: DocumentRecord = {
  status: 'valid',
  number: '097184000002',
  issued_at: '2024-08-12',
  expires_at: '2026-11-21',
  data: { place_of_issue: 'Bộ Công an' },
};

export const holdingOf = (scope: string, ...records: DocumentRecord[]): DocumentHolding => ({
  subject: 'somebody',
  scope,
  records,
  ...(records.length === 0 ? { unavailable: 'not_issued' } : {}),
  synced_at: '2026-11-21T03:00:00Z',
});
