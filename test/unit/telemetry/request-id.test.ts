import { expect, test } from 'vitest';
import { requestId } from '../../../src/telemetry/request-id.ts';

const many = Array.from({ length: 2000 }, requestId);

test('a request id has no letter that is misheard, in two groups of five', () => {
  for (const id of many) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
});

test('request ids do not repeat, and use every letter', () => {
  expect(new Set(many).size).toBe(many.length);
  expect(new Set(many.join('').replaceAll('-', '')).size).toBe(32);
});
