import { type Connection, type Model, Schema } from 'mongoose';
import type { TableLayout } from '../row.ts';
import { isDuplicate } from './failure.ts';

/** Milliseconds for which whoever fills an index owns that work, from its last sign of life on. */
const CLAIM = 30_000;

/** What is known of one collection's rows as a whole. */
interface LayoutMark {
  _id: string;
  /** The indexes that every row carries. */
  complete: string[];
  /** Of the others: the id up to which rows carry it. */
  filled_to?: Record<string, string>;
  /** Who fills them, and until when nobody else may. */
  filler?: string;
  filler_until?: Date;
}

const NAME = 'motcua_layout';

const markSchema = () =>
  new Schema<LayoutMark>(
    {
      _id: { type: String, required: true },
      complete: { type: [String], required: true },
      filled_to: Schema.Types.Mixed,
      filler: String,
      filler_until: Date,
    },
    { strict: 'throw', strictQuery: 'throw', versionKey: false },
  );

const resumeAt = ({ filled_to = {} }: LayoutMark, indexes: readonly string[]): string => {
  const [first = '', ...others] = indexes.map((index) => filled_to[index] ?? '');
  return others.every((id) => id === first) ? first : '';
};

/** The documents about collections: which indexes are complete, and who completes others. */
export const createLayoutMarks = (connection: Connection, filler: string) => {
  const marks: Model<LayoutMark> = connection.model<LayoutMark>(NAME, markSchema(), NAME);
  const documents = connection.collection<LayoutMark>(NAME);

  const create = async (name: string): Promise<void> => {
    try {
      await documents.insertOne({ _id: name, complete: [] });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  };
  /** False if the work went to somebody else. */
  const change = async (name: string, update: Parameters<typeof marks.updateOne>[1]): Promise<boolean> => {
    const { matchedCount } = await marks.updateOne({ _id: name, filler }, update);
    return matchedCount === 1;
  };

  return {
    /** The complete indexes. One that this program does not write is complete no longer. */
    complete: async ({ name, indexes }: TableLayout): Promise<string[]> => {
      const mark = await marks.findById(name, { complete: 1 }).lean<Pick<LayoutMark, 'complete'>>();
      const complete = mark?.complete ?? [];
      const known = complete.filter((index) => indexes.includes(index));
      if (known.length < complete.length) {
        const abandoned = complete.filter((index) => !known.includes(index));
        await marks.updateOne({ _id: name }, { $pullAll: { complete: abandoned } });
      }
      return known;
    },
    /** The id after which to go on, for the one who may fill these indexes now; undefined for everybody else. */
    claim: async (name: string, indexes: readonly string[], now: number): Promise<string | undefined> => {
      await create(name);
      const free = { _id: name, $or: [{ filler: null }, { filler_until: { $lte: new Date(now) } }] };
      const claim = { $set: { filler, filler_until: new Date(now + CLAIM) } };
      const mark = await marks.findOneAndUpdate(free, claim, { returnDocument: 'after' }).lean<LayoutMark>();
      return mark ? resumeAt(mark, indexes) : undefined;
    },
    progress: (name: string, indexes: readonly string[], filledTo: string, now: number) =>
      change(name, {
        $set: {
          filler_until: new Date(now + CLAIM),
          filled_to: Object.fromEntries(indexes.map((index) => [index, filledTo])),
        },
      }),
    finish: (name: string, indexes: readonly string[]) =>
      change(name, {
        $addToSet: { complete: { $each: [...indexes] } },
        $unset: { filler: 1, filler_until: 1, filled_to: 1 },
      }),
    release: (name: string) => change(name, { $unset: { filler: 1, filler_until: 1 } }),
  };
};

export type LayoutMarks = ReturnType<typeof createLayoutMarks>;
