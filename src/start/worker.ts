import type { Socket } from 'node:net';
import type { Config } from '../config/schema.ts';
import { serve } from './serve.ts';
import { exitAfter, ignoreSignals } from './stopping.ts';

/** What the supervisor tells a worker that serves, in this order. */
export type Order = 'leave' | 'stop';

/**
 * How a connection is handed over. The system drops it on its way, without a word, where a worker has no file
 * descriptor left for it: so a second message follows, which comes after it or alone.
 */
export type Handing = 'connection' | 'handed';

/** What a worker tells its supervisor: that it serves, and whether the connection it was handed last reached it. */
export type Word =
  | { readonly kind: 'serving'; readonly greeting: string }
  | { readonly kind: 'taken' | 'lost' };

const say = (word: Word): void => {
  if (process.connected) process.send?.(word);
};

/**
 * One of several processes behind one port; the `first` of them sees to what is done once. It ends in good order when
 * it is told to, and when its supervisor is gone.
 */
export async function serveAsWorker(config: Config, { first }: { readonly first: boolean }): Promise<void> {
  ignoreSignals();
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  process.once('disconnect', () => {
    leave();
    stop();
  });
  const { take, ...serving } = await serve(config, { first, listening: false });
  let reached = false;
  // The other end of this channel is `worker-process.ts`, and nobody else.
  process.on('message', (message: Order | Handing, socket?: Socket) => {
    if (message === 'leave') return leave();
    if (message === 'stop') return stop();
    if (message === 'handed') {
      if (!reached) say({ kind: 'lost' });
      reached = false;
      return;
    }
    reached = true;
    say({ kind: 'taken' });
    // None where the client is gone already.
    if (socket) take(socket);
  });
  say({ kind: 'serving', greeting: serving.greeting });
  await left;
  serving.leave();
  await stopped;
  exitAfter(config.shutdown.grace);
  await serving.close();
  process.exit(0);
}
