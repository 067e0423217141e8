import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { documentScopes } from '../../../src/documents/catalogue.ts';
import { person } from '../../support/citizen.ts';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { obtainTokens, send, userInfoOf } from '../protocol/flow.ts';
import { expectGolden, normalised } from './golden.ts';

const documents = documentScopes.map(({ scope }) => scope);
const scope = `openid profile identity email phone address ${documents.join(' ')}`;

/** At one moment, so that times are part of what is recorded. */
describe('what a relying party sees, word for word', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let seen: Awaited<ReturnType<typeof obtainTokens>>;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 21, 2, 30) });
    provider = await startProvider();
    rp = await register(provider);
    const optional = [...documents, 'email', 'phone', 'address'];
    seen = await obtainTokens(provider, rp, person('all-documents'), { parameters: { scope }, optional });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await provider.close();
  });

  const stable = (value: unknown) =>
    normalised(value, {
      [provider.issuer]: 'https://issuer.example',
      [seen.tokens.claims()?.sub ?? '-']: '(pairwise subject)',
      [seen.started.checks.expectedNonce]: '(nonce of the request)',
    });

  it('is the discovery document', async () => {
    const { json, headers } = await send(provider, '/.well-known/openid-configuration');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expectGolden('discovery', stable(json));
  });

  it('is the same at the address of RFC 8414', async () => {
    const openid = await send(provider, '/.well-known/openid-configuration');
    const oauth = await send(provider, '/.well-known/oauth-authorization-server');
    expect(oauth.json).toEqual(openid.json);
  });

  it('is the shape of the published keys, without a private member', async () => {
    const { json } = await send(provider, '/jwks');
    const keys = json.keys as Record<string, string>[];
    for (const key of keys) {
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])
        expect(key).not.toHaveProperty(secret);
    }
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
    const fixed = new Set(['alg', 'crv', 'e', 'kty', 'use']);
    const shape = keys.map((key) =>
      Object.fromEntries(
        Object.entries(key).map(([name, value]) => [
          name,
          fixed.has(name) ? value : `(${value.length} characters)`,
        ]),
      ),
    );
    expectGolden('jwks', shape);
  });

  it('is the header and the claims of an ID token', () => {
    const { kid, ...header } = decodeProtectedHeader(seen.tokens.id_token ?? '');
    expect(kid).toMatch(/^[\w-]{43}$/);
    expectGolden('id-token', { header, claims: stable(seen.tokens.claims()) });
  });

  it('is UserInfo with every document', async () => {
    const { json } = await userInfoOf(provider, seen.tokens.access_token);
    expectGolden('user-info', stable(json));
  });
});
