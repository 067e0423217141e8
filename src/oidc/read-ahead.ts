import Provider, { type AdapterPayload } from 'oidc-provider';
import { documentScopes } from '../documents/catalogue.ts';
import type { ProviderDependencies } from './dependencies.ts';
import { openModel } from './models.ts';

/** A read that can be begun before it is asked for. Called, it gives what this request has begun, once, or reads. */
interface Ahead<Key extends readonly string[], T> {
  (...key: Key): Promise<T>;
  begin(...key: Key): void;
}

/** What was begun belongs to its request: nobody else is given it, and it is gone with the request. */
function ahead<Key extends readonly string[], T>(read: (...key: Key) => Promise<T>): Ahead<Key, T> {
  const requests = new WeakMap<object, Map<string, Promise<T>>>();
  const name = (key: Key): string => JSON.stringify(key);
  const take = (...key: Key): Promise<T> => {
    const begun = Provider.ctx && requests.get(Provider.ctx);
    const reading = begun?.get(name(key));
    begun?.delete(name(key));
    return reading ?? read(...key);
  };
  const begin = (...key: Key): void => {
    if (!Provider.ctx) return;
    const begun = requests.get(Provider.ctx) ?? new Map<string, Promise<T>>();
    const reading = read(...key);
    // Whoever takes it meets the failure; where nobody does, the request was refused before it mattered.
    reading.catch(() => undefined);
    requests.set(Provider.ctx, begun.set(name(key), reading));
  };
  return Object.assign(take, { begin });
}

type Sources = Pick<
  ProviderDependencies,
  'directory' | 'grantContexts' | 'holdings' | 'registry' | 'storage'
>;

const readsOf = ({ directory, grantContexts, holdings, registry, storage }: Sources) => ({
  session: ahead((uid: string) => openModel(storage, 'Session').find('uid', uid)),
  grant: ahead((id: string) => openModel(storage, 'Grant').get(id)),
  relyingParty: ahead((clientId: string) => registry.get(clientId)),
  subject: ahead((id: string) => directory.get(id)),
  grantContext: ahead((grantId: string) => grantContexts.find(grantId)),
  holding: ahead((subject: string, scope: string) => holdings.get(subject, scope)),
});

type Reads = ReturnType<typeof readsOf>;
type Need = (reads: Reads, token: AdapterPayload) => void;

const session: Need = (reads, { expiresWithSession, sessionUid }) => {
  if (expiresWithSession && sessionUid !== undefined) reads.session.begin(sessionUid);
};

const grant: Need = (reads, { grantId = '' }) => reads.grant.begin(grantId);

const account: Need = (reads, { accountId = '' }) => reads.subject.begin(accountId);

const relyingParty: Need = (reads, { clientId = '' }) => reads.relyingParty.begin(clientId);

const papers: Need = (reads, { accountId = '', extra, grantId = '', scope = '' }) => {
  const asked = documentScopes.filter((document) => scope.split(' ').includes(document.scope));
  if (asked.length === 0 || extra?.acr !== '2') return;
  reads.grantContext.begin(grantId);
  for (const document of asked) reads.holding.begin(accountId, document.scope);
};

/** What each endpoint reads because of a token, whatever the order in which the library asks for it. */
const needs: Readonly<Record<string, readonly Need[]>> = {
  userinfo: [session, relyingParty, account, grant, papers],
  token: [session, grant, account],
  introspection: [session, grant, account],
};

/** The reads that follow from a token, all begun as soon as its row is known, so that they are one wait. */
export interface ReadAhead {
  /** The same dependencies, reading what was begun. */
  readonly sources: Pick<Sources, 'directory' | 'grantContexts' | 'holdings' | 'registry'>;
  readonly session: (uid: string) => ReturnType<Reads['session']>;
  readonly grant: (id: string) => ReturnType<Reads['grant']>;
  /** A token of this request was found. */
  follow(token: AdapterPayload): void;
}

export function createReadAhead(sources: Sources): ReadAhead {
  const reads = readsOf(sources);
  return {
    sources: {
      registry: { ...sources.registry, get: reads.relyingParty },
      directory: { ...sources.directory, get: reads.subject },
      grantContexts: { ...sources.grantContexts, find: reads.grantContext },
      holdings: { ...sources.holdings, get: reads.holding },
    },
    session: reads.session,
    grant: reads.grant,
    follow(token) {
      for (const need of needs[Provider.ctx?.oidc.route ?? ''] ?? []) need(reads, token);
    },
  };
}
