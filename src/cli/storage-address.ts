import { configSchema } from '../config/schema.ts';

const SQLITE = 'sqlite:';

/** The file of an embedded database; undefined for the address of a server. */
export const sqliteFileOf = (url: string): string | undefined =>
  url.startsWith(SQLITE) ? url.slice(SQLITE.length) : undefined;

/** An address that the configuration takes, as it may be shown: without user, password and options. */
export const printableAddress = (url: string): string =>
  url.startsWith(SQLITE) ? url : url.replace(/\?.*$/s, '').replace(/\/\/.*@/s, '//');

/** Why the text is no address of a storage, as a sentence without subject; never repeats it. */
export const addressProblem = (url: string): string | undefined =>
  configSchema.shape.storage.shape.url.safeParse(url).error?.issues[0]?.message;
