import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { devSentences } from '../../../src/demo/dev-sentences.ts';
import { fillIn, portalSentences } from '../../../src/demo/portal-sentences.ts';

const folder = new URL('../../../src/demo/', import.meta.url);
const sources = (path: string, ending: string) =>
  readdirSync(new URL(path, folder))
    .filter((name) => name.endsWith(ending) && !name.endsWith('-sentences.ts'))
    .map((name) => readFileSync(new URL(`${path}${name}`, folder), 'utf8'));
const text = [...sources('./', '.ts'), ...sources('./views/', '.pug')].join('\n');
const sentences = Object.entries({ ...portalSentences, ...devSentences });
const placeholders = (sentence: string) =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('a sentence', () => {
  it('that lacks a value is a fault', () => {
    expect(() => fillIn('Thủ tục: {title}', {})).toThrow('title');
  });

  it('does not read its values as placeholders', () => {
    expect(fillIn('{a} {b}', { a: '{b}', b: 'x' })).toBe('{b} x');
  });

  it.each(sentences)('%s exists in both languages with the same values, in NFC', (_, { vi, en }) => {
    expect(vi.length * en.length).toBeGreaterThan(0);
    expect(placeholders(vi)).toEqual(placeholders(en));
    expect(vi).toBe(vi.normalize('NFC'));
  });

  it.each(sentences.filter(([key]) => !key.includes('.')))('%s is used', (key) => {
    expect(text.includes(`'${key}'`)).toBe(true);
  });
});

it('views use only sentences that exist', () => {
  const used = [...text.matchAll(/\bt\('([^']+)'[),]/g)].map(([, key = '']) => key);
  expect(used.length).toBeGreaterThan(40);
  expect(used.filter((key) => !Object.hasOwn(devSentences, key))).toEqual([]);
});
