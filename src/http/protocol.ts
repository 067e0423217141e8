import compose from 'koa-compose';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { StorageUnavailable } from '../storage/contract.ts';
import type { Log } from '../telemetry/log.ts';
import type { Step } from './context.ts';

const RETRY_SECONDS = '5';
/** Public and the same for everybody, for as long as a change of keys may take to be seen. */
const PUBLIC = new Map([
  ['/.well-known/openid-configuration', 'public, max-age=60'],
  ['/jwks', 'public, max-age=60'],
]);

/**
 * The protocol's own endpoints. What the library answers stays as it is, but for two things: a storage that is
 * away is 503 and not 500, and the public documents may be cached.
 */
export function protocol(provider: Provider, log: Log): Step {
  provider.on('server_error', (ctx, error) => {
    log.error({ err: error, path: ctx.path, request_id: String(ctx.state['requestId']) }, 'protocol fault');
    if (error instanceof StorageUnavailable && ctx.status === 500) {
      ctx.status = 503;
      ctx.set('Retry-After', RETRY_SECONDS);
    }
  });
  const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => {
    const reason = error.error_detail ?? error.error_description;
    log.info(
      { error: error.error, path: ctx.path, request_id: String(ctx.state['requestId']), ...(reason ? { reason } : {}) },
      'protocol request refused',
    );
  };
  provider.on('authorization.error', refused);
  provider.on('grant.error', refused);
  provider.on('userinfo.error', refused);
  provider.on('pushed_authorization_request.error', refused);
  const endpoints = compose(provider.middleware) as unknown as Step;
  return async (ctx, next) => {
    const cacheable = PUBLIC.get(ctx.path);
    if (cacheable !== undefined) ctx.set('Cache-Control', cacheable);
    await endpoints(ctx, next);
  };
}
