import { isPast } from '../clock/calendar-day.ts';
import type { Subject } from '../subject/subject.ts';
import type { DocumentHolding, DocumentRecord, DocumentScope, Field, ReleasedDocument } from './scope.ts';

/**
 * The value of a document claim: one element for each record, or one that says why there is none. Built up from
 * the fields that the catalogue allows, so what a registry adds does not leave by itself. `now` is milliseconds
 * since the epoch; a paper expires at midnight in Vietnam after its last day.
 *
 * A registry that was never asked counts as unavailable: that a paper was not issued is for it to say.
 */
export function releaseDocument(
  scope: DocumentScope,
  holding: DocumentHolding | undefined,
  subject: Pick<Subject, 'holder_type'>,
  now: number,
): ReleasedDocument[] {
  const issuer = scope.issuer.id;
  if (!scope.holders.includes(subject.holder_type)) return [{ unavailable: 'not_issued', issuer }];
  if (holding === undefined || holding.records.length === 0) {
    return [{ unavailable: holding?.unavailable ?? 'registry_unavailable', issuer }];
  }
  if (holding.scope !== scope.scope) throw new Error('a holding of another scope');
  return holding.records.map((record) => releaseRecord(scope, record, holding.synced_at, now));
}

const ownMembers = new Set(['number', 'issued_at', 'expires_at']);

function releaseRecord(
  scope: DocumentScope,
  record: DocumentRecord,
  synced_at: string,
  now: number,
): ReleasedDocument {
  const { data, status, ...members } = record;
  const expired = record.expires_at !== undefined && isPast(record.expires_at, now);
  return {
    status: status === 'valid' && expired ? 'expired' : status,
    issuer: scope.issuer.id,
    ...allowed(
      scope.fields.filter(({ name }) => ownMembers.has(name)),
      members,
    ),
    synced_at,
    data: allowed(
      scope.fields.filter(({ name }) => !ownMembers.has(name)),
      data,
    ),
  };
}

type Row = Readonly<Record<string, unknown>>;

function allowed(fields: readonly Field[], source: Row): Row {
  const pairs = fields.map(
    ({ name, rows }) => [name, rows ? listed(rows, source[name]) : plain(source[name])] as const,
  );
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

const listed = (fields: readonly Field[], value: unknown): Row[] | undefined =>
  Array.isArray(value) ? value.filter(isRow).map((row) => allowed(fields, row)) : undefined;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** A structure under a plain field is not what the catalogue allowed. */
const plain = (value: unknown): unknown =>
  isScalar(value) || (Array.isArray(value) && value.every(isScalar)) ? value : undefined;
