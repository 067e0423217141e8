import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type BodyCipher,
  type CollectionDefinition,
  StorageUnavailable,
} from '../../src/storage/contract.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/sqlite-storage.ts';
import { prepareStatements } from '../../src/storage/sqlite/statements.ts';
import { createTestCipher, temporaryFolder } from '../support/storage.ts';
import { type Note, note, papers, standingClock } from './harness.ts';
import { onFile } from './sqlite-harness.ts';

const ROWS = 450;

const { indexes: _, ...bare } = papers;
const plain: CollectionDefinition<Note> = bare;

const undo: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A file with sealed rows that were written before any index was declared. */
const openOld = async () => {
  const { folder, remove } = await temporaryFolder();
  undo.push(remove);
  const file = join(folder, 'motcua.db');
  const cipher = createTestCipher();
  const open = async (other: BodyCipher = cipher) => {
    const storage = await openSqliteStorage({ file, cipher: other, clock: standingClock() });
    undo.push(() => storage.close());
    return storage;
  };
  const storage = await open();
  const rows = Array.from({ length: ROWS }, (_, at) => ({
    id: `n${at}`,
    doc: note(at % 3 ? 'an' : 'binh', at),
  }));
  await storage.collection(plain).insertMany(rows);
  await storage.close();
  return { file, cipher, open };
};

const page = { limit: 1000 };

describe('an index that is declared later', () => {
  it('is not answered from before it is filled: rows that cannot be opened are a fault', async () => {
    const { open } = await openOld();
    const storage = await open(createTestCipher());
    await expect(storage.collection(papers).find('owner', 'an')).rejects.toThrow('papers/n');
  });

  it('finds the sealed rows that were there before it', async () => {
    const { file, open } = await openOld();
    const storage = await open();
    expect(await storage.collection(papers).find('owner', 'binh', page)).toHaveLength(ROWS / 3);
    expect(await storage.collection(papers).find('owner', 'an', page)).toHaveLength((ROWS * 2) / 3);
    expect(onFile(file, 'SELECT * FROM motcua_backfill')).toEqual([]);
  });

  it('keeps what is written while it is filled', async () => {
    const { open } = await openOld();
    const collection = (await open()).collection(papers);
    const writes = [
      collection.put('n449', note('chi')),
      collection.consume('n448', 1),
      collection.remove('n447'),
      collection.insert('new', note('chi')),
    ];
    const found = await collection.find('owner', 'chi');
    await Promise.all(writes);
    expect(found.map(({ id }) => id)).toEqual(['n449', 'new']);
    expect(await collection.range('owner', 'a', 'z', page)).toHaveLength(ROWS);
  });

  it('does not put an old value over a row that was written while it was being opened', async () => {
    const { cipher, open } = await openOld();
    const held = Promise.withResolvers<void>();
    const slow: BodyCipher = {
      seal: cipher.seal,
      open: async (context, sealed) => {
        await held.promise;
        return cipher.open(context, sealed);
      },
    };
    const collection = (await open(slow)).collection(papers);
    const found = collection.find('owner', 'chi');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await collection.put('n0', note('chi'));
    held.resolve();
    expect((await found).map(({ id }) => id)).toEqual(['n0']);
  });

  it('goes on where it was when the storage closes in between', async () => {
    const { file, cipher, open } = await openOld();
    let opened = 0;
    const failing: BodyCipher = {
      seal: cipher.seal,
      open: async (context, sealed) => {
        opened += 1;
        if (opened > 250) throw new Error('stopped here');
        return cipher.open(context, sealed);
      },
    };
    const first = await open(failing);
    await expect(first.collection(papers).find('owner', 'an')).rejects.toThrow();
    await first.close();
    const reached = onFile(file, 'SELECT done_id FROM motcua_backfill')[0]?.done_id;
    expect(reached).not.toBe('');
    const contexts: string[] = [];
    const counting: BodyCipher = {
      seal: cipher.seal,
      open: async (context, sealed) => {
        contexts.push(context);
        return cipher.open(context, sealed);
      },
    };
    const second = await open(counting);
    await second.collection(papers).find('owner', 'nobody');
    expect(contexts).toHaveLength(ROWS - 200);
    expect(await second.collection(papers).find('owner', 'binh', page)).toHaveLength(ROWS / 3);
  });

  it('is filled again after a program that did not know it has written', async () => {
    const { open } = await openOld();
    const knowing = await open();
    await knowing.collection(papers).find('owner', 'an');
    await knowing.close();
    const unknowing = await open();
    await unknowing.collection(plain).put('n0', note('chi'));
    await unknowing.close();
    const again = await open();
    expect((await again.collection(papers).find('owner', 'chi')).map(({ id }) => id)).toEqual(['n0']);
    expect(await again.collection(papers).find('owner', 'binh', page)).toHaveLength(ROWS / 3 - 1);
  });

  it('does not keep a storage from closing', async () => {
    const { open } = await openOld();
    const storage = await open();
    const waiting = storage.collection(papers).find('owner', 'an');
    const closed = storage.close();
    await expect(waiting).rejects.toBeInstanceOf(StorageUnavailable);
    await closed;
    const again = await open();
    expect(await again.collection(papers).find('owner', 'binh', page)).toHaveLength(ROWS / 3);
  });
});

describe('the listings of the SQLite engine', () => {
  it('read along the declared index, without sorting and without reading whole tables', async () => {
    const { file, open } = await openOld();
    await (await open()).collection(papers).find('owner', 'an');
    const database = new DatabaseSync(file);
    undo.push(() => database.close());
    const { by, purge } = prepareStatements(database, 'papers', ['owner']);
    const planOf = (statement: StatementSync | undefined) =>
      onFile(file, `EXPLAIN QUERY PLAN ${statement?.sourceSQL}`)
        .map((row) => String(row.detail))
        .join('\n');
    const [find, range, swept] = [by.get('owner')?.find, by.get('owner')?.range, purge].map(planOf);
    expect(find).toMatch(/USING INDEX papers\.owner \(index_owner=\? AND id>\?\)/);
    expect(range).toMatch(/USING INDEX papers\.owner \(index_owner>\? AND index_owner<\?\)/);
    expect(swept).toMatch(/papers\.expires_at \(expires_at<\?\)/);
    expect(`${find}\n${range}\n${swept}`).not.toMatch(/TEMP B-TREE|^SCAN/m);
  });
});
