import type Provider from 'oidc-provider';
import type { errors } from 'oidc-provider';
import type { ProtocolContext } from './pages.ts';

/** What an operator wants to know of the protocol's endpoints; errors to relying parties say little by design. */
export interface ProtocolObserver {
  /** A request was refused; `reason` may name details that the answer left out. */
  refused(ctx: ProtocolContext, error: string, reason: string | undefined): void;
  /** A fault of ours, after its answer was made: the observer may still change that. */
  fault(ctx: ProtocolContext, error: unknown): void;
}

export function observe(provider: Provider, { refused, fault }: ProtocolObserver): void {
  const listener = (
    ctx: ProtocolContext,
    { error, error_detail, error_description }: errors.OIDCProviderError,
  ) => refused(ctx, error, error_detail ?? error_description);
  provider.on('authorization.error', listener);
  provider.on('grant.error', listener);
  provider.on('userinfo.error', listener);
  provider.on('pushed_authorization_request.error', listener);
  provider.on('introspection.error', listener);
  provider.on('revocation.error', listener);
  provider.on('server_error', fault);
}
