import { expect, test } from 'vitest';
import type { TestState } from 'vitest/node';
import { closingLine, demandEngines, enginesLine, tally } from '../../support/closing-line-reporter.ts';

type Module = Parameters<typeof tally>[0][number];

/** A file of tests with these results, as far as the tally reads one. */
const file = (state: ReturnType<Module['state']>, ...results: TestState[]) =>
  ({
    state: () => state,
    children: { allTests: () => results.map((result) => ({ result: () => ({ state: result }) })) },
  }) as unknown as Module;

test('a file that could not be loaded counts as one failure', () => {
  expect(tally([file('failed'), file('passed', 'passed')], 0)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('an error outside any test counts as a failure', () => {
  expect(tally([file('passed', 'passed')], 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

test('a test that never got its turn counts as skipped', () => {
  expect(tally([file('failed', 'failed', 'pending', 'skipped')], 0)).toEqual({
    passed: 0,
    failed: 1,
    skipped: 2,
  });
});

test('the line names skipped tests only where there are any', () => {
  expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
});

const missing = { missing: 'FerretDB is not prepared: run scripts/prepare-ferretdb.sh' };
const present = {
  server: { uri: 'mongodb://127.0.0.1:1/', label: 'FerretDB 2.7.0', hosts: ['127.0.0.1:1'] },
};

test('an engine that no server was found for is said, with what to do', () => {
  expect(enginesLine(missing, '3.53.4')).toBe(
    'storage engines: SQLite 3.53.4 only; no MongoDB-compatible server was found (FerretDB is not prepared: run scripts/prepare-ferretdb.sh; or name one in MONGODB_URI)',
  );
});

test('the engines of the run are named, and none where no test was to ask them', () => {
  expect(enginesLine(present, '3.53.4')).toBe('storage engines: SQLite 3.53.4, FerretDB 2.7.0');
  expect(enginesLine(undefined, '3.53.4')).toBeUndefined();
});

test('a missing engine is a failure only of a run that demands all of them and was to ask it', () => {
  const total = { passed: 3, failed: 0, skipped: 2 };
  expect(demandEngines(total, missing, true)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  expect(demandEngines(total, missing, false)).toBe(total);
  expect(demandEngines(total, present, true)).toBe(total);
  expect(demandEngines(total, undefined, true)).toBe(total);
});
