import type { Clock } from '../clock/clock.ts';
import { type Codec, createCodec } from './codec.ts';
import { createCollection } from './collection.ts';
import {
  type BodyCipher,
  type Collection,
  type CollectionDefinition,
  type Storage,
  StorageUnavailable,
} from './contract.ts';
import { patienceLeft } from './patience.ts';
import type { RowEngine, TableLayout } from './row.ts';
import { requireNames } from './storable.ts';

/** Lets calls in until it is shut; shutting waits for those inside. */
const createGate = () => {
  const inside = new Set<Promise<unknown>>();
  let shut = false;
  const check = (): void => {
    if (shut) throw new StorageUnavailable('the storage is closed');
    if (patienceLeft(1) <= 0)
      throw new StorageUnavailable('the request has waited for the storage long enough');
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
  scan: (...args) => enter(() => collection.scan(...args)),
  restore: (...args) => enter(() => collection.restore(...args)),
  count: () => enter(() => collection.count()),
  reseal: (...args) => enter(() => collection.reseal(...args)),
});

const layoutOf = <T>(definition: CollectionDefinition<T>, codec: Codec<T>, clock: Clock): TableLayout => {
  const { name, bucketed = [], spread = bucketed.length > 0 ? 'bucket' : 'hash' } = definition;
  const indexes = Object.keys(definition.indexes ?? {});
  requireNames(name, indexes, bucketed);
  return {
    name,
    indexes,
    bucketed,
    spread,
    indexValues: async (row) => {
      try {
        return codec.indexValues(row.id, (await codec.decode(row)).doc);
      } catch (error) {
        if (row.expiresAt === null || row.expiresAt > clock.now()) throw error;
        // Nobody asks for what has ended, and its key may be gone: it must not keep an index from being filled.
        return indexes.map(() => null);
      }
    },
  };
};

const openCollection = <T>(
  definition: CollectionDefinition<T>,
  engine: RowEngine,
  cipher: BodyCipher,
  clock: Clock,
): Collection<T> => {
  const codec = createCodec(definition, cipher);
  const table = engine.openTable(layoutOf(definition, codec, clock));
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
    engine: engine.engine,
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
