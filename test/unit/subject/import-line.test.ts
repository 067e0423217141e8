import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImportLine } from '../../../src/subject/import-line.ts';

const now = Date.parse('2026-11-21T05:00:00Z');
const good = {
  personal_number: '098096000001',
  name: 'Nguyễn Văn An',
  birthdate: '1996-03-14',
  gender: 'male',
  level: 1,
};
const read = (line: unknown) => readImportLine(typeof line === 'string' ? line : JSON.stringify(line), now);
const problems = (line: unknown): string[] => {
  const found = read(line);
  return 'problems' in found ? found.problems.map(({ field, says }) => `${field}: ${says}`) : [];
};

describe('a line of an import', () => {
  it('that is no object of a person says so', () => {
    for (const line of ['', '{', '[]', 'null', '"098096000001"', '{}x'])
      expect(problems(line), line).toEqual(['line: must be one JSON object']);
  });

  it('brings no password, however it is called, and nothing that is no field of a person', () => {
    for (const key of ['password', 'Password_Hash'])
      expect(problems({ ...good, [key]: 'hoa-sen' })).toEqual([
        `${key}: passwords are not imported: people choose theirs when they activate the account`,
      ]);
    expect(problems({ ...good, nickname: 'An' })).toEqual(['nickname: is not a field of a person']);
    expect(problems({ ...good, status: { kind: 'active' } })).toEqual(['status: is not a field of a person']);
  });

  it.each([
    ['personal_number', '09809600000', 'must have exactly 12 digits'],
    ['personal_number', 98096000001, 'must be text of 12 digits'],
    ['personal_number', undefined, 'is missing'],
    ['former_numbers', ['098096000001'], 'repeats a number'],
    ['name', 'An\u202eb', 'must be one line of 1 to 200 characters'],
    ['name', ' ', 'must be one line of 1 to 200 characters'],
    ['name', 'An \ud800', 'must be one line of 1 to 200 characters'],
    ['name', '\u200b\u200f', 'must hold letters'],
    ['name', 'An 098096000002', 'must hold no digits'],
    ['birthdate', '2026-02-30', 'must be a date, "1996-03-14"'],
    ['birthdate', '2026-11-22', 'is in the future'],
    ['gender', 'Nam', 'must be "male" or "female"'],
    ['level', 3, 'must be 1 or 2'],
    ['level', undefined, 'is missing: every citizen has one'],
    ['holder_type', 'organization', 'must be "citizen" or "foreigner"'],
    ['email', 'An <an@congdan.example>', 'must be a plain e-mail address'],
    ['email', 'an@congdan.example\r\nBcc: x@congdan.example', 'must be a plain e-mail address'],
    ['phone', '12345', 'must be a Vietnamese mobile number, "+84" and 9 digits'],
    ['closed', { cause: 'dissolved', since: '2026-05-05T00:00:00Z' }, undefined],
  ])('with a wrong %s is refused: %j', (field, value, says) => {
    const found = problems({ ...good, [field]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(says === undefined ? `${field}.cause` : `${field}: ${says}`);
  });

  it('tells every problem at once and repeats no value', () => {
    const line = { ...good, personal_number: 'so-bi-mat', gender: 'rieng-tu', email: 'khong-phai' };
    const found = problems(line);
    expect(found).toHaveLength(3);
    expect(found.join()).not.toMatch(/so-bi-mat|rieng-tu|khong-phai/);
  });

  it('of a foreigner needs a nationality, and no level', () => {
    const { level: _, ...foreigner } = { ...good, holder_type: 'foreigner' };
    expect(problems(foreigner)).toEqual(['nationality: is missing']);
    expect(problems({ ...foreigner, nationality: 'KOR' })).toEqual([]);
  });

  it('makes an account that waits for its owner, with nothing confirmed', () => {
    const line = {
      ...good,
      name: ' Nguyễn  Văn An ',
      email: 'van.an@congdan.example',
      phone: '0970 000 001',
    };
    expect(read(line)).toEqual({
      subject: {
        holder_type: 'citizen',
        level: 1,
        personal_number: '098096000001',
        former_numbers: [],
        name: 'Nguyễn Văn An',
        birthdate: '1996-03-14',
        gender: 'male',
        nationality: 'VNM',
        email: { address: 'van.an@congdan.example', verified: false },
        phone: { number: '+84970000001', verified: false },
        status: { kind: 'not_activated' },
        synced_at: '2026-11-21T05:00:00.000Z',
      },
    });
  });

  it('can close an account from the start', () => {
    const closed = { cause: 'deceased', since: '2026-05-05T00:00:00Z' };
    expect(read({ ...good, closed })).toMatchObject({ subject: { status: { kind: 'closed', ...closed } } });
  });

  it('is right in every line of the example', () => {
    const file = join(import.meta.dirname, '..', '..', '..', 'config', 'example', 'people.jsonl');
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(problems(line), line).toEqual([]);
  });
});
