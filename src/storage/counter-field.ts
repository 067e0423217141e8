import type { CollectionDefinition } from './contract.ts';

const fieldName = /^(?!__proto__$)[A-Za-z0-9_-]{1,64}$/;

/**
 * Throws unless `increment` may add `by` to this field: whole numbers, since only their sums are the same in
 * every order; in a collection that is neither sealed nor indexed; under a name its schema knows.
 */
export const requireCounter = <T>(definition: CollectionDefinition<T>, field: string, by: number): void => {
  const { name, sealed, indexes, schema } = definition;
  if (sealed || Object.keys(indexes ?? {}).length > 0) {
    throw new TypeError(`${name}: a sealed or indexed collection has no counters`);
  }
  if (!fieldName.test(field)) throw new TypeError(`${name}: not a counter's name`);
  if (!Number.isSafeInteger(by)) throw new RangeError(`${name}: a counter takes whole numbers`);
  const alone = schema.safeParse({ [field]: by });
  if (alone.success && Object.hasOwn(Object(alone.data), field)) return;
  throw new TypeError(`${name}: the schema does not know the counter ${field}`);
};
