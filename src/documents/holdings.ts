import { z } from 'zod';
import { dayInVietnam } from '../clock/calendar-day.ts';
import type { CollectionDefinition, Page, Storage } from '../storage/contract.ts';
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
  /** In the clear: a day alone. */
  indexes: { expires: nextExpiry },
};

/** The first last day that was still to come when the registry was asked; undefined where there is none. */
function nextExpiry({ records, synced_at }: DocumentHolding): string | undefined {
  const asked = dayInVietnam(Date.parse(synced_at));
  const days = records.flatMap(({ expires_at, status }) =>
    status === 'valid' && expires_at !== undefined && expires_at >= asked ? [expires_at] : [],
  );
  return days.toSorted()[0];
}

/** What the registries last said, kept for one person and one document scope at a time. */
export interface Holdings {
  /** Undefined where the registry was never asked. */
  get(subject: string, scope: string): Promise<DocumentHolding | undefined>;
  /** Replaces what was kept for this person and scope. */
  put(holding: DocumentHolding): Promise<void>;
  /**
   * Those with a paper whose last day came after its registry was asked, and is before `until` (ISO 8601); in the order
   * of the first such day of each. A holding stays among them until its registry is asked again, for its later papers.
   */
  expiring(until: string, page: Page): Promise<ExpiringHolding[]>;
}

/** `place` is where the next page begins. */
export interface ExpiringHolding {
  readonly holding: DocumentHolding;
  readonly place: { readonly id: string; readonly value: string };
}

/** Before every day. */
const EVER = '0000-00-00';

export function createHoldings({ storage }: { storage: Storage }): Holdings {
  const rows = storage.collection(documentHoldings);
  const idOf = (subject: string, scope: string) => `${subject}/${scope}`;
  return {
    get: async (subject, scope) => (await rows.get(idOf(subject, scope)))?.doc,
    put: (holding) => rows.put(idOf(holding.subject, holding.scope), holding),
    async expiring(until, page) {
      const found = await rows.range('expires', EVER, until, page);
      return found.map(({ id, doc }) => ({
        holding: doc,
        place: { id, value: nextExpiry(doc) ?? EVER },
      }));
    },
  };
}
