import type { Connection } from 'mongoose';
import { StorageUnavailable } from '../contract.ts';
import type { MongoAddress } from './address.ts';
import { connect } from './connection.ts';

/** A second connection for what may take hours: making an index, counting all rows. It has no limit on answers. */
export interface PatientConnection {
  /** Opens it when it is first asked for. */
  get(): Promise<Connection>;
  /** Ends what is under way on it. */
  close(): Promise<void>;
}

export const createPatientConnection = (address: MongoAddress): PatientConnection => {
  let opening: Promise<Connection> | undefined;
  let closed: Promise<void> | undefined;

  const open = async (): Promise<Connection> => {
    try {
      return await connect(address, { socketTimeoutMS: 0, maxPoolSize: 4 });
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  const close = async (): Promise<void> => {
    const connection = await opening?.catch(() => undefined);
    await connection?.close(true);
  };

  return {
    get: async () => {
      if (closed !== undefined) throw new StorageUnavailable(`${address.server}: the storage is closed`);
      opening ??= open();
      return opening;
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};
