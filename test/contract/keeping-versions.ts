import { afterEach, describe, expect, it } from 'vitest';
import { type Storage, StorageUnavailable } from '../../src/storage/contract.ts';
import {
  DATA_VERSION,
  type OpenAll,
  readState,
  requireDataVersion,
  writeState,
} from '../../src/storage/keeping/data-version.ts';
import { migrations } from '../../src/storage/keeping/migrations.ts';
import { note, papers } from './harness.ts';
import { type OpenKept, openAll } from './keeping-bench.ts';

/** Which data a program starts on. */
export const describeVersions = (open: OpenKept) =>
  describe('the data version', () => {
    const undo: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const step of undo.splice(0)) await step();
    });
    const fresh = async (): Promise<Storage> => {
      const { storage, close } = await open();
      undo.push(close);
      return storage;
    };
    const refusal = (storage: Storage): Promise<unknown> =>
      requireDataVersion(storage, openAll).then(
        () => undefined,
        (error: unknown) => error,
      );

    it('refuses data that were there before versions, names the command, and stamps nothing', async () => {
      const storage = await fresh();
      await storage.collection(papers).insert('a', note('an'));
      for (const _ of ['at the first start', 'at the second']) {
        const error = await refusal(storage);
        expect(error).toBeInstanceOf(StorageUnavailable);
        expect(String(error)).toMatch(/version 1.*needs 2.*npm run admin -- storage migrate/);
      }
      expect(await readState(storage)).toBeUndefined();
    });

    it('refuses data of a newer release, and a copy that is not whole', async () => {
      const storage = await fresh();
      await writeState(storage, { version: DATA_VERSION + 1 });
      expect(String(await refusal(storage))).toMatch(/newer release/);
      await writeState(storage, { version: DATA_VERSION, copying: true });
      expect(String(await refusal(storage))).toMatch(/storage copy/);
    });

    it('refuses data whose migration was begun and not ended', async () => {
      const storage = await fresh();
      await writeState(storage, { version: 1, migrating: { to: 2, done: ['end-sign-ins'] } });
      expect(String(await refusal(storage))).toMatch(/storage migrate/);
    });

    it('stamps an empty database with the newest, to which the migrations lead', async () => {
      const storage = await fresh();
      expect(await refusal(storage)).toBeUndefined();
      await storage.collection(papers).insert('a', note('an'));
      expect(await refusal(storage)).toBeUndefined();
      expect(await readState(storage)).toEqual({ version: DATA_VERSION });
      expect(migrations.map(({ version }) => version)).toEqual([DATA_VERSION]);
    });

    it('lets all instances through that start on an empty database at once and write at once', async () => {
      const storage = await fresh();
      const starts = Array.from({ length: 20 }, async (_, at) => {
        await requireDataVersion(storage, openAll);
        await storage.collection(papers).put(`row-${at}`, note('an'));
      });
      await expect(Promise.all(starts)).resolves.toHaveLength(20);
    });

    it('looks again where another instance stamps and writes between the two looks', async () => {
      const storage = await fresh();
      let overtaken = false;
      const overtaking: OpenAll = (opened) => {
        const [first, ...others] = openAll(opened);
        if (!first) throw new Error('there are no collections');
        const count = async (): Promise<number> => {
          if (!overtaken) {
            overtaken = true;
            await requireDataVersion(storage, openAll);
            await storage.collection(papers).insert('a', note('an'));
          }
          return first.collection.count();
        };
        return [{ ...first, collection: { ...first.collection, count } }, ...others];
      };
      await expect(requireDataVersion(storage, overtaking)).resolves.toBeUndefined();
      expect(overtaken).toBe(true);
    });
  });
