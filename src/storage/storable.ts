/**
 * Text that every engine keeps and compares as it is: not empty, without NUL (where some drivers stop reading)
 * and without half a surrogate pair (which UTF-8 turns into U+FFFD, so that two ids would become one).
 */
export const isStorableText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.isWellFormed() && !value.includes('\0');

/** Throws unless the text can name a row. */
export const requireId = (id: string): void => {
  if (!isStorableText(id)) throw new TypeError('an id is text, not empty, without NUL and well-formed');
};

/** The moment as a row keeps it. Throws unless it is a whole number of milliseconds. */
export const requireMoment = (moment: number | undefined): number | null => {
  if (moment === undefined) return null;
  if (!Number.isSafeInteger(moment)) throw new RangeError('a moment is a whole number of milliseconds');
  return moment;
};

const collectionName = /^(?!sqlite_|motcua_|system_)[a-z][a-z0-9_]{0,62}$/;
const indexName = /^[a-z][A-Za-z0-9_]{0,62}$/;

/** Throws unless the names can stand in every engine, also in one that ignores case. */
export const requireNames = (collection: string, indexes: readonly string[]): void => {
  if (!collectionName.test(collection)) throw new TypeError(`not a collection's name: ${collection}`);
  const wrong = indexes.find((index) => !indexName.test(index));
  if (wrong !== undefined) throw new TypeError(`${collection}: not an index's name: ${wrong}`);
  if (new Set(indexes.map((index) => index.toLowerCase())).size < indexes.length) {
    throw new TypeError(`${collection}: two indexes differ only in case`);
  }
};
