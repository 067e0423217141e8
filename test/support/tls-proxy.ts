import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProvider } from './provider.ts';

export interface TlsProxy {
  /** The provider for browsers and relying parties: they reach it through here. */
  readonly provider: TestProvider;
  /** Every `Set-Cookie` line that passed, as the provider wrote it. */
  readonly cookies: readonly string[];
  close(): Promise<void>;
}

/**
 * Stands in for the proxy that ends TLS in front of a provider whose issuer is https, and for a browser's side of
 * TLS: the tests' connection to it is plain, so it takes `Secure` from cookies once it has noted them.
 */
export async function startTlsProxy(provider: TestProvider): Promise<TlsProxy> {
  const { hostname, port } = new URL(provider.address);
  const cookies: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const headers = {
      ...incoming.headers,
      host: new URL(provider.issuer).host,
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
    };
    const passed = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        const set = answer.headers['set-cookie'] ?? [];
        cookies.push(...set);
        const plain = set.map((cookie) => cookie.replace(/; secure/i, ''));
        outgoing.writeHead(answer.statusCode ?? 502, {
          ...answer.headers,
          ...(plain.length > 0 ? { 'set-cookie': plain } : {}),
        });
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    provider: { ...provider, address: `http://localhost:${(server.address() as AddressInfo).port}` },
    cookies,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
