import { setImmediate as turn } from 'node:timers/promises';
import type { Storage } from '../../src/storage/contract.ts';

/** A storage that says how often its callers had to wait for it. */
export interface WaitingStorage {
  readonly storage: Storage;
  /** The calls of each wait, in order, as "collection.method"; those of one entry were waited for together. */
  waits(act: () => Promise<unknown>): Promise<string[][]>;
}

interface Round {
  readonly names: string[];
  readonly calls: Promise<unknown>[];
  readonly over: Promise<void>;
}

/**
 * Answers nothing until nobody asks for more: all calls made without an answer of one another are then answered at
 * once. So each round is one wait for a database however far away, and two calls share it only if neither needed
 * the other.
 */
export function waitingStorage(real: Storage): WaitingStorage {
  let rounds: Round[] | undefined;
  let open: Round | undefined;

  function begin(): Round {
    const names: string[] = [];
    const calls: Promise<unknown>[] = [];
    const quiet = async (): Promise<void> => {
      for (let seen = -1; seen !== calls.length; ) {
        seen = calls.length;
        await Promise.allSettled(calls);
        await turn();
        await turn();
      }
      open = undefined;
    };
    return { names, calls, over: turn().then(quiet) };
  }

  async function held(name: string, call: () => Promise<unknown>): Promise<unknown> {
    if (rounds === undefined) return call();
    if (open === undefined) {
      open = begin();
      rounds.push(open);
    }
    const { calls, names, over } = open;
    names.push(name);
    const running = call();
    calls.push(running);
    await Promise.allSettled([running, over]);
    return running;
  }

  return {
    storage: {
      ...real,
      collection: (definition) => {
        const rows = real.collection(definition);
        return new Proxy(rows, {
          get:
            (target, method: keyof typeof rows) =>
            (...args: unknown[]) =>
              held(`${definition.name}.${method}`, () => Reflect.apply(target[method], target, args)),
        });
      },
    },
    async waits(act) {
      rounds = [];
      try {
        await act();
        return rounds.map(({ names }) => names.toSorted());
      } finally {
        rounds = undefined;
      }
    },
  };
}
