import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock/clock.ts';
import { assembleStorage } from '../assembly.ts';
import { type BodyCipher, type Storage, StorageUnavailable } from '../contract.ts';
import type { RowEngine, TableLayout } from '../row.ts';
import { startBackfill } from './backfill.ts';
import { openDatabaseFile } from './database-file.ts';
import { guarded } from './failure.ts';
import { createGroupCommit } from './group-commit.ts';
import { ensureTable } from './layout.ts';
import { createTable } from './table.ts';

export interface SqliteSettings {
  /** Path of the database; its folder is made if missing. */
  readonly file: string;
  readonly cipher: BodyCipher;
  readonly clock: Clock;
  /** Told what nobody awaits: an index that could not be filled. */
  readonly log?: { warn(fields: object, message: string): void };
}

const identity = (file: string): string | undefined => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
};

const createEngine = (database: DatabaseSync, { file, log }: SqliteSettings): RowEngine => {
  const write = createGroupCommit(database, file);
  const opened = identity(file);
  const pulse = database.prepare('UPDATE motcua_pulse SET beat = beat + 1');
  const backfills: Promise<void>[] = [];
  let closing = false;

  const fillIndexes = (layout: TableLayout) => {
    const backfill = startBackfill(database, write, layout, () => closing);
    const watched = backfill.done.catch((error: unknown) => {
      if (!closing) log?.warn({ err: error, collection: layout.name }, 'an index could not be filled');
    });
    backfills.push(watched);
    return async (index: string) => {
      if (backfill.indexes.includes(index)) await backfill.done;
    };
  };

  return {
    engine: `SQLite ${database.prepare('SELECT sqlite_version() AS version').get()?.version}`,
    openTable: (layout) =>
      guarded(file, () => {
        ensureTable(database, layout);
        return createTable({ database, file, write, layout, indexReady: fillIndexes(layout) });
      }),
    ping: async () => {
      // Writes would go on into a file that nobody finds again.
      if (identity(file) !== opened) {
        throw new StorageUnavailable(`${file}: moved, replaced or removed while open; restart`);
      }
      await write(() => pulse.run());
    },
    stop: () => {
      closing = true;
    },
    close: async () => {
      await Promise.all(backfills);
      database.close();
    },
  };
};

/**
 * The embedded engine: one file, one server process, the command line beside it. Rejects with
 * `StorageUnavailable` where the file cannot serve; the sentence names the file and the way out.
 */
export const openSqliteStorage = async (settings: SqliteSettings): Promise<Storage> => {
  const database = await openDatabaseFile(settings.file);
  try {
    return assembleStorage(createEngine(database, settings), settings.cipher, settings.clock);
  } catch (error) {
    database.close();
    throw error;
  }
};
