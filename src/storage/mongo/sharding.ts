import type { Connection } from 'mongoose';
import type { TableLayout } from '../row.ts';

/** By what a cluster shares the rows out: whatever is written to one row names the whole key, its id. */
const shardKey = ({ spread }: TableLayout) => ({ _id: spread === 'bucket' ? 1 : 'hashed' }) as const;

/** Asks a sharded cluster to share the collection out; one that is so already stays. */
export const shardCollection = async (connection: Connection, layout: TableLayout): Promise<void> => {
  const key = shardKey(layout);
  // Rows may be there already, and these are shared out by an index that exists.
  if (key._id === 'hashed')
    await connection.collection(layout.name).createIndexes([{ key, name: '_id_hashed' }]);
  const shardCollection = `${connection.db?.databaseName}.${layout.name}`;
  await connection.getClient().db('admin').command({ shardCollection, key });
};
