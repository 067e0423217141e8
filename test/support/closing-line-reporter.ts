import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import type { MongoLookup } from './mongo-server.ts';

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

/** `storage engines: …`; undefined for a run that was to ask none but the embedded one. */
export const enginesLine = (mongo: MongoLookup | undefined, sqlite: string): string | undefined => {
  if (!mongo) return undefined;
  if (mongo.server) return `storage engines: SQLite ${sqlite}, ${mongo.server.label}`;
  return `storage engines: SQLite ${sqlite} only; no MongoDB-compatible server was found (${mongo.missing}; or name one in MONGODB_URI)`;
};

/** A run that must not do with fewer engines counts the missing one as a failure. */
export const demandEngines = (total: Tally, mongo: MongoLookup | undefined, demanded: boolean): Tally =>
  demanded && mongo?.missing !== undefined ? { ...total, failed: total.failed + 1 } : total;

const lookupOf = (modules: readonly TestModule[]): MongoLookup | undefined =>
  modules.map(({ project }) => project.getProvidedContext().mongo).find((mongo) => mongo !== undefined);

/**
 * Ends every run with the storage engines it had and its closing line. Fails a run that executed no test, and under
 * REQUIRE_ALL_ENGINES=1 one that had to leave an engine out.
 */
export default class ClosingLineReporter implements Reporter {
  #total: Tally = { passed: 0, failed: 0, skipped: 0 };
  #mongo: MongoLookup | undefined;

  onInit(): void {
    // At exit, and not at the end of the run: nothing may come after it.
    process.once('exit', () => this.#close());
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    this.#total = tally(modules, errors.length);
    this.#mongo = lookupOf(modules);
  }

  #close(): void {
    const total = demandEngines(this.#total, this.#mongo, process.env.REQUIRE_ALL_ENGINES === '1');
    const lines = [enginesLine(this.#mongo, process.versions.sqlite ?? ''), closingLine(total)];
    if (total.failed > this.#total.failed)
      lines.unshift('REQUIRE_ALL_ENGINES=1: the run fails for want of an engine');
    if (total.failed > this.#total.failed || total.passed + total.failed === 0) process.exitCode = 1;
    writeSync(
      1,
      lines
        .filter((line) => line !== undefined)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
}
