import { z } from 'zod';

/** Decree 69/2024: a citizen, a foreigner who resides here, or an organisation. */
export const holderTypes = ['citizen', 'foreigner', 'organization'] as const;
export type HolderType = (typeof holderTypes)[number];

/** Level of the electronic identity account: 1 proves identity data, 2 equals the card and the papers in it. */
export type AccountLevel = 1 | 2;

/** Opaque, random and never reused; what outlives a change of personal number. Never shown to a relying party. */
export type SubjectId = string;

const isoDate = z.iso.date();

/** Why an account cannot be used, and since when (Decree 59/2022 Article 19; 320/2026 Article 15). */
export const accountStatus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('active') }),
  z.object({ kind: z.literal('not_activated') }),
  z.object({
    kind: z.literal('locked'),
    cause: z.enum(['by_owner', 'by_administrator', 'sim_changed', 'reported', 'too_many_failures']),
    since: z.iso.datetime(),
    /** The administrator's, shown to the person. */
    reason: z.string().optional(),
  }),
  z.object({ kind: z.literal('closed'), cause: z.enum(['deceased', 'dissolved']), since: z.iso.datetime() }),
]);
export type AccountStatus = z.infer<typeof accountStatus>;

/** A person with an account. Names are NFC; dates ISO 8601; the phone number E.164. */
export const subjectSchema = z.object({
  holder_type: z.enum(holderTypes),
  /** Absent for a holder without a level (Decree 320/2026): the ceiling is then configured. */
  level: z.union([z.literal(1), z.literal(2)]).optional(),
  personal_number: z.string(),
  /** Cancelled numbers of the same person, newest first: still accepted to sign in, never a subject identifier. */
  former_numbers: z.array(z.string()),
  name: z.string(),
  birthdate: isoDate,
  gender: z.enum(['male', 'female']),
  /** ISO 3166-1 alpha-3. */
  nationality: z.string().length(3),
  email: z.object({ address: z.email(), verified: z.boolean() }).optional(),
  phone: z.object({ number: z.string().regex(/^\+84\d{9}$/), verified: z.boolean() }).optional(),
  address: z
    .object({
      formatted: z.string(),
      street_address: z.string().optional(),
      locality: z.string().optional(),
      region: z.string().optional(),
      country: z.string(),
    })
    .optional(),
  /**
   * Last day of the paper that level 2 stands for: the identity card of a citizen, the passport or residence
   * card of a foreigner. Past it the account counts as level 1 until the paper is renewed.
   */
  identity_paper_expires_at: isoDate.optional(),
  status: accountStatus,
  /** When the population database was last asked. */
  synced_at: z.iso.datetime(),
});
export type Subject = z.infer<typeof subjectSchema>;
