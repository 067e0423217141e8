import type { Source } from './import-rule.ts';

/** Without comment lines, so that a rule about code does not trip over a sentence about it. */
const codeOf = (text: string): string => text.replace(/^\s*(\/\*|\*|\/\/).*$/gm, '');

const readsEnvironment =
  /\bprocess\s*\??\.\s*env\b|\bprocess\s*\[|\}\s*=\s*process\b|from\s*['"](node:)?process['"]/;

const lines = (text: string): number => text.replace(/\n$/, '').split('\n').length;

const environmentReaders = ['src/main.ts', 'src/wiring.ts'];

const codeBreaches = ({ path, text }: Source): string[] => {
  const breaches: string[] = [];
  const name = path.split('/').at(-1) ?? '';
  if (lines(text) > 300) breaches.push(`has ${lines(text)} lines, above 300`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|mjs)$/.test(name))
    breaches.push('is not named in kebab case');
  if (/(^|\/)(index|utils?|helpers?)(\.|\/)/.test(path)) breaches.push('is named for no thing it owns');
  if (/^\s*export\s*\*/m.test(text)) breaches.push('is a barrel: it exports another file whole');
  if (path.startsWith('src/') && !environmentReaders.includes(path) && readsEnvironment.test(codeOf(text))) {
    breaches.push('reads the environment, which only main and wiring do');
  }
  return breaches;
};

/** What breaks a rule about single files of src, scripts and test, a sentence each. */
export const fileBreaches = (sources: readonly Source[]): string[] => {
  if (sources.length === 0) return ['no source file was seen'];
  return sources.flatMap((source) => codeBreaches(source).map((breach) => `${source.path} ${breach}`));
};

/** Every folder directly in src opens with a README.md, and no README.md in src is longer than fifteen lines. */
export const readmeBreaches = (sources: readonly Source[], readmes: readonly Source[]): string[] => {
  const folders = new Set(
    sources.map(({ path }) => path.split('/').slice(0, -1)).flatMap((parts) => parts[1] ?? []),
  );
  if (folders.size === 0) return ['no folder was seen'];
  const missing = [...folders]
    .map((folder) => `src/${folder}/README.md`)
    .filter((path) => !readmes.some((readme) => readme.path === path));
  const long = readmes.filter(({ text }) => lines(text) > 15);
  return [
    ...missing.map((path) => `${path} is missing`),
    ...long.map(({ path, text }) => `${path} has ${lines(text)} lines, above 15`),
  ];
};
