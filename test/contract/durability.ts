import { describe, expect, it } from 'vitest';
import { AlreadyExists } from '../../src/storage/contract.ts';
import { note, notes, type OpenBench, papers, START, tallies } from './harness.ts';

/** What was acknowledged is there after a new start. */
export const describeDurability = (open: OpenBench) =>
  describe('durability', () => {
    it('gives everything back after it was closed and opened again', async () => {
      const bench = await open();
      await bench.storage.collection(notes).insert('a', note('an', 1), START + 10);
      await bench.storage.collection(notes).consume('a', START);
      await bench.storage.collection(notes).put('b', note('an', 2));
      await bench.storage.collection(notes).remove('b');
      await bench.storage.collection(papers).insert('a', note('an', 3));
      await bench.storage.collection(tallies).increment('a', 'n', 4);
      const storage = await bench.reopen();
      const row = { id: 'a', doc: note('an', 1), version: 2, consumedAt: START, expiresAt: START + 10 };
      expect(await storage.collection(notes).get('a')).toEqual(row);
      expect(await storage.collection(notes).consume('a', START)).toBe(false);
      await expect(storage.collection(notes).insert('a', note('an'))).rejects.toBeInstanceOf(AlreadyExists);
      expect(await storage.collection(notes).find('owner', 'an')).toHaveLength(1);
      expect((await storage.collection(papers).find('owner', 'an'))[0]?.doc).toEqual(note('an', 3));
      expect(await storage.collection(tallies).increment('a', 'n', 1)).toBe(5);
    });
  });
