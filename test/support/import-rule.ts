import { posix } from 'node:path';

/** A source file: its path from the root of the project, with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * Folders of src/ from top to bottom. A file imports its own folder and folders in lower rows; folders in one row
 * do not import each other.
 */
const order = [
  ['main', 'wiring', 'services', 'start', 'collections'],
  ['demo'],
  ['http', 'cli', 'jobs'],
  ['oidc'],
  ['counter'],
  ['consent'],
  ['documents'],
  ['authentication'],
  ['subject'],
  ['relying-party'],
  ['audit'],
  ['outbox'],
  ['keys'],
  ['storage'],
  ['messages'],
  ['telemetry'],
  ['config'],
  ['clock'],
] as const;

/** Where a library may be imported. A library that is not named here may be imported anywhere. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'oidc-provider': ['src/oidc/'],
  koa: ['src/http/', 'src/demo/'],
  '@koa/router': ['src/http/', 'src/demo/'],
  '@koa/bodyparser': ['src/http/', 'src/demo/'],
  pug: ['src/http/', 'src/demo/'],
  mongoose: ['src/storage/mongo/'],
  'node:sqlite': ['src/storage/sqlite/'],
  nodemailer: ['src/outbox/'],
  commander: ['src/cli/'],
  '@clack/prompts': ['src/cli/'],
  yaml: ['src/config/', 'src/cli/'],
  '@node-rs/argon2': ['src/keys/'],
  pino: ['src/telemetry/'],
  'openid-client': ['src/demo/'],
};

interface Import {
  readonly specifier: string;
  /** `erased` leaves no trace at run time; `dynamic` loads only when it is reached. */
  readonly kind: 'static' | 'erased' | 'dynamic';
}

const clause = String.raw`(?:[\w$]+\s*,?\s*)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})?`;
const fromImport = new RegExp(
  String.raw`^[ \t]*(?:import|export)\b\s*(type\b(?!\s+from\b|\s*,)\s*)?${clause}\s*from\s*(['"])([^'"\n]+)\2`,
  'gm',
);
const sideEffect = /^[ \t]*import\s*(['"])([^'"\n]+)\1/gm;
const dynamic = /\bimport\(\s*(['"])([^'"\n]+)\1/g;
const byAddress = /\bnew URL\(\s*(['"])(\.[^'"\n]*\.[mc]?[jt]s)\1\s*,\s*import\.meta\.url/g;

const located = /\bimport\.meta\.resolve\(\s*(['"])([^'"\n]+)\1\s*\)/g;

/** Everything a file imports: statically, for its types alone, dynamically, or as the file of a worker. */
const importsOf = (text: string): Import[] => [
  ...[...text.matchAll(fromImport)].map(
    ([, type, , specifier = '']): Import => ({ specifier, kind: type ? 'erased' : 'static' }),
  ),
  ...[...text.matchAll(sideEffect)].map(([, , specifier = '']): Import => ({ specifier, kind: 'static' })),
  ...[...text.matchAll(dynamic)].map(([, , specifier = '']): Import => ({ specifier, kind: 'dynamic' })),
  ...[...text.matchAll(located)].map(([, , specifier = '']): Import => ({ specifier, kind: 'dynamic' })),
  ...[...text.matchAll(byAddress)].map(([, , specifier = '']): Import => ({ specifier, kind: 'dynamic' })),
];

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** Ways to import that this rule could not follow. */
const unreadable = (text: string): string[] => {
  const breaches: string[] = [];
  const statements = count(text, /^[ \t]*import\b(?!\s*[.(])/gm);
  const read = [...text.matchAll(fromImport)].filter(([match]) =>
    match.trimStart().startsWith('import'),
  ).length;
  if (statements !== read + count(text, sideEffect))
    breaches.push('has an import statement that cannot be read');
  if (count(text, /\bimport\(/g) !== count(text, dynamic)) breaches.push('computes what it imports');
  if (count(text, /\bimport\.meta\.resolve\b/g) !== count(text, located))
    breaches.push('computes what it looks up');
  if (/\bcreateRequire\b|\brequire\s*[.(]/.test(text)) breaches.push('uses require');
  return breaches;
};

/** The folder of src/ that a path belongs to; a file directly in src/ counts by its name. */
const folderOf = (path: string): string => path.split('/')[1]?.replace(/\.ts$/, '') ?? '';

const rankOf = (folder: string): number => order.findIndex((row) => row.some((name) => name === folder));

const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

const relativeBreach = (path: string, { specifier, kind }: Import): string | undefined => {
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith('src/')) return `imports ${specifier}, which is outside src`;
  const [from, to] = [folderOf(path), folderOf(target)];
  const rank = rankOf(to);
  if (rank < 0) return `imports ${to}, which has no place in the order of folders`;
  if (from === to || rank === 0) return rankOf(from) <= rank ? undefined : `imports ${to}, which is above it`;
  if (rankOf(from) === rank) return `imports ${to}, which is beside it`;
  if (rankOf(from) > rank) return `imports ${to}, which is above it`;
  if (to === 'demo' && kind === 'static')
    return 'imports demo statically: it is loaded only where it is switched on';
  return undefined;
};

const libraryBreach = (
  path: string,
  specifier: string,
  dependencies: readonly string[],
): string | undefined => {
  const name = packageOf(specifier);
  const home = homes[name];
  if (home && !home.some((folder) => path.startsWith(folder)))
    return `imports ${name}, whose home is ${home.join(', ')}`;
  if (!name.startsWith('node:') && !dependencies.includes(name))
    return `imports ${name}, which is no dependency`;
  return undefined;
};

/**
 * What breaks the order of folders or the home of a library, a sentence each; empty when nothing does.
 * Having been given no file is a breach too. `dependencies` are the packages installed in production.
 */
export const importBreaches = (sources: readonly Source[], dependencies: readonly string[]): string[] => {
  if (sources.length === 0) return ['no source file was seen'];
  return sources.flatMap(({ path, text }) => {
    const unplaced = rankOf(folderOf(path)) < 0 ? ['has no place in the order of folders'] : [];
    const broken = importsOf(text).map((found) =>
      found.specifier.startsWith('.')
        ? relativeBreach(path, found)
        : libraryBreach(path, found.specifier, dependencies),
    );
    return [...unplaced, ...unreadable(text), ...broken.filter((breach) => breach !== undefined)].map(
      (breach) => `${path} ${breach}`,
    );
  });
};
