import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { inject } from 'vitest';
import type { MongoServer } from './mongo-server.ts';
import { type FerretdbServer, startFerretdb } from './mongo-server-ferretdb.ts';
import { withDatabase } from './mongo-uri.ts';

/** The MongoDB-compatible server of this run; undefined where none was found, or the project asks for none. */
export const mongoServer = (): MongoServer | undefined => inject('mongo')?.server;

export interface FreshDatabase {
  readonly uri: string;
  drop(): Promise<void>;
}

/** A database of its own on the server of this run, empty, and how to drop it. */
export const freshDatabaseUri = (): FreshDatabase => {
  const server = mongoServer();
  if (!server) throw new Error('this run has no MongoDB-compatible server');
  const uri = withDatabase(server.uri, `motcua_test_${randomBytes(6).toString('hex')}`);
  const drop = async () => {
    const client = await mongoose.mongo.MongoClient.connect(uri);
    await client.db().dropDatabase();
    await client.close();
  };
  return { uri, drop };
};

/**
 * A second server that a test may kill and restart; an acknowledged write survives that. It is always FerretDB:
 * undefined where that is not prepared.
 */
export const startPrivateServer = async (): Promise<FerretdbServer | undefined> => {
  const started = await startFerretdb({ lasting: true });
  return typeof started === 'string' ? undefined : started;
};
