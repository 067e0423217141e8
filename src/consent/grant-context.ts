import { z } from 'zod';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';

/**
 * What a grant was given for: read by release, evidence and withdrawal, keyed by the grant's identifier. A
 * protocol grant is disposable; this record says what stood on the page when the person agreed.
 */
const grantContextSchema = z.strictObject({
  subject: z.string(),
  relying_party: z.string(),
  /** Who acts, where it is not the subject: an organisation and the mandate that allows it. */
  acting_for: z.strictObject({ organization: z.string(), mandate: z.string() }).optional(),
  /** The administrative procedure and dossier, where the request named them. */
  procedure: z.string().optional(),
  dossier: z.string().optional(),
  /** Purpose by scope, in the language that was shown. */
  purposes: z.record(z.string(), z.string()),
  /** What stood on the page, as JSON. */
  shown: z.string(),
  /** Documents chosen, by scope. */
  documents: z.array(z.string()),
  language: z.enum(['vi', 'en']),
  /** Milliseconds since the epoch. */
  decided_at: z.number(),
});
export type GrantContext = z.infer<typeof grantContextSchema>;

export const grantContexts: CollectionDefinition<GrantContext> = {
  name: 'grant_contexts',
  schema: grantContextSchema,
  sealed: true,
  spread: 'bucket',
  // Not bucketed: contexts outlive the data versions, and those of older grants begin with no bucket.
  indexes: { subject: (context) => context.subject },
};

export interface GrantContexts {
  find(grantId: string): Promise<GrantContext | undefined>;
  /** Kept as long as usage history must be (Decree 69/2024 Article 17.2: five years), so without expiry here. */
  keep(grantId: string, context: GrantContext): Promise<void>;
}

export function createGrantContexts({ storage }: { storage: Storage }): GrantContexts {
  const rows = storage.collection(grantContexts);
  return {
    async find(grantId) {
      return (await rows.get(grantId))?.doc;
    },
    keep: (grantId, context) => rows.put(grantId, context),
  };
}
