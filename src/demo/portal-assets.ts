import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Context } from 'koa';

interface Asset {
  readonly type: string;
  readonly content: Buffer;
  readonly etag: string;
}

function asset(name: string, type: string): [string, Asset] {
  const content = readFileSync(new URL(`assets/${name}`, import.meta.url));
  const etag = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  return [name, { type, content, etag }];
}

const assets = new Map([
  asset('portal.css', 'text/css; charset=utf-8'),
  asset('copy.js', 'text/javascript; charset=utf-8'),
  asset('codes.js', 'text/javascript; charset=utf-8'),
  asset('icon.svg', 'image/svg+xml'),
]);

/** Serves one of the listed files; any other name stays unanswered. */
export function serveAsset(ctx: Context, name: string | undefined): void {
  const found = assets.get(name ?? '');
  if (found === undefined) return;
  ctx.type = found.type;
  ctx.set('Cache-Control', 'no-cache');
  ctx.etag = found.etag;
  ctx.status = 200;
  if (ctx.fresh) ctx.status = 304;
  else ctx.body = found.content;
}
