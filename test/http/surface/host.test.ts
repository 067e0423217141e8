import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { ask, exchange } from './wire.ts';

const DISCOVERY = '/.well-known/openid-configuration';
const EVIL = 'evil.example';

describe('the host', () => {
  let provider: TestProvider;
  let host: string;
  let port: string;
  beforeAll(async () => {
    provider = await startProvider({ people: false });
    ({ host, port } = new URL(provider.issuer));
  });
  afterAll(() => provider.close());

  const wrong = (): Record<string, string> => ({
    'another name': EVIL,
    'another name with our port': `${EVIL}:${port}`,
    'our address instead of our name': `127.0.0.1:${port}`,
    'our name without the port': 'localhost',
    'our name with another port': 'localhost:1',
    'our name as a part': `localhost.${EVIL}:${port}`,
    'our name behind a user': `${EVIL}@${host}`,
    'our name with a dot at the end': `localhost.:${port}`,
    'our name twice': `${host}, ${EVIL}`,
    nothing: '',
  });

  it('of any other name is refused everywhere, in words that are not its own', async () => {
    for (const [what, name] of Object.entries(wrong())) {
      for (const path of ['/', DISCOVERY, '/jwks', '/authorize', '/userinfo', '/interaction/x', '/nowhere']) {
        const answer = await ask(provider, path, { headers: { host: name, accept: 'text/html' } });
        expect(answer.status, `${what}: ${path}`).toBe(421);
        expect(answer.text).not.toContain(EVIL);
        expect(JSON.stringify(answer.headers)).not.toContain(EVIL);
      }
    }
  });

  it('missing is refused, also to HTTP/1.0 where it may be missing', async () => {
    expect(await exchange(provider, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
    expect(await exchange(provider, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });

  it('said twice is refused, whichever comes first', async () => {
    for (const names of [
      [host, EVIL],
      [EVIL, host],
      [host, host],
    ]) {
      const lines = names.map((name) => `Host: ${name}\r\n`).join('');
      const answer = await exchange(
        provider,
        `GET ${DISCOVERY} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    }
  });

  it('in the request target is refused: discovery never shows another address', async () => {
    for (const target of [
      `http://${EVIL}${DISCOVERY}`,
      `https://${host}${DISCOVERY}`,
      `HTTP://${EVIL}/authorize`,
    ]) {
      const answer = await exchange(
        provider,
        `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 421 /);
      expect(answer).not.toContain(EVIL);
    }
  });

  it('written by a sender into a header for proxies changes nothing', async () => {
    const plain = await ask(provider, DISCOVERY);
    const forwarded = await ask(provider, DISCOVERY, {
      headers: {
        'x-forwarded-host': EVIL,
        'x-forwarded-proto': 'https',
        'x-forwarded-port': '1',
        forwarded: `host=${EVIL};proto=https`,
        'x-original-host': EVIL,
        'x-original-url': '/token',
        'x-rewrite-url': '/token',
      },
    });
    expect(forwarded).toMatchObject({ status: 200, text: plain.text });
    expect(JSON.parse(plain.text).issuer).toBe(provider.issuer);
    for (const value of Object.values(JSON.parse(plain.text))) {
      if (typeof value === 'string' && value.startsWith('http')) expect(value).toContain(provider.issuer);
    }
  });

  it('may be written in capitals', async () => {
    const answer = await ask(provider, DISCOVERY, { headers: { host: host.toUpperCase() } });
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('LOCALHOST');
  });

  it('does not matter to health checks, which come by address', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect(await ask(provider, path, { headers: { host: '10.0.0.7:8080' } })).toMatchObject({
        status: 200,
      });
      expect(await ask(provider, path, { headers: { host: EVIL } })).toMatchObject({ status: 200 });
    }
  });
});
