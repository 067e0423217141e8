import mongoose from 'mongoose';
import type { TestProject } from 'vitest/node';
import { startFerretdb } from './mongo-server-ferretdb.ts';
import { hostsOf } from './mongo-uri.ts';

/** The MongoDB-compatible server that the tests of a run share. */
export interface MongoServer {
  readonly uri: string;
  /** The server with its version, as it says itself: `MongoDB 8.0.4 (mongod on the PATH)`. */
  readonly label: string;
  /** Every host it is reached at, with the members of a replica set. */
  readonly hosts: readonly string[];
}

/** The server of a run, or why there is none. */
export type MongoLookup =
  | { readonly server: MongoServer; readonly missing?: never }
  | { readonly server?: never; readonly missing: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** Provided to the projects that have tests for such a server. */
    mongo?: MongoLookup;
  }
}

interface Running {
  readonly lookup: MongoLookup;
  stop(): Promise<void>;
}

interface Source {
  readonly uri: string;
  /** What to say of it beside its own version. */
  readonly note: string;
  stop(): Promise<void>;
}

const versionOf = (info: mongoose.mongo.Document): string =>
  info.ferretdb ? `FerretDB ${String(info.ferretdb.version).replace(/^v/, '')}` : `MongoDB ${info.version}`;

const inspect = async ({ uri, note }: Source): Promise<MongoServer> => {
  const client = await mongoose.mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 10_000 });
  try {
    const label = `${versionOf(await client.db('admin').command({ buildInfo: 1 }))} ${note}`;
    const { hosts = [] } = await client.db('admin').command({ hello: 1 });
    return { uri, label, hosts: [...new Set<string>([...hostsOf(uri), ...hosts])] };
  } finally {
    await client.close();
  }
};

const startOwnMongod = async (): Promise<Source | undefined> => {
  // Loaded only here: a run on an address that was given has no use for it.
  const { mongodInCache, mongodOnPath, startMongod } = await import('./mongo-server-mongod.ts');
  const installed = mongodOnPath();
  const binary = installed ?? (await mongodInCache());
  if (!binary) return undefined;
  const note = installed ? '(mongod on the PATH)' : '(mongodb-memory-server)';
  return { ...(await startMongod(binary)), note };
};

/** The first of these that is there; the sentence why there is none where nothing is. */
const findSource = async (): Promise<Source | string> => {
  const given = process.env.MONGODB_URI;
  if (given) {
    return { uri: given, note: `(MONGODB_URI at ${hostsOf(given).join(', ')})`, stop: async () => undefined };
  }
  const mongod = await startOwnMongod();
  if (mongod) return mongod;
  const ferretdb = await startFerretdb();
  if (typeof ferretdb === 'string') return ferretdb;
  return { ...ferretdb, note: `over PostgreSQL ${ferretdb.postgresVersion} with DocumentDB` };
};

const open = async (): Promise<Running> => {
  const source = await findSource();
  if (typeof source === 'string') return { lookup: { missing: source }, stop: async () => undefined };
  try {
    return { lookup: { server: await inspect(source) }, stop: source.stop };
  } catch (error) {
    await source.stop();
    // An error of its own: what the driver throws cannot be printed by the test runner.
    throw new Error(
      `the server ${source.note} does not answer: ${error instanceof Error ? error.message : error}`,
    );
  }
};

/** Each project loads this module anew; the server is one for all of them. */
const ofTheRun = Symbol.for('motcua.test.mongo-server');
const shared: { [ofTheRun]?: { readonly running: Promise<Running>; users: number } | undefined } =
  Object(globalThis);

/** A global setup: finds or starts the server once a run, and stops it after the last project that used it. */
export default async function provideMongoServer(project: TestProject): Promise<() => Promise<void>> {
  shared[ofTheRun] ??= { running: open(), users: 0 };
  const ours = shared[ofTheRun];
  ours.users += 1;
  const { lookup, stop } = await ours.running;
  project.provide('mongo', lookup);
  return async () => {
    ours.users -= 1;
    if (ours.users > 0) return;
    shared[ofTheRun] = undefined;
    await stop();
  };
}
