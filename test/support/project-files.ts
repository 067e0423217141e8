import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Source } from './import-rule.ts';

const root = join(import.meta.dirname, '..', '..');

/** The files of this project that match, with paths from its root. */
export const projectFiles = (...patterns: string[]): Source[] =>
  globSync(patterns, { cwd: root })
    .toSorted()
    .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(root, path), 'utf8') }));

/** The packages that a production installation has. */
export const productionDependencies = (): string[] => {
  const manifest: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return Object.keys(manifest.dependencies);
};
