import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** What an image for production holds, in another folder; `without` are paths that are left out. */
export async function copyProject(folder: string, without: readonly string[] = []): Promise<void> {
  const left = new Set(without.map((path) => join(ROOT, path)));
  for (const part of ['src', 'views', 'config', 'scripts', 'package.json']) {
    await cp(join(ROOT, part), join(folder, part), {
      recursive: true,
      filter: (source) => !left.has(source),
    });
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
}
