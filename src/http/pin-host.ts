import type { Step } from './context.ts';
import { Refused } from './refusal.ts';

/** Health checks come by address, not by name. */
const BY_ADDRESS = new Set(['/healthz', '/readyz']);

/**
 * What the request says of its origin is what we know of it: scheme and host are the issuer's own, whatever a
 * proxy or a sender wrote, and an address of a client counts only where a proxy is configured.
 */
export function trustForwarding({ issuer, hops }: { issuer: string; hops: number }): Step {
  const scheme = new URL(issuer).protocol.slice(0, -1);
  return (ctx, next) => {
    const { headers } = ctx.req;
    delete headers['x-forwarded-host'];
    headers['x-forwarded-proto'] = scheme;
    if (hops === 0) delete headers['x-forwarded-for'];
    return next();
  };
}

/**
 * The issuer is the only name this server answers to. The library derives endpoint addresses and accepted
 * audiences from `Host` and from a target in absolute form, so a request under another name, under two, or
 * with anything but a path ends here (RFC 9110 section 7.4, RFC 9112 section 3.2).
 */
export function pinHost(issuer: string): Step {
  const { host } = new URL(issuer);
  return (ctx, next) => {
    if (BY_ADDRESS.has(ctx.path)) return next();
    const named = ctx.req.headersDistinct.host ?? [];
    const ours = named.length === 1 && named[0]?.toLowerCase() === host;
    if (!ours || !ctx.originalUrl.startsWith('/')) throw new Refused('wrong_host');
    return next();
  };
}
