import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/**
 * Compares with the recorded answer of this name. What relying parties see changes on purpose or not at all: run
 * `UPDATE_GOLDEN=1 npx vitest run --project http test/http/golden && npx biome format --write test/http/golden` to
 * record anew, and read the difference before it is committed.
 */
export function expectGolden(name: string, value: unknown): void {
  const file = join(import.meta.dirname, `${name}.json`);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
  expect(value).toEqual(JSON.parse(readFileSync(file, 'utf8')));
}

/** The same value with each text replaced wherever it stands: addresses, identifiers that are new at each start. */
export const normalised = (value: unknown, names: Readonly<Record<string, string>>): unknown =>
  JSON.parse(
    Object.entries(names).reduce(
      (text, [found, name]) => text.replaceAll(found, name),
      JSON.stringify(value),
    ),
  );
