import type { Log } from '../telemetry/log.ts';
import type { Step } from './context.ts';

/** Identifiers in paths stay out of the log; queries never get there. */
export const pathPattern = (path: string): string =>
  path.replace(/^\/(interaction|authorize|activate|recover)\/+[^/]+/i, '/$1/:uid');

/** One line for each request that is answered. */
export const accessLog =
  (log: Log): Step =>
  async (ctx, next) => {
    const started = performance.now();
    await next();
    log.info(
      {
        request_id: ctx.state.requestId,
        method: ctx.method,
        path: pathPattern(ctx.path),
        status: ctx.status,
        duration_ms: Math.round(performance.now() - started),
      },
      'request',
    );
  };
