import { type OpenHarness, standingClock } from './harness.ts';
import { before, type OpenKept } from './keeping-bench.ts';
import { describeCopying } from './keeping-copying.ts';
import { describeMigrating } from './keeping-migrating.ts';
import { describeRotating } from './keeping-rotating.ts';
import { describeVersions } from './keeping-versions.ts';

/** Everything that is done to all data at once, on one engine. */
export const describeKeeping = (openHarness: OpenHarness) => {
  const clock = standingClock();
  const open: OpenKept = (cipher = before) => openHarness({ clock, cipher });
  describeVersions(open);
  describeRotating(open);
  describeMigrating(open, clock);
  describeCopying(open);
};
