const SQLITE = 'sqlite:';

/** The file of an embedded database; undefined for the address of a server. */
export const sqliteFileOf = (url: string): string | undefined =>
  url.startsWith(SQLITE) ? url.slice(SQLITE.length) : undefined;
