import { describe, expect, it } from 'vitest';
import { acquireLease, leaseDefinition, releaseLease } from '../../src/storage/lease.ts';
import { type OpenBench, START } from './harness.ts';

const TTL = 1000;

/** One holder at a time. */
export const describeLeases = (open: OpenBench) =>
  describe('leases', () => {
    const openLeases = async () => {
      const { storage, clock } = await open();
      const leases = storage.collection(leaseDefinition);
      return {
        clock,
        acquire: (owner: string) => acquireLease(leases, 'purge', owner, TTL, clock),
        release: (owner: string) => releaseLease(leases, 'purge', owner),
        crowd: async () => {
          const owners = Array.from({ length: 50 }, (_, at) => `owner-${at}`);
          const won = await Promise.all(
            owners.map((owner) => acquireLease(leases, 'purge', owner, TTL, clock)),
          );
          return won.filter(Boolean).length;
        },
      };
    };

    it('goes to one of fifty that ask at once', async () => {
      const { crowd } = await openLeases();
      expect(await crowd()).toBe(1);
    });

    it('goes to nobody else before it ends, and to exactly one of fifty after', async () => {
      const { acquire, crowd, clock } = await openLeases();
      expect(await acquire('first')).toBe(true);
      clock.time = START + TTL - 1;
      expect(await acquire('second')).toBe(false);
      clock.time = START + TTL;
      expect(await crowd()).toBe(1);
      expect(await acquire('first')).toBe(false);
    });

    it('is renewed by its holder, also twice at once', async () => {
      const { acquire, clock } = await openLeases();
      expect(await acquire('first')).toBe(true);
      clock.time = START + TTL - 1;
      expect(await Promise.all([acquire('first'), acquire('first')])).toEqual([true, true]);
      clock.time = START + TTL;
      expect(await acquire('second')).toBe(false);
    });

    it('is given back by its holder alone', async () => {
      const { acquire, release } = await openLeases();
      await release('nobody');
      expect(await acquire('first')).toBe(true);
      await release('second');
      expect(await acquire('second')).toBe(false);
      await release('first');
      expect(await acquire('second')).toBe(true);
    });
  });
