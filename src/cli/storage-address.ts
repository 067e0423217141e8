import { configSchema } from '../config/schema.ts';
import { sqliteFileOf } from '../config/sqlite-address.ts';

/** An address that the configuration takes, as it may be shown: without user, password and options. */
export const printableAddress = (url: string): string =>
  sqliteFileOf(url) !== undefined ? url : url.replace(/\?.*$/s, '').replace(/\/\/.*@/s, '//');

/** Why the text is no address of a storage, as a sentence without subject; never repeats it. */
export const addressProblem = (url: string): string | undefined =>
  configSchema.shape.storage.shape.url.safeParse(url).error?.issues[0]?.message;
