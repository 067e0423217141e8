import { readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeProblem, writePrivately } from '../../../src/cli/new-file.ts';
import { temporaryFolder } from '../../support/storage.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const file = () => join(folder.folder, 'thu.html');
const names = () => readdir(folder.folder);

describe('a file for its owner alone', () => {
  it('takes no place that somebody took while it was written', async () => {
    const taking = async (): Promise<string> => {
      await writeFile(file(), 'theirs');
      return 'mine';
    };
    expect(await writePrivately(file(), false, taking)).toEqual({
      problem: expect.stringContaining('EEXIST'),
    });
    expect(await readFile(file(), 'utf8')).toBe('theirs');
    expect(await names()).toEqual(['thu.html']);
  });

  it('follows no link that lies in its place', async () => {
    await symlink(join(folder.folder, 'elsewhere'), file());
    expect(await placeProblem(file(), false)).toContain('there already');
    expect(await writePrivately(file(), true, async () => 'mine')).toBeUndefined();
    expect(await names()).toEqual(['thu.html']);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('asks for no content where it cannot be written', async () => {
    const asked = async (): Promise<string> => {
      throw new Error('asked');
    };
    const nowhere = join(folder.folder, 'none', 'thu.html');
    expect(await writePrivately(nowhere, false, asked)).toEqual({
      problem: expect.stringContaining('ENOENT'),
    });
  });

  it('replaces what is there where that is wanted, and shows half of it to nobody', async () => {
    await writeFile(file(), 'old', { mode: 0o644 });
    const between: string[] = [];
    await writePrivately(file(), true, async () => {
      between.push(await readFile(file(), 'utf8'));
      return 'new';
    });
    expect(between).toEqual(['old']);
    expect(await readFile(file(), 'utf8')).toBe('new');
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });
});
