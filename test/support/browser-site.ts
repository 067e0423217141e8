import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPortal } from '../../src/demo/portal.ts';
import { loadPortalKey } from '../../src/demo/portal-key.ts';
import { portalRegistration } from '../../src/demo/portal-registration.ts';
import type { Sentence } from '../../src/messages/language.ts';
import { type ProviderOptions, startProvider, type TestProvider } from './provider.ts';

/** A demo portal that listens; its client is `openid-client`. */
export interface TestPortal {
  readonly origin: string;
  readonly name: Sentence;
}

/** The provider on localhost and two portals on 127.0.0.1: another site, as in life. */
export interface TestSite {
  readonly provider: TestProvider;
  /** "Cổng dịch vụ công Sở Mẫu". */
  readonly portal: TestPortal;
  /** "Cổng dịch vụ công Sở Thử". */
  readonly otherPortal: TestPortal;
  close(): Promise<void>;
}

interface RunningPortal extends TestPortal {
  close(): Promise<void>;
}

export async function startSite(options: ProviderOptions = {}): Promise<TestSite> {
  const provider = await startProvider(options);
  const portal = await startPortal(provider, 'cong-mau');
  const otherPortal = await startPortal(provider, 'cong-thu', {
    vi: 'Cổng dịch vụ công Sở Thử',
    en: 'Trial Department public services',
  });
  return {
    provider,
    portal,
    otherPortal,
    async close() {
      await Promise.all([portal.close(), otherPortal.close()]);
      await provider.close();
    },
  };
}

async function startPortal(
  { issuer, services }: TestProvider,
  clientId: string,
  name?: Sentence,
): Promise<RunningPortal> {
  const { clock, registry, storage } = services;
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateJwk, publicJwk } = await loadPortalKey(storage, clientId);
  const registration = portalRegistration({
    origin,
    jwk: publicJwk,
    clock,
    clientId,
    ...(name ? { name } : {}),
  });
  const outcome = await registry.add(registration);
  if (outcome !== 'added') throw new Error(`the portal was not registered: ${outcome}`);
  const app = createPortal({ issuer, origin, clientId, privateKeyJwk: privateJwk, clock });
  server.on('request', app.callback());
  return {
    origin,
    name: registration.name as Sentence,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
