import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Why a file cannot be written, as a sentence without subject. */
export interface Unwritable {
  readonly problem: string;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';

/** Whether a file may take this place, before anything is done for it. */
export async function placeProblem(file: string, force: boolean): Promise<string | undefined> {
  try {
    const found = await lstat(file);
    if (found.isDirectory()) return 'is a folder';
    return force ? undefined : 'is there already; --force replaces it';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : `cannot be written (${codeOf(error)})`;
  }
}

/**
 * Writes a file that its owner alone may read, whole or not at all. `content` is asked for once the place is known to
 * be writable; what stands there is replaced with `force` alone.
 */
export async function writePrivately(
  file: string,
  force: boolean,
  content: () => Promise<string>,
): Promise<Unwritable | undefined> {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`);
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(draft, 'wx', 0o600);
  } catch (error) {
    return { problem: `cannot be written (${codeOf(error)})` };
  }
  try {
    const text = await content();
    try {
      await handle.writeFile(text);
      await handle.sync();
      await (force ? rename(draft, file) : putWhereNothingIs(draft, file));
    } catch (error) {
      return { problem: `cannot be written (${codeOf(error)})` };
    }
    return undefined;
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
}

/** Rejects where something is there. Not every disk has links; a copy there may be cut short by a crash. */
async function putWhereNothingIs(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(codeOf(error))) throw error;
    await copyFile(draft, file, constants.COPYFILE_EXCL);
  }
}
