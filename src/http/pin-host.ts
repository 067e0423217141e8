import type { Step } from './context.ts';
import { Refused } from './refusal.ts';

/** Health checks come by address, not by name. */
const BY_ADDRESS = new Set(['/healthz', '/readyz']);

/**
 * The issuer is the only name this server answers to. The library derives endpoint addresses and accepted
 * audiences from `Host`, so a request under another name ends here; for those that pass, host and scheme are
 * the issuer's own, whatever a proxy or a sender wrote (RFC 9110 section 7.4).
 */
export function pinHost(issuer: string): Step {
  const { host, protocol } = new URL(issuer);
  return (ctx, next) => {
    if (BY_ADDRESS.has(ctx.path)) return next();
    const { headers } = ctx.req;
    if (headers.host?.toLowerCase() !== host) throw new Refused('wrong_host');
    delete headers['x-forwarded-host'];
    headers['x-forwarded-proto'] = protocol.slice(0, -1);
    return next();
  };
}
