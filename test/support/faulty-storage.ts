import { type Collection, type Storage, StorageUnavailable } from '../../src/storage/contract.ts';

/** One call on the storage, before it is made. */
export interface StorageCall {
  readonly collection: string;
  readonly method: keyof Collection<unknown>;
  readonly write: boolean;
}

const READS: ReadonlySet<string> = new Set(['get', 'find', 'range', 'scan', 'count']);

/** The storage, but for calls about which `fails` says so: those reject as an engine does that is away. */
export function faultyStorage(
  real: Storage,
  fails: (call: StorageCall) => boolean,
  pingFails: () => boolean = () => false,
): Storage {
  const check = (call: StorageCall): void => {
    if (fails(call)) throw new StorageUnavailable(`${call.collection}.${call.method}: the storage is away`);
  };
  return {
    ...real,
    collection: (definition) => {
      const rows = real.collection(definition);
      return new Proxy(rows, {
        get: (target, method: keyof typeof rows) => {
          const call = { collection: definition.name, method, write: !READS.has(method) };
          return async (...args: unknown[]) => {
            check(call);
            return Reflect.apply(target[method], target, args);
          };
        },
      });
    },
    ping: async () => {
      if (pingFails()) throw new StorageUnavailable('the storage is away');
      await real.ping();
    },
  };
}
