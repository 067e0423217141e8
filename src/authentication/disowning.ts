import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AuditTrail } from '../audit/trail.ts';
import { type Clock, DAY, MINUTE } from '../clock/clock.ts';
import type { CollectionDefinition, Storage, Stored } from '../storage/contract.ts';
import type { SubjectId } from '../subject/subject.ts';
import type { Devices } from './devices.ts';
import type { Locks } from './locks.ts';

const inBoth = z.strictObject({ vi: z.string(), en: z.string().optional() });

const linkSchema = z.strictObject({
  subject: z.string(),
  /** The device that became known by it, where it was a sign-in. */
  device: z.string().optional(),
  /** Milliseconds since the epoch. */
  at: z.number().int(),
  what: z.enum(['new_sign_in', 'password_changed', 'factor_changed']),
  portal: inBoth.optional(),
  name: inBoth.optional(),
  place: z.string().optional(),
});
/** What a letter told of, and its reader can say was not them. */
export type Disowned = Readonly<z.infer<typeof linkSchema>>;

/** By the hash of the link's token. */
export const disowningLinks: CollectionDefinition<Disowned> = {
  name: 'disowning_links',
  schema: linkSchema,
  sealed: true,
};

const LIFETIME = 7 * DAY;
const TOKEN_BYTES = 32;
/** So long after a press that did nothing, because everything failed then, another one finishes it. */
const UNFINISHED = MINUTE;

/** `used`: the link did its work before. `over`: too old, or never ours. */
export type DisowningStanding =
  | { readonly kind: 'open'; readonly about: Disowned }
  | { readonly kind: 'used' | 'over' };

/**
 * "It was not me". Whoever reads the letter can press it, also somebody who only reads the mail: all that it does is to
 * end sessions and to lock, which the person undoes by recovery.
 */
export interface Disowning {
  /** The address that stands in a letter. */
  link(about: Disowned): Promise<string>;
  look(token: string): Promise<DisowningStanding>;
  /** Ends every session, forgets the device and locks the account: once for each link. */
  use(token: string): Promise<'done' | 'used' | 'over'>;
  /** The same, said by the person in a session. */
  disown(subject: SubjectId, by: 'link' | 'owner', device?: string, name?: string): Promise<void>;
}

interface Dependencies {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly devices: Devices;
  readonly locks: Pick<Locks, 'lock'>;
  /** The only place that a letter leads to. */
  readonly issuer: string;
}

export function createDisowning(deps: Dependencies): Disowning {
  const { audit, clock, devices, issuer, locks, storage } = deps;
  const rows = storage.collection(disowningLinks);

  const disown: Disowning['disown'] = async (subject, by, device, name) => {
    const detail = { by, ...(name === undefined ? {} : { device: name }) };
    await audit.record({ kind: 'sign_in.disowned', subject, detail });
    if (device !== undefined) await devices.remove(subject, device);
    await locks.lock(subject, 'reported');
  };

  const unfinished = ({ consumedAt }: Stored<Disowned>) =>
    consumedAt !== undefined && consumedAt + UNFINISHED > clock.now();

  return {
    disown,
    async link(about) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      await rows.insert(hashOf(token), about, clock.now() + LIFETIME);
      return `${issuer}/not-me?token=${token}`;
    },
    async look(token) {
      const row = await rows.get(hashOf(token));
      if (row === undefined) return { kind: 'over' };
      return row.consumedAt === undefined ? { kind: 'open', about: row.doc } : { kind: 'used' };
    },
    async use(token) {
      const id = hashOf(token);
      const first = await rows.consume(id, clock.now());
      const row = await rows.get(id);
      if (row === undefined) return 'over';
      if (!first && !unfinished(row)) return 'used';
      const { device, name, subject } = row.doc;
      await disown(subject, 'link', device, name?.vi);
      return 'done';
    },
  };
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
