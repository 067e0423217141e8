/**
 * Text that every engine keeps and compares as it is: not empty, without NUL (where some drivers stop reading)
 * and without half a surrogate pair (which UTF-8 turns into U+FFFD, so that two ids would become one).
 */
export const isStorableText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.isWellFormed() && !value.includes('\0');

/** A value that every engine can index and compare. */
export const isIndexable = (value: unknown): value is string | number =>
  typeof value === 'number' ? Number.isFinite(value) : isStorableText(value);

/** Bytes of an id at most: far below what any engine takes for a key. */
const LONGEST_ID = 1024;

/** Throws unless the text can name a row. */
export const requireId = (id: string): void => {
  if (isStorableText(id) && Buffer.byteLength(id) <= LONGEST_ID) return;
  throw new TypeError(`an id is text, not empty, without NUL, well-formed, of at most ${LONGEST_ID} bytes`);
};

/** What a `Date` can hold, in milliseconds before and after the epoch. */
const LAST_MOMENT = 8.64e15;

/** The moment as a row keeps it. Throws unless it is a whole number of milliseconds that a `Date` can hold. */
export const requireMoment = (moment: number | undefined): number | null => {
  if (moment === undefined) return null;
  if (!Number.isInteger(moment) || Math.abs(moment) > LAST_MOMENT) {
    throw new RangeError('a moment is a whole number of milliseconds that a date can hold');
  }
  return moment;
};

/** The version as it is. Throws unless it is one that writes have counted. */
export const requireVersion = (version: number): number => {
  if (Number.isSafeInteger(version) && version >= 1) return version;
  throw new RangeError('a version is a whole number from 1 on');
};

const collectionName = /^(?!sqlite_|motcua_|system_)[a-z][a-z0-9_]{0,62}$/;
const indexName = /^[a-z][A-Za-z0-9_]{0,62}$/;

/** Throws unless the names can stand in every engine, also in one that ignores case. */
export const requireNames = (
  collection: string,
  indexes: readonly string[],
  bucketed: readonly string[],
): void => {
  if (!collectionName.test(collection)) throw new TypeError(`not a collection's name: ${collection}`);
  const wrong = indexes.find((index) => !indexName.test(index));
  if (wrong !== undefined) throw new TypeError(`${collection}: not an index's name: ${wrong}`);
  if (new Set(indexes.map((index) => index.toLowerCase())).size < indexes.length) {
    throw new TypeError(`${collection}: two indexes differ only in case`);
  }
  const unknown = bucketed.find((index) => !indexes.includes(index));
  if (unknown !== undefined) throw new TypeError(`${collection}: bucketed, but not an index: ${unknown}`);
};
