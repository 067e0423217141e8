import { randomBytes } from 'node:crypto';
import * as OTPAuth from 'otpauth';
import { z } from 'zod';
import { type Clock, MINUTE } from '../clock/clock.ts';
import { amend } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import { passkeySchema } from '../subject/passkeys.ts';
import type { SubjectId } from '../subject/subject.ts';

const goals = ['activation', 'recovery'] as const;
/** What a person came for: to take up an account for the first time, or to get it back. */
export type CeremonyGoal = (typeof goals)[number];

const newPasskey = passkeySchema.omit({ added_at: true, used_at: true, at_level_1: true });

const schema = z.strictObject({
  goal: z.enum(goals),
  /** Of the one browser that goes on with it. */
  browser: z.string(),
  /** The person, or what stands in for one where a number was typed that leads to nobody. */
  who: z.string(),
  subject: z.string().optional(),
  /** Where the code or the link went; absent where none could go out. */
  address: z.string().optional(),
  /** Until when the code that was sent last counts; milliseconds since the epoch. */
  code_until: z.number().int().optional(),
  /** How the credentials stood when the address was proved; absent until then. */
  stamp: z.string().optional(),
  /** Since when the account was locked then; absent where it was not. */
  locked_since: z.string().optional(),
  /** The identification letter whose code was typed. */
  letter: z.string().optional(),
  present_password: z.literal(true).optional(),
  second_factor: z.enum(['totp', 'passkey', 'recovery_code']).optional(),
  /** The owner of a lock does not know the password any more. */
  forgot: z.literal(true).optional(),
  /** The second factor is lost. */
  lost: z.literal(true).optional(),
  password: z.strictObject({ hash: z.string(), short: z.boolean() }).optional(),
  /** Of a generator that may be enrolled, base32. */
  secret: z.string(),
  /** What a passkey has to sign, and until when. Taken out by the one answer. */
  challenge: z.strictObject({ value: z.string(), until: z.number() }).optional(),
  factor: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('totp') }),
      z.strictObject({ kind: z.literal('passkey'), passkey: newPasskey }),
    ])
    .optional(),
  /** Keyed hashes of the recovery codes shown last, and whether the person says to have them. */
  recovery_codes: z.strictObject({ hashes: z.array(z.string()), saved: z.boolean() }).optional(),
  /** What it came to. */
  finished: z.enum(['activated', 'recovered', 'unlocked']).optional(),
});
/** How far one person has come. Pages keep nothing; each step is decided from this and from the account. */
export type Ceremony = Readonly<z.infer<typeof schema>>;

/** Ceremonies under way, by a random identifier. */
export const ceremonies: CollectionDefinition<Ceremony> = {
  name: 'ceremonies',
  schema,
  sealed: true,
};

const LIFETIME = 30 * MINUTE;
const ID_BYTES = 16;

/** A ceremony that is under way, and its identifier: an address, no secret. */
export interface Standing {
  readonly id: string;
  readonly doc: Ceremony;
}

export interface CeremonyStore {
  newId(): string;
  create(id: string, ceremony: Omit<Ceremony, 'secret'>): Promise<void>;
  /** Only to the browser that it belongs to, and of the goal that it is for. */
  read(id: string, goal: CeremonyGoal, browser: string | undefined): Promise<Standing | undefined>;
  /** What stands there afterwards; undefined where it ended meanwhile, or `change` gave nothing to write. */
  change(id: string, change: (ceremony: Ceremony) => Ceremony | undefined): Promise<Standing | undefined>;
  remove(id: string): Promise<void>;
}

export function createCeremonyStore({ clock, storage }: { storage: Storage; clock: Clock }): CeremonyStore {
  const rows = storage.collection(ceremonies);
  return {
    newId: () => randomBytes(ID_BYTES).toString('base64url'),
    create: (id, ceremony) =>
      rows.insert(
        id,
        { ...ceremony, secret: new OTPAuth.Secret({ size: 20 }).base32 },
        clock.now() + LIFETIME,
      ),
    async read(id, goal, browser) {
      const doc = (await rows.get(id))?.doc;
      return doc?.goal === goal && doc.browser === browser ? { id, doc } : undefined;
    },
    async change(id, change) {
      const doc = await amend(rows, id, (standing) => standing && change(standing));
      return doc && { id, doc };
    },
    remove: async (id) => void (await rows.remove(id)),
  };
}

/** The person of a ceremony whose address was proved. Throws where there is none: a fault of the caller. */
export function personOf({ stamp, subject }: Ceremony): SubjectId {
  if (subject === undefined || stamp === undefined) throw new Error('nobody was proved here');
  return subject;
}
