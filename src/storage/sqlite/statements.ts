import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { column } from './layout.ts';
import { rowColumns } from './stored-row.ts';

const live = '(expires_at IS NULL OR expires_at > :now)';

const upsert = (table: string, indexes: readonly string[], conflict: string): string => {
  const columns = ['id', 'body', 'version', 'consumed_at', 'expires_at', ...indexes.map(column)];
  const own = [':id', ':body', ':version', ':consumedAt', ':expiresAt'];
  const values = [...own, ...indexes.map((_, at) => `:index${at}`)];
  const replaced = ['body', 'expires_at', ...indexes.map(column)].map((name) => `${name} = excluded.${name}`);
  return `INSERT INTO "${table}" AS t (${columns.join(', ')}) VALUES (${values.join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${replaced.join(', ')}, ${conflict}`;
};

const sumOrFresh = 'coalesce(json_extract(t.body, :path), 0) + :by';

/** The text of every statement on a table. Decisions are conditions of the write itself. */
const texts = (table: string, indexes: readonly string[]) => ({
  get: `SELECT ${rowColumns} FROM "${table}" WHERE id = :id AND ${live}`,
  insert: `${upsert(
    table,
    indexes,
    'version = excluded.version, consumed_at = excluded.consumed_at',
  )} WHERE t.expires_at <= :now`,
  put: upsert(
    table,
    indexes,
    `version = iif(t.expires_at <= :now, 1, t.version + 1),
     consumed_at = iif(t.expires_at <= :now, NULL, t.consumed_at)`,
  ),
  replace: `UPDATE "${table}" SET ${[
    'body = :body',
    'version = version + 1',
    'expires_at = coalesce(:expiresAt, expires_at)',
    ...indexes.map((index, at) => `${column(index)} = :index${at}`),
  ].join(', ')} WHERE id = :id AND version = :version AND ${live}`,
  consume: `UPDATE "${table}" SET consumed_at = :at, version = version + 1
    WHERE id = :id AND consumed_at IS NULL AND ${live}`,
  increment: `INSERT INTO "${table}" AS t (id, body, version, expires_at)
    VALUES (:id, json_object(:field, :by), 1, :expiresAt)
    ON CONFLICT (id) DO UPDATE SET
      body = iif(t.expires_at <= :now, excluded.body, json_set(t.body, :path, ${sumOrFresh})),
      version = iif(t.expires_at <= :now, 1, t.version + 1),
      consumed_at = iif(t.expires_at <= :now, NULL, t.consumed_at),
      expires_at = iif(t.expires_at <= :now, excluded.expires_at, t.expires_at)
    RETURNING json_extract(body, :path) AS sum`,
  remove: `DELETE FROM "${table}" WHERE id = :id RETURNING ${live} AS live`,
  scan: `SELECT ${rowColumns} FROM "${table}" WHERE id > :afterId AND ${live} ORDER BY id LIMIT :limit`,
  count: `SELECT count(*) AS live FROM "${table}" WHERE ${live}`,
  reseal: `UPDATE "${table}" SET body = :to WHERE id = :id AND body = :from`,
  purge: `DELETE FROM "${table}" WHERE rowid IN
    (SELECT rowid FROM "${table}" WHERE expires_at <= :now LIMIT :limit)`,
});

const indexTexts = (table: string, index: string) => ({
  find: `SELECT ${rowColumns} FROM "${table}"
    WHERE ${column(index)} = :value AND id > :afterId AND ${live} ORDER BY id LIMIT :limit`,
  range: `SELECT ${rowColumns} FROM "${table}"
    WHERE ${column(index)} >= :from AND ${column(index)} < :to
      AND (${column(index)}, id) > (:afterValue, :afterId) AND ${live}
    ORDER BY ${column(index)}, id LIMIT :limit`,
  countBy: `SELECT count(*) AS live FROM "${table}" WHERE ${column(index)} = :value AND ${live}`,
  removeBy: `DELETE FROM "${table}" WHERE ${column(index)} = :value`,
});

type Prepared<K extends string> = Readonly<Record<K, StatementSync>>;

const prepareAll = <K extends string>(database: DatabaseSync, sql: Record<K, string>): Prepared<K> => {
  const prepared = Object.entries<string>(sql).map(([name, text]) => {
    const statement = database.prepare(text);
    return [name, statement];
  });
  return Object.fromEntries(prepared);
};

/** Every statement on a table, prepared once. */
export const prepareStatements = (database: DatabaseSync, table: string, indexes: readonly string[]) => ({
  ...prepareAll(database, texts(table, indexes)),
  by: new Map(indexes.map((index) => [index, prepareAll(database, indexTexts(table, index))])),
});
