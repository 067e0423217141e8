import { expect, test } from 'vitest';
import { formatDate, formatDay, formatMoment, formatTime } from '../../../src/messages/format.ts';

test.each(['', '21/11/2026', '2026-11-21T00:00:00Z', '2026-1-2'])('"%s" is not a calendar date', (text) => {
  expect(() => formatDate(text)).toThrow('calendar date');
});

test('a calendar date keeps its day whatever the zone', () => {
  expect(formatDate('2026-01-02')).toBe('02/01/2026');
});

test('a moment is told in the time of Vietnam, where the next day begins at 17:00 UTC', () => {
  expect(formatDay(Date.parse('2026-12-31T16:59:59Z'))).toBe('31/12/2026');
  expect(formatDay(Date.parse('2026-12-31T17:00:00Z'))).toBe('01/01/2027');
  expect(formatTime(Date.parse('2026-12-31T17:00:00Z'))).toBe('00:00');
  expect(formatMoment(Date.parse('2026-11-21T00:30:00Z'))).toBe('21/11/2026 07:30');
});
