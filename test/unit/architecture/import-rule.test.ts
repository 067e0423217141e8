import { describe, expect, test } from 'vitest';
import { importBreaches } from '../../support/import-rule.ts';
import { productionDependencies, projectFiles } from '../../support/project-files.ts';

const breachesOf = (path: string, text: string) =>
  importBreaches([{ path, text }], ['koa', 'yaml', 'jose', 'pino']);

describe('the rule, on invented sources', () => {
  test('having seen no file is a breach', () => {
    expect(importBreaches([], [])).toEqual(['no source file was seen']);
  });

  test.each([
    ['an ordinary import', "import { a } from '../http/app.ts';"],
    ['an import over several lines', "import {\n  a, // the app's own\n  b,\n} from '../http/app.ts';"],
    ['a namespace', "import * as app from '../http/app.ts';"],
    ['a default with names', "import app, { a } from '../http/app.ts';"],
    ['a type', "import type { A } from '../http/app.ts';"],
    ['an inline type', "import { type A } from '../http/app.ts';"],
    ['a type in place', "type A = import('../http/app.ts').A;"],
    ['a side effect', "import '../http/app.ts';"],
    ['a re-export', "export { a } from '../http/app.ts';"],
    ['a re-export of everything', "export * from '../http/app.ts';"],
    ['a dynamic import', "const app = await import('../http/app.ts');"],
    ['a file looked up by name', "readFileSync(import.meta.resolve('../http/app.ts'));"],
    ['the file of a worker', "new Worker(new URL('../http/app.ts', import.meta.url));"],
  ])('%s of a folder above is a breach', (_shape, text) => {
    expect(breachesOf('src/oidc/provider.ts', text)).toEqual([
      'src/oidc/provider.ts imports http, which is above it',
    ]);
  });

  test('storage may not know the keys above it', () => {
    expect(breachesOf('src/storage/sealed.ts', "import { seal } from '../keys/seal.ts';")).toHaveLength(1);
    expect(breachesOf('src/keys/seal.ts', "import { x } from '../storage/contract.ts';")).toEqual([]);
  });

  test('http, cli and jobs do not import each other', () => {
    const breach = breachesOf('src/http/app.ts', "import { run } from '../jobs/purge.ts';");
    expect(breach).toEqual(['src/http/app.ts imports jobs, which is beside it']);
  });

  test('nothing imports main or wiring, save each other', () => {
    expect(breachesOf('src/demo/demo.ts', "import { wire } from '../wiring.ts';")).toHaveLength(1);
    expect(breachesOf('src/main.ts', "import { wire } from './wiring.ts';")).toEqual([]);
  });

  test('main loads the demo dynamically, or for its types alone', () => {
    expect(breachesOf('src/main.ts', "import { demo } from './demo/demo.ts';")).toHaveLength(1);
    expect(breachesOf('src/main.ts', "import { type Demo } from './demo/demo.ts';")).toHaveLength(1);
    expect(breachesOf('src/main.ts', "import type { Demo } from './demo/demo.ts';")).toEqual([]);
    expect(breachesOf('src/main.ts', "await import('./demo/demo.ts');")).toEqual([]);
  });

  test('a folder that is not in the order is a breach, as importer and as imported', () => {
    expect(breachesOf('src/misc/a.ts', '')).toEqual(['src/misc/a.ts has no place in the order of folders']);
    expect(breachesOf('src/http/a.ts', "import { b } from '../misc/b.ts';")).toHaveLength(1);
    expect(breachesOf('src/stray.ts', '')).toHaveLength(1);
  });

  test('src imports nothing outside src', () => {
    expect(breachesOf('src/http/a.ts', "import { b } from '../../test/support/b.ts';")).toHaveLength(1);
  });

  test('an import that cannot be followed is a breach', () => {
    expect(breachesOf('src/http/a.ts', 'await import(name);')).toEqual([
      'src/http/a.ts computes what it imports',
    ]);
    expect(breachesOf('src/http/a.ts', "const b = require('../jobs/b.ts');")).toHaveLength(1);
    expect(breachesOf('src/http/a.ts', "const b = require.resolve('../jobs/b.ts');")).toHaveLength(1);
    expect(breachesOf('src/http/a.ts', 'readFileSync(import.meta.resolve(name));')).toEqual([
      'src/http/a.ts computes what it looks up',
    ]);
    expect(breachesOf('src/http/a.ts', 'const find = import.meta.resolve;')).toHaveLength(1);
    expect(breachesOf('src/http/a.ts', 'import odd: from "x"')).toHaveLength(1);
  });

  test('a library outside its home is a breach', () => {
    expect(breachesOf('src/oidc/a.ts', "import type { Context } from 'koa';")).toEqual([
      'src/oidc/a.ts imports koa, whose home is src/http/, src/demo/',
    ]);
    expect(breachesOf('src/http/a.ts', "import { DatabaseSync } from 'node:sqlite';")).toHaveLength(1);
    expect(breachesOf('src/storage/a.ts', "import { DatabaseSync } from 'node:sqlite';")).toHaveLength(1);
    expect(breachesOf('src/http/a.ts', "import { x } from 'oidc-provider/lib/x.js';")).toHaveLength(1);
    expect(breachesOf('src/http/a.ts', "import.meta.resolve('yaml');")).toHaveLength(1);
  });

  test('a package that production does not install is a breach', () => {
    expect(breachesOf('src/http/a.ts', "import { x } from 'vitest';")).toHaveLength(1);
    expect(breachesOf('src/http/a.ts', "import.meta.resolve('vitest');")).toHaveLength(1);
    expect(breachesOf('src/http/a.ts', "import { x } from '@scope/other/deep';")).toEqual([
      'src/http/a.ts imports @scope/other, which is no dependency',
    ]);
  });

  test('the own folder, folders below and libraries at home are fine', () => {
    const text = [
      "import type { Server } from 'node:http';",
      "import Koa from 'koa';",
      "import { decodeJwt } from 'jose';",
      "import { page } from './pages/page.ts';",
      "import { systemClock } from '../clock/clock.ts';",
      "const here = import.meta.dirname; // import what is needed from 'elsewhere'",
    ].join('\n');
    expect(breachesOf('src/http/app.ts', text)).toEqual([]);
  });
});

test('the sources keep to the order of folders and to the homes of libraries', () => {
  expect(importBreaches(projectFiles('src/**/*.ts'), productionDependencies())).toEqual([]);
});
