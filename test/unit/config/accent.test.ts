import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accentReadable, accentShades, contrast } from '../../../src/config/accent.ts';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

test('an accent too pale for white text is refused', () => {
  expect(accentReadable('#ffcc00')).toBe(false);
  expect(() => accentShades('#ffcc00')).toThrow(RangeError);
});

test('contrast agrees with the figures of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
});

test('every accepted accent reads on both grounds and carries its text', () => {
  fc.assert(
    fc.property(colour.filter(accentReadable), (accent) => {
      const { light, onLight, dark, onDark } = accentShades(accent);
      expect(light).toBe(accent);
      expect(contrast(light, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(light, onLight)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, '#14171c')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, onDark)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('the dark shade stays near the accent and does not fade to white', () => {
  expect(accentShades('#0b5cad').dark).toMatch(/^#[3-9][0-9a-f][7-9a][0-9a-f][b-d][0-9a-f]$/);
});
