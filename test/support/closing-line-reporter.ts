import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What a run came to. A file that could not be loaded and an error outside any test count as failed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Counts the tests of the given files, `errors` being those raised outside any test. */
export const tally = (
  modules: readonly Pick<TestModule, 'children' | 'errors' | 'state'>[],
  errors: number,
): Tally => {
  const count = { passed: 0, failed: errors, skipped: 0, pending: 0 };
  for (const module of modules) {
    const before = count.failed;
    for (const test of module.children.allTests()) count[test.result().state] += 1;
    if (module.state() === 'failed' && count.failed === before) count.failed += 1;
  }
  return { passed: count.passed, failed: count.failed, skipped: count.skipped + count.pending };
};

/** `N passed, N failed`, and `, N skipped` where there are any. */
export const closingLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Ends every run with its closing line, and fails a run that executed no test. */
export default class ClosingLineReporter implements Reporter {
  #total: Tally = { passed: 0, failed: 0, skipped: 0 };

  onInit(): void {
    // At exit, and not at the end of the run: nothing may come after it.
    process.once('exit', () => {
      if (this.#total.passed + this.#total.failed === 0) process.exitCode = 1;
      writeSync(1, `${closingLine(this.#total)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    this.#total = tally(modules, errors.length);
  }
}
