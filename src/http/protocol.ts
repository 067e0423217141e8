import compose from 'koa-compose';
import { observe } from '../oidc/events.ts';
import type { ProtocolContext } from '../oidc/pages.ts';
import type { OidcProvider } from '../oidc/provider.ts';
import { StorageUnavailable } from '../storage/contract.ts';
import type { Log } from '../telemetry/log.ts';
import { pathPattern } from './access-log.ts';
import type { Step } from './context.ts';
import { endpointOf } from './endpoint.ts';

const RETRY_SECONDS = '5';
/** Public and the same for everybody, for as long as a change of keys may take to be seen. */
const CACHED = 'public, max-age=60';
const PUBLIC = new Set([
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/jwks',
]);

/** Relying parties are servers: no page of another origin has to read any answer but the public documents. */
const CROSS_ORIGIN = ['Access-Control-Allow-Origin', 'Access-Control-Expose-Headers'];

/**
 * The protocol's own endpoints. What the library answers stays as it is, but for three things: a storage that is
 * away is 503 and not 500, the public documents may be cached, and nothing else is for pages of other origins.
 */
export function protocol(provider: OidcProvider, log: Log): Step {
  const about = (ctx: ProtocolContext) => ({
    path: pathPattern(ctx.path),
    request_id: String(ctx.state.requestId),
  });
  observe(provider, {
    refused: (ctx, error, reason) =>
      log.info({ ...about(ctx), error, ...(reason ? { reason } : {}) }, 'protocol request refused'),
    fault(ctx, error) {
      log.error({ ...about(ctx), err: error }, 'protocol fault');
      if (error instanceof StorageUnavailable && ctx.status === 500) {
        ctx.status = 503;
        ctx.set('Retry-After', RETRY_SECONDS);
      }
    },
  });
  const endpoints = compose(provider.middleware) as unknown as Step;
  return async (ctx, next) => {
    if (PUBLIC.has(endpointOf(ctx.path))) {
      await endpoints(ctx, next);
      if (ctx.status === 200) ctx.set('Cache-Control', CACHED);
      return;
    }
    if (ctx.method === 'OPTIONS') return next();
    try {
      await endpoints(ctx, next);
    } finally {
      for (const header of CROSS_ORIGIN) ctx.remove(header);
    }
  };
}
