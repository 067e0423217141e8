import { randomUUID } from 'node:crypto';
import { type Clock, SECOND } from '../../clock/clock.ts';
import { type Collection, StorageUnavailable } from '../contract.ts';
import { acquireLease, type Lease, releaseLease } from '../lease.ts';

const LIFETIME = 30 * SECOND;
/** Renewed this long before its end, at the first `hold` from then on. */
const RESERVE = 20 * SECOND;

/** Called before each step that changes data. Throws `StorageUnavailable` once another run had the lease. */
export type Hold = () => Promise<void>;

export interface LeaseSettings {
  readonly leases: Collection<Lease>;
  readonly name: string;
  /** What runs under it, as a person reads it: "migration". */
  readonly task: string;
  readonly clock: Clock;
}

/**
 * Runs a long task that may be done by one at a time. A lease that was lost is not taken back: another run may have come
 * to its end, and what was written since is not this run's to change.
 */
export async function underLease<R>(
  { leases, name, task, clock }: LeaseSettings,
  work: (hold: Hold) => Promise<R>,
): Promise<R> {
  const owner = randomUUID();
  let until = clock.now() + LIFETIME;
  if (!(await acquireLease(leases, name, owner, LIFETIME, clock))) {
    throw new StorageUnavailable(
      `Another ${task} is under way, or was ended by force within the last half minute; try again in a moment.`,
    );
  }
  const hold: Hold = async () => {
    const now = clock.now();
    if (until - now > RESERVE) return;
    const held = await leases.get(name);
    // Whoever took it meanwhile is another owner. One that only ran out is still this run's.
    const renewed =
      held?.doc.owner === owner &&
      (await leases.replace(name, { owner, until: now + LIFETIME }, held.version));
    if (!renewed) {
      throw new StorageUnavailable(
        `Another ${task} was begun while this one stood still, so this one ended. Look at "storage status".`,
      );
    }
    until = now + LIFETIME;
  };
  try {
    return await work(hold);
  } finally {
    await releaseLease(leases, name, owner);
  }
}
