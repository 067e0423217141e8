import type { TableLayout } from '../row.ts';
import { type Documents, field } from './stored-row.ts';

/** Seconds after its end that the server removes a row by itself: until then a clock behind ours may show it. */
const SWEEP_AFTER = 60;
const NAMESPACE_NOT_FOUND = 26;

const declared = ({ indexes }: TableLayout) => [
  { name: 'expires_at', key: { expires_at: 1 as const }, expireAfterSeconds: SWEEP_AFTER },
  ...indexes.map((index) => ({
    name: field(index),
    key: { [field(index)]: 1 as const, _id: 1 as const },
  })),
];

const namesOf = async (documents: Documents): Promise<(string | undefined)[]> => {
  try {
    return (await documents.indexes()).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
};

/** What is declared and not there: the sweep of ended rows, and the indexes, each with the id for a second key. */
export const missingIndexes = async (documents: Documents, layout: TableLayout) => {
  const names = await namesOf(documents);
  return declared(layout).filter(({ name }) => !names.includes(name));
};
