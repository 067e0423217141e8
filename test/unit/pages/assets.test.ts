import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Koa from 'koa';
import request from 'supertest';
import { afterAll, expect, test } from 'vitest';
import { loadAssets } from '../../../src/http/pages/assets.ts';

const directory = mkdtempSync(join(tmpdir(), 'assets-'));
afterAll(() => rmSync(directory, { recursive: true }));
writeFileSync(join(directory, '2-forms.css'), 'input { color: inherit }\n');
writeFileSync(join(directory, '1-base.css'), 'body { color: var(--accent-light) }\n');
writeFileSync(join(directory, 'site.js'), 'document.title;\n');
writeFileSync(join(directory, 'notes.txt'), 'not for the public\n');

const assets = loadAssets({ directory, accent: '#0b5cad' });
const css = assets.address('site.css');
const agent = request(new Koa().use(assets.serve).callback());

test.each([
  '/assets/site.css',
  '/assets/1-base.css',
  css.replace('/site.', '/1-base.'),
  '/assets/notes.txt',
  '/assets/',
  '/assets',
  css.replace('.css', '.CSS'),
  `${css}/`,
  `/assets/../assets/${css.slice('/assets/'.length)}`,
  css.replace('/assets/', '/assets/%2e%2e/assets/'),
  css.replace('/assets/', '/assets//'),
  css.replace(/\.[0-9a-f]+\./, '.0000000000000000.'),
  '/assets/__proto__',
])('%s is nothing of ours', async (path) => {
  const { status } = await agent.get(path);
  expect(status).toBe(404);
});

test.each(['post', 'put', 'delete'] as const)('%s is not a way to ask for an asset', async (method) => {
  const { status } = await agent[method](css);
  expect(status).toBe(404);
});

test('an asset that does not exist is a fault at start, not a broken page', () => {
  expect(() => assets.address('notes.txt')).toThrow('notes.txt');
});

test('an accent that cannot be read stops the start', () => {
  expect(() => loadAssets({ directory, accent: '#ffff00' })).toThrow(RangeError);
});

test('the stylesheet is one, its parts by name after the accent; it may be kept for a year and cannot be read as anything else', async () => {
  const { status, headers, text } = await agent.get(css);
  expect(status).toBe(200);
  expect(text).toMatch(
    /^:root\{--accent-light:#0b5cad;--on-accent-light:#ffffff;--accent-dark:#[0-9a-f]{6};/,
  );
  expect(text).toMatch(/body \{ color: var\(--accent-light\) \}\s+input \{ color: inherit \}/);
  expect(headers['content-type']).toBe('text/css; charset=utf-8');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers.vary).toContain('Accept-Encoding');
});

test('the same content arrives plain and compressed', async () => {
  const plain = await agent.get(css).set('Accept-Encoding', 'identity');
  expect(plain.headers['content-encoding']).toBeUndefined();
  const compressed = await agent.get(css).set('Accept-Encoding', 'br');
  expect(compressed.headers['content-encoding']).toBe('br');
  expect(compressed.text).toBe(plain.text);
});

test('another accent gives another address', () => {
  expect(loadAssets({ directory, accent: '#7a1f1f' }).address('site.css')).not.toBe(css);
  expect(loadAssets({ directory, accent: '#7a1f1f' }).address('site.js')).toBe(assets.address('site.js'));
});
