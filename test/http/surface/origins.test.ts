import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { ask } from './wire.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('a page of another origin', () => {
  let provider: TestProvider;
  beforeAll(async () => {
    provider = await startProvider({ people: false });
  });
  afterAll(() => provider.close());

  const foreign = () => ['https://evil.example', 'null', `${provider.issuer}.evil.example`];

  it.each(['/token', '/Token/', '/userinfo', '/introspect', '/revoke', '/par'])(
    'reads no answer of %s, and may not even ask',
    async (path) => {
      for (const origin of foreign()) {
        const answer = await ask(provider, path, {
          method: path === '/userinfo' ? 'GET' : 'POST',
          headers: { ...FORM, origin, authorization: path === '/userinfo' ? 'Bearer x' : 'Basic eDp5' },
          ...(path === '/userinfo' ? {} : { body: 'a=b' }),
        });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        const preflight = await ask(provider, path, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST' },
        });
        expect(preflight.status).toBe(404);
        for (const { headers } of [answer, preflight]) {
          expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
        }
      }
    },
  );

  it('reads no page of ours', async () => {
    for (const origin of foreign()) {
      const answer = await ask(provider, '/', { headers: { origin, accept: 'text/html' } });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  it.each([
    '/jwks',
    '/JWKS',
    '/jwks/',
    '/.well-known/openid-configuration',
    '/.Well-Known/OpenID-Configuration/',
  ])('may read %s, which is for everybody, but not as the person', async (path) => {
    const answer = await ask(provider, path, { headers: { origin: 'https://evil.example' } });
    expect(answer.headers['access-control-allow-origin']).toBeDefined();
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });
});
