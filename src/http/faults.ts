import { Overloaded } from '../keys/argon2-pool.ts';
import { type RefusalCode, refusalOf } from '../messages/errors.ts';
import { StorageUnavailable } from '../storage/contract.ts';
import type { Log } from '../telemetry/log.ts';
import type { Context, Step } from './context.ts';
import { endpointOf } from './endpoint.ts';
import { Refused } from './refusal.ts';
import type { ShowPage } from './show-page.ts';

const RETRY_SECONDS = 5;

/** Where programs ask: one that names no format, or any, gets JSON. */
const ENDPOINTS = new Set([
  '/.well-known/openid-configuration',
  '/jwks',
  '/par',
  '/token',
  '/userinfo',
  '/introspect',
  '/revoke',
]);

interface Problem {
  readonly code: RefusalCode;
  readonly retryAfter?: number | undefined;
}

/** Which row of the table of refusals a thrown value is. What is not expected is a fault of ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) return { code: error.code, retryAfter: error.retryAfter };
  if (error instanceof StorageUnavailable) return { code: 'storage_unavailable', retryAfter: RETRY_SECONDS };
  if (error instanceof Overloaded) return { code: 'overloaded', retryAfter: RETRY_SECONDS };
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return { code: 'payload_too_large' };
  if (typeof status === 'number' && status >= 400 && status < 500) return { code: 'invalid_request' };
  return { code: 'server_error' };
}

/** Answers with a refusal: a page to a browser, JSON to a program; one log line either way. */
export function answerRefusal(ctx: Context, { code, retryAfter }: Problem, show: ShowPage): void {
  const refusal = refusalOf(code);
  if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter));
  const preferred = ENDPOINTS.has(endpointOf(ctx.path)) ? ['json', 'html'] : ['html', 'json'];
  if (ctx.accepts(preferred) === 'json') {
    ctx.status = refusal.status;
    ctx.body = { error: refusal.oauthError ?? code, reference: ctx.state.requestId };
    return;
  }
  const { back } = ctx.state;
  show(ctx, 'error', { code, reference: ctx.state.requestId, ...(back ? { back } : {}) }, refusal.status);
}

/** The outermost net: nothing that is thrown reaches a browser as it is. */
export const catchFaults =
  (log: Log, show: ShowPage): Step =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const problem = problemOf(error);
      const { logLevel } = refusalOf(problem.code);
      const known = error instanceof Refused;
      log[logLevel](
        { request_id: ctx.state.requestId, error: problem.code, ...(known ? {} : { err: error }) },
        'request refused',
      );
      answerRefusal(ctx, problem, show);
    }
  };
