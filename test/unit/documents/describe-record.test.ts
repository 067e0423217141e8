import { describe, expect, test } from 'vitest';
import { describeRecord } from '../../../src/documents/describe-record.ts';
import { releaseDocument } from '../../../src/documents/release.ts';
import type { DocumentRecord } from '../../../src/documents/scope.ts';
import type { Language } from '../../../src/messages/language.ts';
import { card, documentNamed, holdingOf, noon } from './a-holding.ts';

const line = (name: string, record: DocumentRecord, language: Language = 'vi', now = noon) => {
  const scope = documentNamed(name);
  const [released] = releaseDocument(scope, holdingOf(name, record), { holder_type: 'citizen' }, now);
  if (released === undefined) throw new Error('nothing released');
  return describeRecord(scope, released, language);
};

describe('why there is no paper', () => {
  test.each([
    ['not_issued', 'Không có trong cơ sở dữ liệu', 'None on record'],
    ['registry_unavailable', 'Chưa lấy được dữ liệu từ cơ quan quản lý', 'The registry could not be reached'],
  ] as const)('%s', (unavailable, vi, en) => {
    const scope = documentNamed('doc:id_card');
    const released = { unavailable, issuer: scope.issuer.id };
    expect(describeRecord(scope, released, 'vi')).toEqual({ text: vi, state: 'missing' });
    expect(describeRecord(scope, released, 'en')).toEqual({ text: en, state: 'missing' });
  });
});

describe('a paper', () => {
  test('that has run out says since when', () => {
    const later = noon + 2 * 86_400_000;
    expect(line('doc:id_card', card, 'vi', later)).toEqual({
      text: '097 184 000 002 · đã hết hạn ngày 21/11/2026',
      state: 'expired',
    });
  });

  test('that was revoked says so, not when it would have run out', () => {
    const data = { kind: 'CMND' };
    expect(line('doc:id_card_history', { ...card, status: 'revoked', number: '970000002', data })).toEqual({
      text: 'CMND · 970 000 002 · không còn hiệu lực',
      state: 'revoked',
    });
  });

  test('in force says until when, in the language of the page', () => {
    expect(line('doc:id_card', card)).toEqual({
      text: '097 184 000 002 · có giá trị đến hết ngày 21/11/2026',
      state: 'valid',
    });
    expect(line('doc:id_card', card, 'en').text).toBe('097 184 000 002 · valid until 21/11/2026');
  });

  test('without a last day says when it was issued, under the name its document gives that day', () => {
    const visit: DocumentRecord = {
      status: 'valid',
      issued_at: '2026-04-06',
      data: { facility: 'Trạm y tế' },
    };
    expect(line('doc:health_record', visit).text).toBe('Trạm y tế · Ngày khám 06/04/2026');
  });

  test('without number and days is in force', () => {
    expect(line('doc:residence', { status: 'valid', data: {} })).toEqual({
      text: 'Đang có hiệu lực',
      state: 'valid',
    });
  });
});
