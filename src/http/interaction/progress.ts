import { z } from 'zod';
import { type Authentication, mergeProofs } from '../../authentication/assurance.ts';
import { type Clock, HOUR } from '../../clock/clock.ts';
import { proofs } from '../../oidc/session-facts.ts';
import { amend } from '../../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../../storage/contract.ts';

/** How far one person has come in one sign-in. The pages keep nothing; each step is decided from this. */
const progressSchema = z.strictObject({
  relying_party: z.string(),
  /** Whose first factor was proved here, and what else was. */
  subject: z.string().optional(),
  proofs,
  /** Chose to go on at level 1 where level 2 was only a wish. */
  wish_declined: z.boolean(),
  /** Does not want to go on as the person of the browser's session. */
  other_account: z.boolean(),
  /** What a passkey has to sign, and until when (milliseconds since the epoch). Taken out by the one answer. */
  challenge: z.strictObject({ value: z.string(), until: z.number() }).optional(),
  /** Hash of the form cookie of the browser in which the proofs were made. */
  browser: z.string().optional(),
  /** The code that confirms the browser: to whom it went, by which request, and until when it, or the wait for it, lasts. */
  device_code: z
    .strictObject({
      subject: z.string(),
      by: z.string(),
      outcome: z.enum(['sent', 'throttled']).optional(),
      until: z.number().optional(),
    })
    .optional(),
  /** Which click carries out the answer to the consent page, and where that led. */
  answer: z.strictObject({ by: z.string(), at: z.number(), address: z.string().optional() }).optional(),
});
export type Progress = z.infer<typeof progressSchema>;
export type Challenge = NonNullable<Progress['challenge']>;

export const progressRows: CollectionDefinition<Progress> = {
  name: 'sign_in_progress',
  schema: progressSchema,
  sealed: true,
};

/** Outlives the sign-in, so that a page reached by the back button can still name the portal. */
const REMEMBERED = HOUR;

export interface ProgressStore {
  read(uid: string): Promise<Progress | undefined>;
  /** What stands there; a row with `challenge` and nothing else where there is none yet. */
  begin(uid: string, relyingParty: string, challenge: Challenge): Promise<Progress>;
  /** Changes what stands there, or starts it; two tabs or clicks at once both keep what they added. */
  change(uid: string, relyingParty: string, change: (progress: Progress) => Progress): Promise<Progress>;
}

export function createProgressStore(options: {
  storage: Storage;
  clock: Clock;
  lifetime: number;
}): ProgressStore {
  const rows = options.storage.collection(progressRows);
  const expiresAt = () => options.clock.now() + options.lifetime + REMEMBERED;
  const read = async (uid: string) => (await rows.get(uid))?.doc;
  const change: ProgressStore['change'] = async (uid, relyingParty, step) => {
    const begin = blank(relyingParty);
    return (await amend(rows, uid, (standing) => step(standing ?? begin), expiresAt())) ?? begin;
  };
  return {
    read,
    change,
    begin: async (uid, relyingParty, challenge) =>
      (await read(uid)) ??
      change(uid, relyingParty, (standing) => ({ ...standing, challenge: standing.challenge ?? challenge })),
  };
}

const blank = (relyingParty: string): Progress => ({
  relying_party: relyingParty,
  proofs: [],
  wish_declined: false,
  other_account: false,
});

/** The first factor of a person: whatever was proved for somebody else before is void. */
export const withSubject = (progress: Progress, subject: string, proof: Authentication): Progress => ({
  ...progress,
  subject,
  proofs: mergeProofs(progress.subject === subject ? progress.proofs : [], [proof]),
});

/** A further proof of the same person; void where another tab has meanwhile begun again as somebody else. */
export function withProof(progress: Progress, subject: string, proof: Authentication): Progress {
  const theirs = progress.subject ?? (progress.other_account ? undefined : subject);
  return theirs === subject
    ? { ...progress, subject, proofs: mergeProofs(progress.proofs, [proof]) }
    : progress;
}

/** Starts again as somebody else. */
export const withOtherAccount = ({ relying_party, challenge }: Progress): Progress => ({
  ...blank(relying_party),
  ...(challenge === undefined ? {} : { challenge }),
  other_account: true,
});
