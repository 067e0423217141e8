import type { Context, Next } from 'koa';
import { seeOther } from './see-other.ts';

const loopbackNames = new Set(['localhost', '[::1]']);

/** The headers of every answer; `formTargets` are origins that a form may end at by redirect. */
export const contentSecurityPolicy = (formTargets: readonly string[] = []): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

export function securityHeaders(issuer: string) {
  const policy = contentSecurityPolicy([issuer]);
  return async (ctx: Context, next: Next) => {
    ctx.set({
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      // The address of a callback carries a code: it goes to nobody else.
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    });
    await next();
  };
}

/**
 * Somebody who typed localhost is sent to the portal's own origin: cookies set under another name would be
 * missing when the provider sends the browser back.
 */
export function ownOrigin(origin: string) {
  const own = new URL(origin).hostname;
  return async (ctx: Context, next: Next) => {
    const asked = ctx.host.replace(/:\d+$/, '');
    if (asked !== own && loopbackNames.has(asked) && ctx.method === 'GET')
      return seeOther(ctx, `${origin}/${ctx.url.replace(/^\/+/, '')}`);
    await next();
  };
}

/** A form of another site is known by its `Origin` (Fetch standard); browsers send it with every POST. */
export const isForeignForm = (ctx: Context, origin: string): boolean => {
  const sent = ctx.get('Origin');
  return sent !== '' && sent !== origin;
};
