import { type FreshDatabase, freshDatabaseUri } from '../../support/mongo.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { startWireProxy, type WireProxy } from '../../support/wire-proxy.ts';

/** A provider that reaches its database by way of a proxy, which makes the network between them fail. */
export interface Wired {
  readonly provider: TestProvider;
  readonly proxy: WireProxy;
  /** The same database, past the proxy. */
  readonly database: FreshDatabase;
  close(): Promise<void>;
}

const MANY = [{ attempts: 1_000_000, seconds: 60 }];

/** Starts both on a fresh database of the server of this run. */
export async function startWired(change: (uri: string) => string = (uri) => uri): Promise<Wired> {
  const database = freshDatabaseUri();
  const proxy = await startWireProxy(change(database.uri));
  const provider = await startProvider({
    storageUrl: proxy.uri,
    config: {
      throttle: { password_account: MANY, password_address: MANY, totp_account: MANY, client_address: MANY },
    },
  });
  return {
    provider,
    proxy,
    database,
    async close() {
      await proxy.heal();
      await provider.close();
      await proxy.close();
      await database.drop();
    },
  };
}
