import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killDrill } from '../../support/kill-drill.ts';
import { type FreshDatabase, freshDatabaseUri, mongoServer } from '../../support/mongo.ts';
import { temporaryFolder } from '../../support/storage.ts';

const MILLISECONDS = 12_000;
const newSeed = () => Math.floor(Math.random() * 2 ** 31);

describe('server processes killed at random moments while people sign in', { timeout: 240_000 }, () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: FreshDatabase | undefined;
  beforeAll(async () => {
    folder = await temporaryFolder();
    if (mongoServer()) database = freshDatabaseUri();
  });
  afterAll(async () => {
    await folder.remove();
    await database?.drop();
  });

  it('never contradict what they said: one process on SQLite', async () => {
    const seed = newSeed();
    const storageUrl = `sqlite:${join(folder.folder, 'motcua.db')}`;
    const verdict = await killDrill({ storageUrl, instances: 1, milliseconds: MILLISECONDS, seed });
    expect(verdict.violations, `seed ${seed}`).toEqual([]);
    expect(verdict.kills).toBeGreaterThan(0);
    expect(verdict.counts['code: tokens']).toBeGreaterThan(0);
  });

  it.skipIf(!mongoServer())(
    'never contradict what they said: two on one database, of which one goes on',
    async () => {
      const seed = newSeed();
      const verdict = await killDrill({
        storageUrl: database?.uri ?? '',
        instances: 2,
        milliseconds: MILLISECONDS,
        seed,
      });
      expect(verdict.violations, `seed ${seed}`).toEqual([]);
      expect(verdict.kills).toBeGreaterThan(0);
      expect(verdict.meanwhile).toBeGreaterThan(0);
    },
  );
});
