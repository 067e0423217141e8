import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { asInstances } from '../../support/instances.ts';
import { mongoServer } from '../../support/mongo.ts';
import { startProvidersBy } from '../../support/provider.ts';

/**
 * Runs the tests of a neighbouring folder once more, on two instances that share nothing but a database and take
 * each request by turns. `except` names files that are about one process, with the reason.
 */
export function everyTestOf(folder: string, except: Readonly<Record<string, string>> = {}): void {
  startProvidersBy(asInstances);
  const path = join(import.meta.dirname, '..', folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.test.ts') && !(name in except));
  describe.skipIf(!mongoServer())(`over two instances, request by request: ${folder}`, () => {
    for (const file of files) describe(file, async () => void (await import(join(path, file))));
  });
}
