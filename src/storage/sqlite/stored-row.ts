import type { StoredRow } from '../row.ts';

/** What `toRow` needs of a table. */
export const rowColumns = 'id, body, version, consumed_at, expires_at';

type Columns = Readonly<Record<string, unknown>>;

const momentOrNull = (value: unknown): number | null => (value === null ? null : Number(value));

export const toRow = (columns: Columns): StoredRow => ({
  id: String(columns.id),
  body: String(columns.body),
  version: Number(columns.version),
  consumedAt: momentOrNull(columns.consumed_at),
  expiresAt: momentOrNull(columns.expires_at),
});
