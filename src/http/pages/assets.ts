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
  `:root{--accent-light:${light};--on-accent-light:${onLight};--accent-dark:${dark};--on-accent-dark:${onDark}}`;

/** The one stylesheet that pages link to. */
const STYLESHEET = 'site.css';

/** The library for passkeys, as its makers deliver it to browsers: beside the modules that it is made of. */
const WEBAUTHN = {
  file: 'webauthn.js',
  address: new URL('../dist/bundle/index.umd.min.js', import.meta.resolve('@simplewebauthn/browser')),
};

/** What stands in the folder, under the names that pages use: the parts of the stylesheet are one there. */
function sourcesIn(directory: string, accent: string): { readonly file: string; readonly source: string }[] {
  const read = (file: string) => readFileSync(join(directory, file), 'utf8');
  const files = readdirSync(directory)
    .filter((file) => TYPES[parse(file).ext])
    .sort();
  const [parts, others] = [files.filter(isStyle), files.filter((file) => !isStyle(file))];
  return [
    { file: STYLESHEET, source: [accent, ...parts.map(read)].join('\n') },
    ...others.map((file) => ({ file, source: read(file) })),
    { file: WEBAUTHN.file, source: readFileSync(WEBAUTHN.address, 'utf8') },
  ];
}

const isStyle = (file: string): boolean => file.endsWith('.css');

/**
 * Reads the folder once. Its stylesheets, in the order of their names, are served as one that begins with the
 * province's accent (`#rrggbb`). An address changes with its content, so browsers may keep it for a year. Throws
 * `RangeError` for an accent that cannot be read.
 */
export function loadAssets(options: { readonly directory: string; readonly accent: string }): Assets {
  const accent = accentRule(accentShades(options.accent));
  const files = sourcesIn(options.directory, accent).map(({ file, source }) => {
    const content = Buffer.from(source);
    return {
      file,
      address: addressOf(file, content),
      type: TYPES[parse(file).ext] ?? '',
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
