import { setTimeout as wait } from 'node:timers/promises';
import type { Storage } from '../storage/contract.ts';
import type { Step } from './context.ts';

/** Milliseconds for which one answer of the storage serves everybody who asks. */
const REMEMBERED = 1000;
/** Milliseconds for which the storage may take its time; who asks here does not wait long. */
const PATIENCE = 3000;

/** `/healthz`: the process runs. `/readyz`: it can also write; false while it starts, stops or has no storage. */
export function health({ storage, accepting }: { storage: Storage; accepting: () => boolean }): Step {
  const writable = remembered(() =>
    storage.ping().then(
      () => true,
      () => false,
    ),
  );
  return async (ctx, next) => {
    if (ctx.path === '/healthz') {
      ctx.body = { status: 'ok' };
      return;
    }
    if (ctx.path !== '/readyz') return next();
    const ready = accepting() && (await inTime(writable()));
    ctx.status = ready ? 200 : 503;
    ctx.body = { status: ready ? 'ready' : 'not ready' };
  };
}

/** False where the answer does not come in time. */
async function inTime(answer: Promise<boolean>): Promise<boolean> {
  const answered = new AbortController();
  try {
    return await Promise.race([answer, wait(PATIENCE, false, { signal: answered.signal })]);
  } finally {
    answered.abort();
  }
}

/** Asks again only when the last answer is a second old: anybody may ask here, and each answer is a durable write. */
function remembered(ask: () => Promise<boolean>): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  let until = 0;
  return () => {
    if (answer === undefined || performance.now() >= until) {
      until = Number.POSITIVE_INFINITY;
      answer = ask().finally(() => {
        until = performance.now() + REMEMBERED;
      });
    }
    return answer;
  };
}
