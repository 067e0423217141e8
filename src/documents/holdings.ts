import { z } from 'zod';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import { documentScopes } from './catalogue.ts';
import type { DocumentHolding } from './scope.ts';

const record = z.strictObject({
  status: z.enum(['valid', 'revoked']),
  number: z.string().exactOptional(),
  issued_at: z.iso.date().exactOptional(),
  expires_at: z.iso.date().exactOptional(),
  data: z.record(z.string(), z.unknown()),
});

const schema: z.ZodType<DocumentHolding> = z
  .strictObject({
    subject: z.string(),
    scope: z.enum(documentScopes.map(({ scope }) => scope)),
    records: z.array(record),
    unavailable: z.enum(['not_issued', 'registry_unavailable']).exactOptional(),
    synced_at: z.iso.datetime(),
  })
  .refine((holding) => (holding.records.length === 0) === (holding.unavailable !== undefined), {
    error: 'a holding has records or says why there are none',
  });

export const documentHoldings: CollectionDefinition<DocumentHolding> = {
  name: 'document_holdings',
  schema,
  sealed: true,
  spread: 'bucket',
};

/** What the registries last said, kept for one person and one document scope at a time. */
export interface Holdings {
  /** Undefined where the registry was never asked. */
  get(subject: string, scope: string): Promise<DocumentHolding | undefined>;
  /** Replaces what was kept for this person and scope. */
  put(holding: DocumentHolding): Promise<void>;
}

export function createHoldings({ storage }: { storage: Storage }): Holdings {
  const rows = storage.collection(documentHoldings);
  const idOf = (subject: string, scope: string) => `${subject}/${scope}`;
  return {
    get: async (subject, scope) => (await rows.get(idOf(subject, scope)))?.doc,
    put: (holding) => rows.put(idOf(holding.subject, holding.scope), holding),
  };
}
