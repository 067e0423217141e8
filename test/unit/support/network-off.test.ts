import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { takeRefusedHosts } from '../../support/network-off.ts';

const failure = (host: string) => new Promise<Error>((resolve) => connect(443, host).once('error', resolve));

test('a host outside loopback is refused and remembered, although the caller swallows the refusal', async () => {
  await fetch('https://portal.example/').catch(() => undefined);
  expect(takeRefusedHosts()).toEqual(['portal.example']);
});

test('an address outside loopback, private or public, is refused', async () => {
  for (const host of ['10.0.0.1', '192.0.2.7', '2001:db8::1', '127.evil.example']) {
    expect((await failure(host)).message).toContain(`tried to reach ${host}`);
  }
  expect(takeRefusedHosts()).toHaveLength(4);
});

test('a server on loopback is reached', async () => {
  const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('here');
  server.close();
});
