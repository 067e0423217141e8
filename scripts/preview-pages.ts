/**
 * Writes every page, in every state and language, and every letter, to a folder for looking at:
 * `node scripts/preview-pages.ts [folder] [accent]`, then open the files in a browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { accentShades } from '../src/config/accent.ts';
import { loadAssets } from '../src/http/pages/assets.ts';
import { createRenderer } from '../src/http/pages/renderer.ts';
import { LANGUAGES } from '../src/messages/language.ts';
import { createLetterWriter } from '../src/outbox/render.ts';
import { expiresAt, letters, waiting } from '../test/unit/outbox/sample-letters.ts';
import { samples } from '../test/unit/pages/sample-pages.ts';

const folder = resolve(process.argv[2] ?? join(tmpdir(), 'motcua-pages'));
const views = join(import.meta.dirname, '..', 'views');
const assets = loadAssets({ directory: join(views, 'assets'), accent: process.argv[3] ?? '#0b5cad' });
const province = { vi: 'Tỉnh Mẫu', en: 'Sample Province' };
const renderer = createRenderer({
  views,
  assets,
  issuer: 'https://id.tinhmau.example',
  province: { name: province, accent: '#0b5cad' },
});

const write = (file: string, content: string | Buffer): void => {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};

for (const [address, content] of assets.files) write(address, content);
for (const language of LANGUAGES) {
  for (const { name, page, model } of samples) {
    const languageSwitch = `${name}.${language === 'vi' ? 'en' : 'vi'}.html`;
    const html = renderer.render(page, model, {
      language,
      csrf: 'preview',
      nonce: 'preview',
      languageSwitch,
    });
    write(`${name}.${language}.html`, html.replaceAll('"/assets/', '"assets/'));
  }
}
const { light, onLight } = accentShades(process.argv[3] ?? '#0b5cad');
const writeLetter = createLetterWriter({ province, accent: { light, onLight } });
for (const [index, letter] of letters.entries()) {
  const { html, text } = writeLetter(waiting(letter), expiresAt);
  write(`letter-${index + 1}-${letter.kind}.html`, html);
  write(`letter-${index + 1}-${letter.kind}.txt`, text);
}
process.stdout.write(
  `${String(samples.length * LANGUAGES.length)} pages and ${String(letters.length)} letters in ${folder}\n`,
);
