import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DryMongoBinary, MongoMemoryReplSet } from 'mongodb-memory-server-core';

/** A `mongod` of our own, a replica set of one. */
export interface MongodServer {
  readonly uri: string;
  stop(): Promise<void>;
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The `mongod` that a shell would start. */
export const mongodOnPath = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, process.platform === 'win32' ? 'mongod.exe' : 'mongod'))
    .find(isExecutable);

/** The `mongod` that `mongodb-memory-server` downloaded earlier. It is never downloaded from here. */
export const mongodInCache = async (): Promise<string | undefined> => {
  // A system that MongoDB offers no binary for is an error there; here it only means that there is none.
  const options = await DryMongoBinary.generateOptions().catch(() => undefined);
  return options && DryMongoBinary.locateBinary(options);
};

/** Starts this `mongod` with fresh data. It is ended with this process, however this process ends. */
export async function startMongod(binary: string): Promise<MongodServer> {
  // Any version will do, so it is not held to the one that would be downloaded.
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary: binary },
    replSet: { count: 1, storageEngine: 'wiredTiger' },
  });
  return { uri: set.getUri(), stop: async () => void (await set.stop({ doCleanup: true, force: true })) };
}
