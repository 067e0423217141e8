import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Middleware } from 'koa';
import { type AccentShades, accentShades } from '../../config/accent.ts';

/** The files every page links to. */
export interface Assets {
  /** The address of a file of the assets folder, with the hash of its content. An unknown name is a fault. */
  readonly address: (file: string) => string;
  /** The content by its address. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Answers GET and HEAD for those addresses alone and passes everything else on. */
  readonly serve: Middleware;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

/** Compared as a whole against the addresses known at start: no path is ever built from a request. */
const addressOf = (file: string, content: Buffer): string => {
  const { name, ext } = parse(file);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return `/assets/${name}.${hash}${ext}`;
};

const accentRule = ({ light, onLight, dark, onDark }: AccentShades): string =>
  `:root{--accent-light:${light};--on-accent-light:${onLight};--accent-dark:${dark};--on-accent-dark:${onDark}}\n`;

/**
 * Reads the folder once and puts the province's accent (`#rrggbb`) at the top of the stylesheet. An address changes
 * with its content, so browsers may keep it for a year. Throws `RangeError` for an accent that cannot be read.
 */
export function loadAssets(options: { readonly directory: string; readonly accent: string }): Assets {
  const accent = accentRule(accentShades(options.accent));
  const files = readdirSync(options.directory)
    .filter((file) => TYPES[parse(file).ext])
    .map((file) => {
      const source = readFileSync(join(options.directory, file), 'utf8');
      const content = Buffer.from(file.endsWith('.css') ? accent + source : source);
      const type = TYPES[parse(file).ext] ?? '';
      return {
        file,
        address: addressOf(file, content),
        type,
        content,
        compressed: brotliCompressSync(content),
      };
    });
  const addresses = new Map(files.map(({ file, address }) => [file, address]));
  const byAddress = new Map(files.map((file) => [file.address, file]));
  return {
    address: (file) => {
      const address = addresses.get(file);
      if (!address) throw new Error(`there is no asset "${file}"`);
      return address;
    },
    files: new Map(files.map(({ address, content }) => [address, content])),
    serve: async (ctx, next) => {
      const asset = ctx.method === 'GET' || ctx.method === 'HEAD' ? byAddress.get(ctx.path) : undefined;
      if (!asset) return next();
      const brotli = ctx.acceptsEncodings('br', 'identity') === 'br';
      if (brotli) ctx.set('Content-Encoding', 'br');
      ctx.vary('Accept-Encoding');
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
      ctx.set('X-Content-Type-Options', 'nosniff');
      ctx.type = asset.type;
      ctx.body = brotli ? asset.compressed : asset.content;
    },
  };
}
