import mongoose from 'mongoose';
import { openMongoStorage } from '../../src/storage/mongo/mongo-storage.ts';
import { freshDatabaseUri } from '../support/mongo.ts';
import type { OpenHarness } from './harness.ts';

const { BSON, MongoClient } = mongoose.mongo;

/** A row as the database has it. */
export interface RawRow {
  _id: string;
  body: string;
  i: Record<string, unknown>;
  [field: string]: unknown;
}

/** The database beside the storage, as somebody with a shell could reach it. */
export const connectBeside = async (uri: string) => {
  const client = await MongoClient.connect(uri);
  const database = client.db();
  return {
    database,
    rows: (name: string) => database.collection<RawRow>(name),
    close: () => client.close(),
  };
};

/** One step beside the storage. */
export const onDatabase = async <R>(
  uri: string,
  step: (beside: Awaited<ReturnType<typeof connectBeside>>) => Promise<R>,
): Promise<R> => {
  const beside = await connectBeside(uri);
  try {
    return await step(beside);
  } finally {
    await beside.close();
  }
};

export const openMongoHarness: OpenHarness = async ({ clock, cipher }) => {
  const { uri, drop } = freshDatabaseUri();
  const first = await openMongoStorage({ url: uri, cipher, clock });
  let current = first;
  return {
    storage: first,
    reopen: async (otherCipher = cipher) => {
      await current.close();
      current = await openMongoStorage({ url: uri, cipher: otherCipher, clock });
      return current;
    },
    rawBytes: () =>
      onDatabase(uri, async ({ database }) => {
        const collections = await database.collections();
        const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
        return Buffer.concat(documents.flat().map((document) => BSON.serialize(document)));
      }),
    readBody: (collection, id) =>
      onDatabase(uri, async ({ rows }) => String((await rows(collection).findOne({ _id: id }))?.body)),
    writeBody: (collection, id, body) =>
      onDatabase(uri, async ({ rows }) => {
        await rows(collection).updateOne({ _id: id }, { $set: { body } });
      }),
    close: async () => {
      await current.close();
      await drop();
    },
  };
};
