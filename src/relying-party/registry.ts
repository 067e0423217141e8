import { z } from 'zod';
import { type Clock, SECOND } from '../clock/clock.ts';
import { inserted } from '../storage/amendment.ts';
import type { CollectionDefinition, Page, Storage } from '../storage/contract.ts';
import { CLIENT_ID_PATTERN } from './client-id.ts';
import { type RelyingParty, relyingPartySchema } from './relying-party.ts';

/** Registered relying parties, kept under their client id. */
export interface RelyingPartyRegistry {
  /** The registration as it was at most `cacheSeconds` ago. Takes any text, also from the network. */
  get(clientId: string): Promise<RelyingParty | undefined>;
  /** Of one that was removed: what it was, for its name in what is past. Read every time. */
  former(clientId: string): Promise<RelyingParty | undefined>;
  /** Ordered by client id; the next page starts after the last one's id. */
  list(page?: RegistryPage): Promise<RelyingParty[]>;
  /** `retired`: the id belonged to a relying party that was removed, and is not given again. */
  add(party: RelyingParty): Promise<'added' | 'exists' | 'retired'>;
  /**
   * Changes the current registration, not a cached one; `change` may run again if somebody else wrote in between.
   * The new registration, or `undefined` for an unknown id.
   */
  update(clientId: string, change: (party: RelyingParty) => RelyingParty): Promise<RelyingParty | undefined>;
  /** Retires the id. True for exactly one of several callers. */
  remove(clientId: string): Promise<boolean>;
}

export interface RegistryPage {
  readonly after?: string;
  /** Default 100. */
  readonly limit?: number;
}

export interface RegistryOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  /** How long `get` may answer from memory; 0 reads every time. */
  readonly cacheSeconds: number;
}

// A retired row keeps what was registered: consents and audit events of the past still need the name.
const entrySchema = z.strictObject({
  relying_party: relyingPartySchema,
  retired_at: z.iso.datetime().optional(),
});
type Entry = z.infer<typeof entrySchema>;

/** Also of removed ones, whose identifiers are not given again. */
export const relyingParties: CollectionDefinition<Entry> = {
  name: 'relying_parties',
  schema: entrySchema,
  indexes: { state: (entry) => (entry.retired_at === undefined ? 'active' : 'retired') },
};

/** The registry on a storage. Rows are read whole, a few kilobytes each. */
export function createRegistry({ storage, clock, cacheSeconds }: RegistryOptions): RelyingPartyRegistry {
  const rows = storage.collection(relyingParties);
  const cache = createCache(clock, cacheSeconds * SECOND);

  const rowOf = async (clientId: string) =>
    CLIENT_ID_PATTERN.test(clientId) ? await rows.get(clientId) : undefined;

  async function read(clientId: string) {
    const row = await rowOf(clientId);
    return row?.doc.retired_at === undefined ? row : undefined;
  }

  async function former(clientId: string): Promise<RelyingParty | undefined> {
    const entry = (await rowOf(clientId))?.doc;
    return entry?.retired_at === undefined ? undefined : entry.relying_party;
  }

  async function get(clientId: string): Promise<RelyingParty | undefined> {
    const known = cache.get(clientId);
    if (known) return known;
    const party = (await read(clientId))?.doc.relying_party;
    if (party) cache.set(clientId, party);
    return party;
  }

  async function list({ after, limit }: RegistryPage = {}): Promise<RelyingParty[]> {
    const page: Page = {
      ...(after !== undefined && { after: { id: after } }),
      ...(limit !== undefined && { limit }),
    };
    return (await rows.find('state', 'active', page)).map((row) => row.doc.relying_party);
  }

  async function add(party: RelyingParty): Promise<'added' | 'exists' | 'retired'> {
    if (await inserted(rows, party.client_id, { relying_party: party })) return 'added';
    return (await read(party.client_id)) ? 'exists' : 'retired';
  }

  /** Repeats until the row it read is the row it replaced; `undefined` once there is none. */
  async function swap(clientId: string, change: (party: RelyingParty) => Entry): Promise<Entry | undefined> {
    for (;;) {
      const row = await read(clientId);
      if (!row) return undefined;
      const entry = change(row.doc.relying_party);
      if (entry.relying_party.client_id !== clientId) throw new Error('a client id cannot be changed');
      if (await rows.replace(clientId, entry, row.version)) {
        cache.delete(clientId);
        return entry;
      }
    }
  }

  return {
    get,
    former,
    list,
    add,
    update: async (clientId, change) =>
      (await swap(clientId, (party) => ({ relying_party: change(party) })))?.relying_party,
    remove: async (clientId) => {
      const retired_at = new Date(clock.now()).toISOString();
      return (await swap(clientId, (relying_party) => ({ relying_party, retired_at }))) !== undefined;
    },
  };
}

const MAX_CACHED = 500;

/** Bounded in number and in time; holds registered parties only, so that made-up ids cannot fill it. */
function createCache(clock: Clock, lifetime: number) {
  const entries = new Map<string, { readonly party: RelyingParty; readonly until: number }>();
  return {
    get(clientId: string): RelyingParty | undefined {
      const entry = entries.get(clientId);
      return entry && clock.now() < entry.until ? entry.party : undefined;
    },
    set(clientId: string, party: RelyingParty): void {
      entries.delete(clientId);
      entries.set(clientId, { party, until: clock.now() + lifetime });
      const oldest = entries.size > MAX_CACHED ? entries.keys().next().value : undefined;
      if (oldest !== undefined) entries.delete(oldest);
    },
    delete: (clientId: string): boolean => entries.delete(clientId),
  };
}
