import { expect, test } from 'vitest';
import { maskName, normalizeName } from '../../../src/subject/person-name.ts';

test('two spellings of one name become one, and letters stay', () => {
  expect(normalizeName('  Nguye\u0302\u0303n   Va\u0306n\u00a0An ')).toBe('Nguyễn Văn An');
  expect(normalizeName("H'Pơng Niê")).toBe("H'Pơng Niê");
});

test('a masked name tells neither the words nor their length', () => {
  expect(maskName('Nguyễn Văn An')).toBe('N••• V••• A•••');
  expect(maskName('Ðỗ')).toHaveLength(maskName('Ðoàn').length);
});
