import { describe, expect, it } from 'vitest';
import type { DocumentHolding, DocumentRecord } from '../../../src/documents/scope.ts';
import { horizonOf, noticeDay, papersIn } from '../../../src/jobs/expiring-papers.ts';
import { person } from '../../support/citizen.ts';

const TODAY = '2026-11-21';
const now = Date.parse(`${TODAY}T05:00:00Z`);
const DAYS = [30, 7];

describe('the day of a notice', () => {
  it.each([
    ['2026-12-22', undefined],
    ['2026-12-21', 30],
    ['2026-12-20', 30],
    ['2026-11-29', 30],
    ['2026-11-28', 7],
    ['2026-11-21', 7],
    ['2026-11-20', undefined],
  ])('of a paper whose last day is %s is %s', (expires, day) => {
    expect(noticeDay(expires, TODAY, DAYS)).toBe(day);
    expect(noticeDay(expires, TODAY, DAYS.toReversed())).toBe(day);
  });

  it('is counted over months, years and a leap day', () => {
    expect(noticeDay('2028-03-01', '2028-02-23', [7])).toBe(7);
    expect(noticeDay('2028-03-01', '2028-02-22', [7])).toBeUndefined();
    expect(noticeDay('2027-01-05', '2026-12-29', [7])).toBe(7);
  });

  it('none lies past the horizon, and the last one before it', () => {
    expect(horizonOf(TODAY, DAYS)).toBe('2026-12-22');
    expect(horizonOf('2026-12-31', [1])).toBe('2027-01-02');
  });
});

describe('the papers of a holding', () => {
  const record = (given: Partial<DocumentRecord>): DocumentRecord => ({
    status: 'valid',
    data: {},
    ...given,
  });
  const holding = (scope: string, ...records: DocumentRecord[]): DocumentHolding => ({
    subject: 'somebody',
    scope,
    records,
    synced_at: new Date(now).toISOString(),
  });
  const daysIn = (scope: string, ...records: DocumentRecord[]) =>
    papersIn(holding(scope, ...records), now).map(({ expires }) => expires);

  it('are not those without an end, revoked, or over', () => {
    expect(
      daysIn(
        'doc:driving_licence',
        record({}),
        record({ status: 'revoked', expires_at: '2026-12-01' }),
        record({ expires_at: '2026-11-20' }),
      ),
    ).toEqual([]);
    expect(daysIn('doc:driving_licence', record({ expires_at: TODAY }))).toEqual([TODAY]);
  });

  it('are not those that were renewed under their number', () => {
    const old = record({ number: 'A1', expires_at: '2026-12-01' });
    expect(daysIn('doc:driving_licence', old, record({ number: 'A1' }))).toEqual([]);
    expect(daysIn('doc:driving_licence', old, record({ number: 'A1', expires_at: '2036-12-01' }))).toEqual([
      '2036-12-01',
    ]);
    expect(
      daysIn(
        'doc:driving_licence',
        old,
        record({ number: 'A1', status: 'revoked', expires_at: '2036-12-01' }),
      ),
    ).toEqual(['2026-12-01']);
    expect(daysIn('doc:driving_licence', old, record({ number: 'B2', expires_at: '2036-12-01' }))).toEqual([
      '2026-12-01',
      '2036-12-01',
    ]);
  });

  it('are not earlier cards, nor those of a scope that nobody knows', () => {
    const ending = record({ expires_at: '2026-12-01' });
    expect(daysIn('doc:id_card_history', ending)).toEqual([]);
    expect(daysIn('doc:unheard_of', ending)).toEqual([]);
  });

  it('are told once where the identity paper is one of them', () => {
    const [card] = papersIn(holding('doc:id_card', record({ expires_at: '2026-12-01' })), now);
    const [licence] = papersIn(holding('doc:driving_licence', record({ expires_at: '2026-12-01' })), now);
    const { subject } = person('all-documents');
    const same = { ...subject, identity_paper_expires_at: '2026-12-01' };
    expect([card?.isOf(subject), licence?.isOf(subject)]).toEqual([true, true]);
    expect([card?.isOf(same), licence?.isOf(same)]).toEqual([false, true]);
    expect(licence?.isOf({ ...subject, holder_type: 'organization' })).toBe(false);
  });
});
