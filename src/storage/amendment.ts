import { AlreadyExists, type Collection } from './contract.ts';

/**
 * Changes one row by compare and swap until no other writer came between; creates it where there is none.
 * `change` may run several times and must be pure; where it gives undefined nothing is written. Resolves to what
 * was written. `expiresAt` is for a row that is created; one that stands keeps its end, unless `ends` says `anew`.
 */
export async function amend<T>(
  collection: Collection<T>,
  id: string,
  change: (current: T | undefined) => T | undefined,
  expiresAt?: number,
  ends: 'once' | 'anew' = 'once',
): Promise<T | undefined> {
  for (;;) {
    const row = await collection.get(id);
    const changed = change(row?.doc);
    if (changed === undefined) return undefined;
    const written = row
      ? await collection.replace(id, changed, row.version, ...(ends === 'anew' ? [expiresAt] : []))
      : await inserted(collection, id, changed, expiresAt);
    if (written) return changed;
  }
}

/** True for the one who creates the row; false where a live row has the id. */
export async function inserted<T>(
  collection: Collection<T>,
  id: string,
  doc: T,
  expiresAt?: number,
): Promise<boolean> {
  try {
    await collection.insert(id, doc, expiresAt);
    return true;
  } catch (error) {
    if (error instanceof AlreadyExists) return false;
    throw error;
  }
}
