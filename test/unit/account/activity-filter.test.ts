import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../src/audit/trail.ts';
import { csvCell } from '../../../src/http/account/activity-download.ts';
import { boundsOf, latestMonths } from '../../../src/http/account/activity-filter.ts';
import { readActivity } from '../../../src/http/account/activity-read.ts';

describe('a month', () => {
  test('begins and ends at midnight in Vietnam', () => {
    const { from, to } = boundsOf('2026-12');
    expect(new Date(from).toISOString()).toBe('2026-11-30T17:00:00.000Z');
    expect(new Date(to).toISOString()).toBe('2026-12-31T17:00:00.000Z');
  });

  test('is the present one in Vietnam, also on the eve elsewhere', () => {
    expect(latestMonths(Date.parse('2026-12-31T17:00:00Z'), 3)).toEqual(['2027-01', '2026-12', '2026-11']);
    expect(latestMonths(Date.parse('2026-12-31T16:59:59Z'), 1)).toEqual(['2026-12']);
  });
});

describe('a cell of the spreadsheet', () => {
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '＝1',
    '|calc',
    '=HYPERLINK("https://evil.example")',
  ])('calculates nothing: %j', (text) => {
    expect(csvCell(text)).toBe(`"'${text.replaceAll('"', '""')}"`);
  });

  test('ends neither its cell nor its line', () => {
    expect(csvCell('a","b\r\n=c')).toBe('"a"",""b\r\n=c"');
  });
});

describe('what is read for one page', () => {
  const event: AuditEvent = {
    instance: 'i',
    sequence: 0,
    at: 0,
    kind: 'sign_in.proved',
    previous: '',
    hash: '',
  };
  const endless = (asked: number[]) => ({
    read: async (_subject: string, { limit, after }: { limit: number; after?: { at: number } }) => {
      asked.push(limit);
      const first = (after?.at ?? 100_000) - 1;
      return Array.from({ length: limit }, (_, index) => ({ id: 'i', at: first - index, event }));
    },
  });

  test('is bounded where nothing matches, and tells where to go on', async () => {
    const asked: number[] = [];
    const found = await readActivity(endless(asked), 'somebody', { limit: 20, matches: () => false });
    expect(found).toEqual({ events: [], next: { id: 'i', at: 99_000 } });
    expect(asked).toHaveLength(10);
  });

  test('goes on after the last that was shown, not after the last that was read', async () => {
    const { events, next } = await readActivity(endless([]), 'somebody', { limit: 3, matches: () => true });
    expect(events.map(({ at }) => at)).toEqual([99_999, 99_998, 99_997]);
    expect(next?.at).toBe(99_997);
  });
});
