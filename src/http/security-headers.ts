import { randomBytes } from 'node:crypto';
import { DAY, SECOND } from '../clock/clock.ts';
import { requestId } from '../telemetry/request-id.ts';
import type { Step } from './context.ts';

const HSTS_SECONDS = (2 * 365 * DAY) / SECOND;

/**
 * Headers of every response, errors included (OWASP ASVS 5.0 V3.4). No `form-action`: browsers apply it to the
 * redirect to the relying party as well. `same-origin` and not `no-referrer`: the latter makes our own forms
 * send `Origin: null`.
 */
export function securityHeaders(issuer: string): Step {
  const https = issuer.startsWith('https:');
  return (ctx, next) => {
    ctx.state.requestId = requestId();
    ctx.state.nonce = randomBytes(16).toString('base64');
    ctx.set({
      'Content-Security-Policy': [
        "default-src 'none'",
        `script-src 'nonce-${ctx.state.nonce}'`,
        "style-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      'Cache-Control': 'no-store',
      'X-Request-Id': ctx.state.requestId,
      ...(https ? { 'Strict-Transport-Security': `max-age=${HSTS_SECONDS}; includeSubDomains` } : {}),
    });
    return next();
  };
}
