import type { z } from 'zod';
import { isInBucket } from './bucket.ts';
import type { BodyCipher, CollectionDefinition, IndexValue, Stored } from './contract.ts';
import type { EncodedRow, StoredRow } from './row.ts';
import { isIndexable } from './storable.ts';

/** A document that does not fit its collection, on its way in or out. Never says what the document holds. */
export class MisfitDocument extends Error {
  override readonly name = 'MisfitDocument';
  readonly collection: string;
  readonly id: string;
  constructor(collection: string, id: string, why: string, options?: ErrorOptions) {
    super(`${collection}/${id}: ${why}`, options);
    this.collection = collection;
    this.id = id;
  }
}

export interface Codec<T> {
  /** Whether bodies are encrypted. */
  readonly sealed: boolean;
  /** Checks a document and makes its row. Throws `MisfitDocument`. */
  encode(id: string, doc: T, expiresAt: number | null): Promise<EncodedRow>;
  /** Opens and checks a row. Throws `MisfitDocument`: also for another row's body and for a wrong key. */
  decode(row: StoredRow): Promise<Stored<T>>;
  /** What a document is indexed by, in the order of the declaration. */
  indexValues(id: string, doc: T): readonly (IndexValue | null)[];
  /** A sealed row's body, sealed anew; undefined where it is sealed as today. Throws `MisfitDocument`. */
  reseal(row: StoredRow): Promise<string | undefined>;
}

const spellsProto = /__proto__|\\u005f/i;

const refuseProto = (key: string, value: unknown): unknown => {
  if (key === '__proto__') throw new SyntaxError('a key named __proto__');
  return value;
};

/** `JSON.parse` that refuses the one key which changes an object's prototype when it is copied. */
const parseBody = (text: string): unknown =>
  JSON.parse(text, spellsProto.test(text) ? refuseProto : undefined);

// Issue codes name the rule; messages and paths may carry what the document holds (a record's keys).
const rules = (error: z.ZodError): string => [...new Set(error.issues.map((issue) => issue.code))].join(', ');

export const createCodec = <T>(definition: CollectionDefinition<T>, cipher: BodyCipher): Codec<T> => {
  const { name, schema, sealed = false, bucketed = [] } = definition;
  const indexes = Object.entries(definition.indexes ?? {});

  const check = (id: string, doc: unknown): T => {
    const result = schema.safeParse(doc);
    if (result.success) return result.data;
    throw new MisfitDocument(name, id, `the document does not fit its schema (${rules(result.error)})`);
  };

  const serialise = (id: string, doc: T): string => {
    const text: string | undefined = JSON.stringify(doc);
    if (text === undefined) throw new MisfitDocument(name, id, 'the document has no JSON form');
    if (spellsProto.test(text)) attempt(id, 'the document holds a forbidden key', () => parseBody(text));
    return text;
  };

  const attempt = <R>(id: string, why: string, step: () => R): R => {
    try {
      return step();
    } catch {
      throw new MisfitDocument(name, id, why);
    }
  };

  const open = async (row: StoredRow): Promise<string> => {
    if (!sealed) return row.body;
    try {
      return await cipher.open(`${name}/${row.id}`, row.body);
    } catch (cause) {
      throw new MisfitDocument(name, row.id, 'the sealed document cannot be opened', { cause });
    }
  };

  const indexValues = (id: string, doc: T) =>
    indexes.map(([index, read]) => {
      const value = read(doc);
      if (value === undefined) return null;
      if (isIndexable(value)) return value;
      throw new MisfitDocument(name, id, `the index ${index} has a value that cannot be indexed`);
    });

  // A row elsewhere than its bucket says would never be found again on a cluster.
  const requireBucket = (id: string, values: readonly (IndexValue | null)[]): void => {
    for (const [at, [index]] of indexes.entries()) {
      const value = values[at] ?? null;
      if (value === null || !bucketed.includes(index)) continue;
      if (typeof value === 'string' && isInBucket(id, value)) continue;
      throw new MisfitDocument(name, id, `the id does not begin with the bucket of the index ${index}`);
    }
  };

  return {
    sealed,
    indexValues,
    encode: async (id, doc, expiresAt) => {
      const checked = check(id, doc);
      const text = serialise(id, checked);
      const values = indexValues(id, checked);
      requireBucket(id, values);
      const body = sealed ? await cipher.seal(`${name}/${id}`, text) : text;
      return { id, body, indexes: values, expiresAt };
    },
    reseal: async (row) => {
      const context = `${name}/${row.id}`;
      if (cipher.isCurrent(context, row.body)) return undefined;
      return cipher.seal(context, await open(row));
    },
    decode: async (row) => {
      const text = await open(row);
      const doc = check(
        row.id,
        attempt(row.id, 'the document is not readable', () => parseBody(text)),
      );
      return {
        id: row.id,
        doc,
        version: row.version,
        ...(row.consumedAt !== null && { consumedAt: row.consumedAt }),
        ...(row.expiresAt !== null && { expiresAt: row.expiresAt }),
      };
    },
  };
};
