import { expect, test } from 'vitest';
import type { TestState } from 'vitest/node';
import { closingLine, tally } from '../../support/closing-line-reporter.ts';

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
