/**
 * Writes every page, in every state and language, to a folder for looking at:
 * `node scripts/preview-pages.ts [folder] [accent]`, then open the files in a browser.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { loadAssets } from '../src/http/pages/assets.ts';
import { createRenderer } from '../src/http/pages/renderer.ts';
import { LANGUAGES } from '../src/messages/language.ts';
import { samples } from '../test/unit/pages/sample-pages.ts';

const folder = resolve(process.argv[2] ?? join(tmpdir(), 'motcua-pages'));
const views = join(import.meta.dirname, '..', 'views');
const assets = loadAssets({ directory: join(views, 'assets'), accent: process.argv[3] ?? '#0b5cad' });
const renderer = createRenderer({
  views,
  assets,
  issuer: 'https://id.tinhmau.example',
  province: { name: { vi: 'Tỉnh Mẫu', en: 'Sample Province' }, accent: '#0b5cad' },
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
process.stdout.write(`${String(samples.length * LANGUAGES.length)} pages in ${folder}\n`);
