import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Clock } from '../../clock/clock.ts';
import { assembleStorage } from '../assembly.ts';
import type { BodyCipher, Storage } from '../contract.ts';
import type { RowEngine, TableLayout } from '../row.ts';
import { type MongoAddress, parseAddress } from './address.ts';
import { createCall } from './call.ts';
import type { live } from './conditions.ts';
import { connect } from './connection.ts';
import { unavailable } from './failure.ts';
import { createLayoutMarks } from './layout-marks.ts';
import { createPatientConnection } from './patient-connection.ts';
import { startPreparation } from './preparation.ts';
import { identify, type Product } from './product.ts';
import { createPulse } from './pulse.ts';
import { shardCollection } from './sharding.ts';
import { rowDocuments, rowModel } from './stored-row.ts';
import { createTable } from './table.ts';

export interface MongoSettings {
  /** `mongodb://…` or `mongodb+srv://…`, with the name of the database; what it says wins over what the engine chooses. */
  readonly url: string;
  readonly cipher: BodyCipher;
  readonly clock: Clock;
  /** Told what nobody awaits: an index that could not be filled, a connection that was lost. */
  readonly log?: { warn(fields: object, message: string): void };
}

interface Opened {
  readonly address: MongoAddress;
  readonly connection: Connection;
  readonly product: Product;
  readonly ping: () => Promise<void>;
}

const createEngine = (
  { address, connection, product, ping }: Opened,
  { clock, log }: MongoSettings,
): RowEngine => {
  const { server } = address;
  const call = createCall(server);
  const marks = createLayoutMarks(connection, randomUUID());
  const patient = createPatientConnection(address);
  const preparations: Promise<void>[] = [];
  const closing = new AbortController();

  const shard = async (layout: TableLayout): Promise<void> => {
    try {
      await shardCollection(await patient.get(), layout);
    } catch (error) {
      log?.warn(
        { err: error, collection: layout.name },
        'a collection could not be shared out over the shards',
      );
    }
  };
  const prepare = (rows: Pick<Parameters<typeof startPreparation>[0], 'model' | 'documents' | 'layout'>) => {
    const { indexReady, done } = startPreparation({
      ...rows,
      server,
      marks,
      clock,
      closing: closing.signal,
      patient: patient.get,
      ...(product.sharded && { shard }),
    });
    const watched = done.catch((error: unknown) => {
      if (!closing.signal.aborted)
        log?.warn({ err: error, collection: rows.layout.name }, 'an index could not be filled');
    });
    preparations.push(watched);
    return indexReady;
  };

  const counting = (name: string) => async (filter: ReturnType<typeof live>) => {
    try {
      return await rowDocuments(await patient.get(), name).countDocuments(filter);
    } catch (error) {
      throw unavailable(server, error) ?? error;
    }
  };

  return {
    engine: product.label,
    openTable: (layout) => {
      const { name } = layout;
      const rows = { layout, model: rowModel(connection, name), documents: rowDocuments(connection, name) };
      return createTable({ ...rows, call, indexReady: prepare(rows), countSlowly: counting(name) });
    },
    ping,
    stop: () => {
      closing.abort();
      // What takes long is not waited for; `close` does not go on before this is done.
      preparations.push(patient.close());
    },
    close: async () => {
      await Promise.allSettled(preparations);
      await connection.close();
    },
  };
};

/**
 * The engine for several processes: MongoDB, or FerretDB from version 2 on. Rejects with `StorageUnavailable` where
 * the database cannot serve now; the sentence names it without credentials. Once open, an outage heals by itself.
 */
export const openMongoStorage = async (settings: MongoSettings): Promise<Storage> => {
  const address = parseAddress(settings.url);
  const connection = await connect(address, settings.log && { log: settings.log });
  try {
    connection.on('error', (err: unknown) => settings.log?.warn({ err }, 'the connection to the database'));
    const product = await createCall(address.server)((attempt) =>
      attempt(() => identify(connection, address)),
    );
    const ping = await createPulse(connection, address.server);
    const engine = createEngine({ address, connection, product, ping }, settings);
    return assembleStorage(engine, settings.cipher, settings.clock);
  } catch (error) {
    await connection.close();
    throw error;
  }
};
