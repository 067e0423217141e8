import type { Clock } from '../clock/clock.ts';
import { createCodec } from './codec.ts';
import { createCollection } from './collection.ts';
import {
  type BodyCipher,
  type Collection,
  type CollectionDefinition,
  type Storage,
  StorageUnavailable,
} from './contract.ts';
import type { RowEngine } from './row.ts';
import { requireNames } from './storable.ts';

/** Lets calls in until it is shut; shutting waits for those inside. */
const createGate = () => {
  const inside = new Set<Promise<unknown>>();
  let shut = false;
  const check = (): void => {
    if (shut) throw new StorageUnavailable('the storage is closed');
  };
  return {
    check,
    enter: async <R>(call: () => Promise<R>): Promise<R> => {
      check();
      const running = call();
      inside.add(running);
      try {
        return await running;
      } finally {
        inside.delete(running);
      }
    },
    shut: async (): Promise<void> => {
      shut = true;
      await Promise.allSettled(inside);
    },
  };
};

type Gate = ReturnType<typeof createGate>;

const gated = <T>(collection: Collection<T>, { enter }: Gate): Collection<T> => ({
  get: (...args) => enter(() => collection.get(...args)),
  find: (...args) => enter(() => collection.find(...args)),
  range: (...args) => enter(() => collection.range(...args)),
  insert: (...args) => enter(() => collection.insert(...args)),
  insertMany: (...args) => enter(() => collection.insertMany(...args)),
  put: (...args) => enter(() => collection.put(...args)),
  replace: (...args) => enter(() => collection.replace(...args)),
  consume: (...args) => enter(() => collection.consume(...args)),
  increment: (...args) => enter(() => collection.increment(...args)),
  remove: (...args) => enter(() => collection.remove(...args)),
  removeBy: (...args) => enter(() => collection.removeBy(...args)),
  purge: (...args) => enter(() => collection.purge(...args)),
});

const openCollection = <T>(
  definition: CollectionDefinition<T>,
  engine: RowEngine,
  cipher: BodyCipher,
  clock: Clock,
): Collection<T> => {
  const indexes = Object.keys(definition.indexes ?? {});
  requireNames(definition.name, indexes);
  const codec = createCodec(definition, cipher);
  const table = engine.openTable({
    name: definition.name,
    indexes,
    indexValues: async (row) => codec.indexValues(row.id, (await codec.decode(row)).doc),
  });
  return createCollection({ definition, codec, table, clock });
};

/** The contract around an engine: what an engine is not asked to do, done once for all of them. */
export const assembleStorage = (engine: RowEngine, cipher: BodyCipher, clock: Clock): Storage => {
  const gate = createGate();
  const collections = new Map<string, Collection<unknown>>();
  const opened = new Map<object, unknown>();
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    engine.stop();
    await gate.shut();
    await engine.close();
  };
  return {
    collections,
    collection: <T>(definition: CollectionDefinition<T>): Collection<T> => {
      gate.check();
      // The map pairs each definition with a collection of the same T, which its type cannot say.
      const known = opened.get(definition) as Collection<T> | undefined;
      if (known) return known;
      if (collections.has(definition.name)) {
        throw new Error(`${definition.name}: two definitions share this name`);
      }
      const collection = gated(openCollection(definition, engine, cipher, clock), gate);
      opened.set(definition, collection);
      collections.set(definition.name, collection);
      return collection;
    },
    ping: () => gate.enter(() => engine.ping()),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};
