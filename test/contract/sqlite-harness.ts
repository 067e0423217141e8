import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { temporaryFolder } from '../support/storage.ts';
import type { OpenHarness } from './harness.ts';

/** One statement on the file, beside the storage, as somebody with a shell could run it. */
export const onFile = (file: string, sql: string, ...values: SQLInputValue[]) => {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    return database.prepare(sql).all(...values);
  } finally {
    database.close();
  }
};

export const openSqliteHarness: OpenHarness = async ({ clock, cipher }) => {
  const { folder, remove } = await temporaryFolder();
  const file = join(folder, 'data', 'motcua.db');
  const first = await openSqliteStorage({ file, cipher, clock });
  let current = first;
  return {
    storage: first,
    reopen: async (otherCipher = cipher) => {
      await current.close();
      current = await openSqliteStorage({ file, cipher: otherCipher, clock });
      return current;
    },
    rawBytes: async () => {
      const files = await readdir(dirname(file));
      return Buffer.concat(await Promise.all(files.map((name) => readFile(join(dirname(file), name)))));
    },
    readBody: async (collection, id) =>
      String(onFile(file, `SELECT body FROM "${collection}" WHERE id = ?`, id)[0]?.body),
    writeBody: async (collection, id, body) => {
      onFile(file, `UPDATE "${collection}" SET body = ? WHERE id = ?`, body, id);
    },
    close: async () => {
      await current.close();
      await remove();
    },
  };
};
