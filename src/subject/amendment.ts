import { AlreadyExists, type Collection } from '../storage/contract.ts';

/**
 * Changes one row by compare and swap until no other writer came between; creates it where there is none.
 * `change` may run several times and must be pure; where it gives undefined nothing is written. Resolves to what
 * was written.
 */
export async function amend<T>(
  collection: Collection<T>,
  id: string,
  change: (current: T | undefined) => T | undefined,
): Promise<T | undefined> {
  for (;;) {
    const row = await collection.get(id);
    const changed = change(row?.doc);
    if (changed === undefined) return undefined;
    const written = row
      ? await collection.replace(id, changed, row.version)
      : await inserted(collection, id, changed);
    if (written) return changed;
  }
}

/** False where a live row has the id. */
export async function inserted<T>(collection: Collection<T>, id: string, doc: T): Promise<boolean> {
  try {
    await collection.insert(id, doc);
    return true;
  } catch (error) {
    if (error instanceof AlreadyExists) return false;
    throw error;
  }
}
