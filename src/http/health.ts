import type { Storage } from '../storage/contract.ts';
import type { Step } from './context.ts';

/** `/healthz`: the process runs. `/readyz`: it can also write; false while it starts, stops or has no storage. */
export function health({ storage, accepting }: { storage: Storage; accepting: () => boolean }): Step {
  return async (ctx, next) => {
    if (ctx.path === '/healthz') {
      ctx.body = { status: 'ok' };
      return;
    }
    if (ctx.path !== '/readyz') return next();
    const ready =
      accepting() &&
      (await storage.ping().then(
        () => true,
        () => false,
      ));
    ctx.status = ready ? 200 : 503;
    ctx.body = { status: ready ? 'ready' : 'not ready' };
  };
}
