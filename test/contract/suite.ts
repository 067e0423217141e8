import { afterEach, describe } from 'vitest';
import { createTestCipher } from '../support/storage.ts';
import { describeDurability } from './durability.ts';
import { describeExpiry } from './expiry.ts';
import { type Harness, type OpenBench, type OpenHarness, standingClock } from './harness.ts';
import { describeLateIndex } from './late-index.ts';
import { describeLeases } from './leases.ts';
import { describeModel } from './model.ts';
import { describePaging } from './paging.ts';
import { describeRaces } from './races.ts';
import { describeRefusals } from './refusals.ts';
import { describeRows } from './rows.ts';
import { describeSealing } from './sealing.ts';
import { describeUpkeep } from './upkeep.ts';

/** What every engine does, in tiers. An engine passes all of it or is none. */
export const describeStorage = (name: string, open: OpenHarness): void => {
  describe(`storage on ${name}`, () => {
    const opened: Harness[] = [];
    const bench: OpenBench = async () => {
      const clock = standingClock();
      const cipher = createTestCipher();
      const harness = await open({ clock, cipher });
      opened.push(harness);
      return { ...harness, clock, cipher };
    };
    afterEach(async () => {
      for (const harness of opened.splice(0)) await harness.close();
    });
    describeRefusals(bench);
    describeRows(bench);
    describeExpiry(bench);
    describePaging(bench);
    describeRaces(bench);
    describeSealing(bench);
    describeLeases(bench);
    describeModel(bench);
    describeUpkeep(bench);
    describeLateIndex(bench);
    describeDurability(bench);
  });
};
