import { readFile, stat } from 'node:fs/promises';

const MAX_BYTES = 64 * 1024;

/** The text of a small file an administrator named, or why it could not be read, as a sentence without subject. */
export async function readInputFile(
  file: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) return { problem: `is larger than ${MAX_BYTES / 1024} KiB` };
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    return {
      problem: `cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault'})`,
    };
  }
}
