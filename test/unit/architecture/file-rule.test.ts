import { describe, expect, test } from 'vitest';
import { fileBreaches, readmeBreaches } from '../../support/file-rule.ts';
import { projectFiles } from '../../support/project-files.ts';

const breachesOf = (path: string, text = '') => fileBreaches([{ path, text }]);

describe('the rules, on invented sources', () => {
  test('having seen no file or no folder is a breach', () => {
    expect(fileBreaches([])).toEqual(['no source file was seen']);
    expect(readmeBreaches([], [])).toEqual(['no folder was seen']);
  });

  test('the 301st line is a breach', () => {
    expect(breachesOf('src/http/a.ts', 'x\n'.repeat(301))).toEqual([
      'src/http/a.ts has 301 lines, above 300',
    ]);
    expect(breachesOf('src/http/a.ts', 'x\n'.repeat(300))).toEqual([]);
  });

  test.each(['src/http/index.ts', 'src/http/utils.ts', 'src/utils/a.ts', 'test/support/helper.ts'])(
    '%s is a breach by its name',
    (path) => expect(breachesOf(path)).toHaveLength(1),
  );

  test('a name that is not in kebab case is a breach', () => {
    expect(breachesOf('src/http/pageModels.ts')).toEqual([
      'src/http/pageModels.ts is not named in kebab case',
    ]);
    expect(breachesOf('test/unit/page-models.test.ts')).toEqual([]);
  });

  test('a file that exports another whole is a barrel', () => {
    expect(breachesOf('src/http/all.ts', "export * from './a.ts';")).toHaveLength(1);
  });

  test.each([
    'process.env.HOME',
    'process?.env',
    "process['env']",
    'const { env } = process;',
    "import { env } from 'node:process';",
  ])('%s is a breach outside main and wiring', (text) => {
    expect(breachesOf('src/http/a.ts', text)).toHaveLength(1);
    expect(breachesOf('src/main.ts', text)).toEqual([]);
    expect(breachesOf('scripts/a.ts', text)).toEqual([]);
  });

  test('a comment may speak of the environment', () => {
    expect(breachesOf('src/config/a.ts', '/** The caller passes\n * process.env.\n */')).toEqual([]);
  });

  test('a folder without README.md and one of sixteen lines are breaches', () => {
    const source = { path: 'src/audit/event.ts', text: '' };
    expect(readmeBreaches([source], [])).toEqual(['src/audit/README.md is missing']);
    const readme = { path: 'src/audit/README.md', text: 'x\n'.repeat(16) };
    expect(readmeBreaches([source], [readme])).toEqual(['src/audit/README.md has 16 lines, above 15']);
  });
});

test('the sources, scripts and tests keep to the rules about files', () => {
  expect(fileBreaches(projectFiles('{src,test}/**/*.ts', 'scripts/**/*.{ts,mjs}'))).toEqual([]);
});

test('every folder of src opens with a README.md of at most fifteen lines', () => {
  expect(readmeBreaches(projectFiles('src/*/**/*.ts'), projectFiles('src/**/README.md'))).toEqual([]);
});
