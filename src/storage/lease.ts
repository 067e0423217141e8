import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import { inserted } from './amendment.ts';
import type { Collection, CollectionDefinition } from './contract.ts';

const leaseSchema = z.object({
  owner: z.string().min(1),
  /** Free from this moment on, in milliseconds since the epoch. */
  until: z.number().int().nonnegative(),
});
export type Lease = z.infer<typeof leaseSchema>;

/** One row for each job; the row stays, its owner changes. */
export const leaseDefinition: CollectionDefinition<Lease> = { name: 'leases', schema: leaseSchema };

/** A lost race is looked at again: the winner may have been the same owner, renewing from elsewhere. */
const ATTEMPTS = 3;

/**
 * Takes or renews the lease `name` for `ttl` milliseconds: true for one owner at a time. A lease that ran out
 * goes to exactly one of those who ask. The holder's work must fit in `ttl` or renew before it ends, and the
 * clocks of the instances must agree to well within it.
 */
export const acquireLease = async (
  leases: Collection<Lease>,
  name: string,
  owner: string,
  ttl: number,
  clock: Clock,
): Promise<boolean> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = clock.now();
    const wanted = { owner, until: now + ttl };
    const current = await leases.get(name);
    if (!current) {
      if (await inserted(leases, name, wanted)) return true;
      continue;
    }
    if (current.doc.owner !== owner && current.doc.until > now) return false;
    if (await leases.replace(name, wanted, current.version)) return true;
  }
  return false;
};

/** Gives the lease back before its time; nothing happens if somebody else holds it meanwhile. */
export const releaseLease = async (leases: Collection<Lease>, name: string, owner: string): Promise<void> => {
  const current = await leases.get(name);
  if (current?.doc.owner !== owner) return;
  await leases.replace(name, { owner, until: 0 }, current.version);
};
