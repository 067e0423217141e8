import { describe, expect, it } from 'vitest';
import { MisfitDocument } from '../../src/storage/codec.ts';
import { createTestCipher } from '../support/storage.ts';
import { note, notes, type OpenBench, papers } from './harness.ts';

const MARKER = 'dan-so-097000000001';

/** Personal data at rest. */
export const describeSealing = (open: OpenBench) =>
  describe('sealing', () => {
    it('leaves nothing of a sealed document readable in what is kept', async () => {
      const { storage, rawBytes } = await open();
      await storage.collection(papers).insert('a', note('an', 1, MARKER));
      await storage.collection(papers).put('a', note('an', 2, MARKER));
      await storage.collection(notes).insert('a', note('an', 1, 'in the clear'));
      const bytes = await rawBytes();
      expect(bytes.includes('in the clear')).toBe(true);
      expect(bytes.includes(MARKER)).toBe(false);
      expect((await storage.collection(papers).get('a'))?.doc).toEqual(note('an', 2, MARKER));
    });

    it('refuses the body of another row, and of another collection', async () => {
      const { storage, readBody, writeBody } = await open();
      const collection = storage.collection(papers);
      await collection.insert('a', note('an'));
      await collection.insert('b', note('binh'));
      await writeBody('papers', 'a', await readBody('papers', 'b'));
      await expect(collection.get('a')).rejects.toBeInstanceOf(MisfitDocument);
      const twin = storage.collection({ ...papers, name: 'twin' });
      await twin.insert('b', note('chi'));
      await writeBody('twin', 'b', await readBody('papers', 'b'));
      await expect(twin.get('b')).rejects.toBeInstanceOf(MisfitDocument);
      expect((await collection.get('b'))?.doc).toEqual(note('binh'));
    });

    it('refuses a plain body in a sealed collection', async () => {
      const { storage, writeBody } = await open();
      await storage.collection(papers).insert('a', note('an'));
      await writeBody('papers', 'a', JSON.stringify(note('an')));
      await expect(storage.collection(papers).get('a')).rejects.toBeInstanceOf(MisfitDocument);
    });

    it('refuses sealed rows under another key, naming the row and not its content', async () => {
      const bench = await open();
      await bench.storage.collection(papers).insert('a', note('an', 1, MARKER));
      const storage = await bench.reopen(createTestCipher());
      const refused = storage.collection(papers).get('a');
      await expect(refused).rejects.toMatchObject({ name: 'MisfitDocument', collection: 'papers', id: 'a' });
      await expect(refused).rejects.not.toThrow(MARKER);
      await expect(storage.collection(papers).find('owner', 'an')).rejects.toBeInstanceOf(MisfitDocument);
    });
  });
