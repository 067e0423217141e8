import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusalCode, refusals } from '../../../src/messages/errors.ts';
import { LANGUAGES } from '../../../src/messages/language.ts';
import { sentences } from '../../../src/messages/translate.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([name]) => name).sort();

const groups = new Set([...sentences.keys()].map((key) => key.split('.')[0] ?? ''));

/** Quoted words that look like a key, as a pattern: a group, a dot, a name; `${…}` stands for any name. */
function mentionsIn(files: string): { readonly text: string; readonly pattern: RegExp }[] {
  const texts = globSync(files, { cwd: root })
    .filter((file) => !file.startsWith(join('src', 'messages')))
    .flatMap((file) => [
      ...readFileSync(join(root, file), 'utf8').matchAll(/(['`])(\w+(?:\.(?:\w+|\$\{[^}]*\}))+)\1/g),
    ])
    .map((match) => match[2] ?? '')
    .filter((text) => groups.has(text.split('.')[0] ?? ''));
  return [...new Set(texts)].map((text) => ({
    text,
    pattern: new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '\\w+')}$`),
  }));
}

test('no template asks for a sentence that does not exist', () => {
  const mentions = mentionsIn('views/**/*.pug');
  expect(mentions.length).toBeGreaterThan(50);
  const unknown = mentions.filter(({ pattern }) => ![...sentences.keys()].some((key) => pattern.test(key)));
  expect(unknown.map(({ text }) => text)).toEqual([]);
});

test('no sentence is kept that nobody shows', () => {
  const mentions = [...mentionsIn('views/**/*.pug'), ...mentionsIn('src/**/*.ts')];
  const unused = [...sentences.keys()].filter((key) => !mentions.some(({ pattern }) => pattern.test(key)));
  expect(unused).toEqual([]);
});

test('no sentence lacks a language, a composed letter or a place for a value', () => {
  const broken = [...sentences].filter(
    ([, sentence]) =>
      LANGUAGES.some((language) => {
        const text = sentence[language];
        return text === '' || text !== text.trim().normalize('NFC') || /[<>&]/.test(text);
      }) || placeholders(sentence.en).join() !== placeholders(sentence.vi).join(),
  );
  expect(sentences.size).toBeGreaterThan(100);
  expect(broken.map(([key]) => key)).toEqual([]);
});

test('no sentence uses a protocol term or a stiff form of address', () => {
  const said = [...sentences.values()].flatMap(({ vi, en }) => [vi, en]).join('\n');
  expect(said).not.toMatch(/quý vị|oauth|openid|client|token|redirect|scope|\bacr\b|\bRP\b/i);
});

test("a sender's mistake is not logged as an error of ours, a fault of ours is", () => {
  const loud = Object.entries(refusals).filter(([, { logLevel }]) => logLevel === 'error');
  expect(loud.map(([code]) => code).sort()).toEqual(['server_error', 'storage_unavailable']);
});

test.each(['__proto__', 'constructor', 'toString', 'nothing of ours', ''])(
  'the code "%s" that is not in the table reads as a fault of ours',
  (code) => {
    expect(refusalCode(code)).toBe('server_error');
  },
);
