import { type Connection, Mongoose, mongo } from 'mongoose';
import { StorageUnavailable } from '../contract.ts';
import type { MongoAddress } from './address.ts';
import { PATIENCE } from './call.ts';
import { unavailable } from './failure.ts';
import { watchHeartbeats } from './watchdog.ts';

// Of one step each, in milliseconds; `createCall` bounds a whole call.
const SELECTION = 3_000;
const POOL = 32;

/** What holds where the address does not say otherwise. */
const defaults = {
  appName: 'motcua-id',
  maxPoolSize: POOL,
  serverSelectionTimeoutMS: SELECTION,
  connectTimeoutMS: SELECTION,
  waitQueueTimeoutMS: PATIENCE,
  socketTimeoutMS: PATIENCE,
  wtimeoutMS: PATIENCE,
};

type Defaults = Partial<typeof defaults>;
type Watched = Parameters<typeof watchHeartbeats>[1];

/** Reads the primary and acknowledges what a majority has in its journal; the address cannot change either. */
const driverOptions = ({ says }: MongoAddress, changes: Defaults) => {
  const own: Defaults = { ...defaults, ...changes };
  const unsaid = Object.entries(own).filter(([option]) => !says(option));
  return {
    ...Object.fromEntries(unsaid),
    w: 'majority' as const,
    journal: true,
    readPreference: 'primary' as const,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
  };
};

const TOO_OLD = 'the server is too old; MongoDB 4.4 (wire version 9) is the oldest that is understood';
const NOBODY =
  'no MongoDB answers there; check that it runs, and host, port, TLS and replica set of the address';
const BAD_ADDRESS = 'the driver refuses the address or an option in it';

/** What the members themselves said, where none could be selected. */
const memberErrors = (error: Error): Error[] => {
  const reason: unknown = 'reason' in error ? error.reason : undefined;
  const servers: unknown = reason instanceof Object && 'servers' in reason ? reason.servers : undefined;
  if (!(servers instanceof Map)) return [];
  return [...servers.values()].flatMap(({ error: said }: { error?: unknown }) =>
    said instanceof Error ? [said] : [],
  );
};

/** What is wrong before anybody is asked. The parser of addresses has a class of errors of its own. */
const isOfAddress = (error: Error): boolean =>
  error.name === 'MongoParseError' || error instanceof mongo.MongoAPIError || error instanceof URIError;

/** Why no connection came about, in a sentence that ends with the driver's own words. */
const refusal = ({ server }: MongoAddress, error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const told = memberErrors(error)[0] ?? error;
  const because = (sentence: string) =>
    new StorageUnavailable(`${server}: ${sentence} (${told.message})`, { cause: error });
  if (told.name === 'MongoCompatibilityError') return because(TOO_OLD);
  if (isOfAddress(error)) return because(BAD_ADDRESS);
  if (error.name === 'MongooseServerSelectionError' || 'syscall' in error) return because(NOBODY);
  const fault = error instanceof mongo.MongoRuntimeError ? because(BAD_ADDRESS) : error;
  return unavailable(server, error) ?? fault;
};

/** Connects within seconds, or rejects with `StorageUnavailable`. Later outages heal by themselves. */
export const connect = async (
  address: MongoAddress,
  { log, ...changes }: Defaults & { readonly log?: Watched } = {},
): Promise<Connection> => {
  const connection = new Mongoose().createConnection();
  try {
    await connection.openUri(address.uri, driverOptions(address, changes));
    watchHeartbeats(connection, log);
    return connection;
  } catch (error) {
    await connection.close(true);
    throw refusal(address, error);
  }
};
