import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Storage, StorageUnavailable } from '../../src/storage/contract.ts';
import { readState, requireDataVersion, writeState } from '../../src/storage/keeping/data-version.ts';
import { type MigrationWork, migrate, planMigration } from '../../src/storage/keeping/migrate.ts';
import type { MigrationStep } from '../../src/storage/keeping/migrations.ts';
import { acquireLease, leaseDefinition } from '../../src/storage/lease.ts';
import { type Harness, note, notes, papers, START, type StandingClock } from './harness.ts';
import { before, OLD, type OpenKept, openAll, rowsOf, watching } from './keeping-bench.ts';

/** As data version 1 sealed: under the configured key itself. */
const sealedByOne = (context: string, text: string): string => {
  const kid = createHash('sha256').update(OLD).digest('base64url').slice(0, 16);
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid, ctx: context })).toString(
    'base64url',
  );
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', OLD, iv).setAAD(Buffer.from(header));
  const parts = [iv, Buffer.concat([cipher.update(text), cipher.final()]), cipher.getAuthTag()];
  return [header, '', ...parts.map((part) => part.toString('base64url'))].join('.');
};

const ALL = { version: 1 } as const;

/** From one data version to the next. */
export const describeMigrating = (open: OpenKept, clock: StandingClock) =>
  describe('migrating the data', () => {
    const undo: (() => Promise<void>)[] = [];
    afterEach(async () => {
      clock.time = START;
      for (const step of undo.splice(0)) await step();
    });

    /** Data of version 1, one of whose sessions fits no schema any more. */
    const old = async (): Promise<Harness> => {
      const harness = await open();
      undo.push(harness.close);
      const { storage, writeBody } = harness;
      await storage.collection(papers).insert('a', note('an', 1));
      await writeBody('papers', 'a', sealedByOne('papers/a', JSON.stringify(note('an', 1))));
      await storage.collection(notes).insert('n', note('an', 2));
      const many = Array.from({ length: 700 }, (_, at) => ({ id: `s-${at}`, doc: note('an', at) }));
      await rowsOf(storage, 'sessions').insertMany(many);
      await writeBody('sessions', 's-300', '{"form":"former"}');
      return harness;
    };
    const run = (storage: Storage, watch: MigrationWork['watch'] = { ...watching(), begin: () => {} }) =>
      migrate({ storage, collections: openAll(storage), clock, watch });
    const plan = (storage: Storage) => planMigration(ALL, openAll(storage));

    it('does nothing while another one is at it', async () => {
      const { storage } = await old();
      await acquireLease(storage.collection(leaseDefinition), 'storage-migrate', 'another', 30_000, clock);
      await expect(run(storage)).rejects.toBeInstanceOf(StorageUnavailable);
      expect(await rowsOf(storage, 'sessions').count()).toBe(700);
      clock.time += 30_001;
      expect(await run(storage)).toBe('done');
    });

    it('removes nothing more once it stood still and another one came to its end', async () => {
      const { storage } = await old();
      let overtaken = false;
      const late = openAll(storage).map((kept) => ({
        ...kept,
        collection: {
          ...kept.collection,
          scan: async (page: Parameters<typeof kept.collection.scan>[0]) => {
            if (!overtaken) {
              overtaken = true;
              clock.time += 30_001;
              expect(await run(storage)).toBe('done');
              await rowsOf(storage, 'sessions').insert('later', note('an'));
            }
            return kept.collection.scan(page);
          },
        },
      }));
      const watch = { ...watching(), begin: () => {} };
      await expect(migrate({ storage, collections: late, clock, watch })).rejects.toThrow(
        'Another migration',
      );
      expect(await rowsOf(storage, 'sessions').count()).toBe(1);
      expect(await readState(storage)).toEqual({ version: 2 });
    });

    it('goes on after it stood still where no other one began', async () => {
      const { storage } = await old();
      const report = (): void => {
        clock.time += 30_001;
      };
      expect(await run(storage, { ...watching(), report, begin: () => {} })).toBe('done');
    });

    it('plans each step with its rows', async () => {
      const { storage } = await old();
      const steps = await plan(storage);
      expect(steps.map(({ step, rows, version }) => [version, step.name, rows])).toEqual([
        [2, 'end-sign-ins', 700],
        [2, 'seal-by-row', 1],
      ]);
      expect(await planMigration({ version: 2 }, openAll(storage))).toEqual([]);
    });

    it('ends sign-ins, encrypts each row under its own key, keeps the rest, and lets the program start', async () => {
      const { storage, readBody } = await old();
      expect(before.isCurrent('papers/a', await readBody('papers', 'a'))).toBe(false);
      await expect(requireDataVersion(storage, openAll)).rejects.toThrow('migrate');
      expect(await run(storage)).toBe('done');
      expect(await rowsOf(storage, 'sessions').count()).toBe(0);
      expect(before.isCurrent('papers/a', await readBody('papers', 'a'))).toBe(true);
      expect(await storage.collection(papers).get('a')).toMatchObject({ doc: note('an', 1), version: 1 });
      expect(await storage.collection(notes).get('n')).toMatchObject({ doc: note('an', 2) });
      await expect(requireDataVersion(storage, openAll)).resolves.toBeUndefined();
    });

    it('goes on after an interruption without doing a finished step again', async () => {
      const { storage } = await old();
      expect(await run(storage, { ...watching(1), begin: () => {} })).toBe('stopped');
      expect(await readState(storage)).toBeUndefined();
      let begun = 0;
      const stopsInSecond = {
        begin: () => {
          begun += 1;
        },
        report: () => {},
        stopped: () => begun > 1,
      };
      expect(await run(storage, stopsInSecond)).toBe('stopped');
      expect(await readState(storage)).toEqual({ version: 1, migrating: { to: 2, done: ['end-sign-ins'] } });
      await expect(requireDataVersion(storage, openAll)).rejects.toThrow('migrate');

      await rowsOf(storage, 'sessions').insert('later', note('an'));
      const steps: string[] = [];
      const begin = ({ name }: MigrationStep): void => void steps.push(name);
      expect(await run(storage, { ...watching(), begin })).toBe('done');
      expect(steps).toEqual(['seal-by-row']);
      expect(await rowsOf(storage, 'sessions').count()).toBe(1);
    });

    it('does nothing to data that are of the newest version', async () => {
      const { storage } = await old();
      await writeState(storage, { version: 2 });
      expect(await run(storage)).toBe('done');
      expect(await rowsOf(storage, 'sessions').count()).toBe(700);
    });
  });
