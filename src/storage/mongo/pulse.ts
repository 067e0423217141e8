import { type Connection, Schema } from 'mongoose';
import { StorageUnavailable } from '../contract.ts';
import { createCall } from './call.ts';
import { isDuplicate } from './failure.ts';

interface Beat {
  _id: string;
  beat: number;
}

const NAME = 'motcua_pulse';
const ID = 'pulse';
/** Who asks whether the database answers does not want to wait for it as long as who needs it. */
const PING_PATIENCE = 2_000;

/** One document that shows whether a write would be durable now. */
export const createPulse = async (connection: Connection, server: string) => {
  const pulse = connection.model<Beat>(
    NAME,
    new Schema<Beat>(
      { _id: { type: String, required: true }, beat: Number },
      { strict: 'throw', versionKey: false },
    ),
    NAME,
  );
  await createCall(server)(async (attempt) => {
    try {
      await attempt((time) => connection.collection<Beat>(NAME).insertOne({ _id: ID, beat: 0 }, time));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  });
  const call = createCall(server, PING_PATIENCE);
  return async (): Promise<void> => {
    const { matchedCount } = await call((attempt) =>
      attempt((time) => pulse.updateOne({ _id: ID }, { $inc: { beat: 1 } }, time)),
    );
    // What was declared when this program opened the database is gone with it.
    if (matchedCount === 0) throw new StorageUnavailable(`${server}: emptied or dropped while open; restart`);
  };
};
