import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { asserted, assertion, type Json, post } from './flow.ts';

const code = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://portal.example/cb' };

describe('a client assertion', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let other: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider({
      people: false,
      config: { throttle: { client_address: [{ attempts: 500, seconds: 900 }] } },
    });
    rp = await register(provider);
    other = await register(provider, { client_id: 'cong-khac' });
  });
  afterAll(() => provider.close());

  const now = () => Math.floor(Date.now() / 1000);
  const token = (fields: Record<string, string>) => post(provider, '/token', { ...code, ...fields });
  const withClaims = async (claims: Json) => token(await assertion(provider, rp, { claims }));
  const rightClaims = () => ({
    iss: rp.clientId,
    sub: rp.clientId,
    aud: provider.issuer,
    jti: randomUUID(),
    exp: now() + 60,
  });
  const refused = { status: 401, json: { error: 'invalid_client' } };
  /** The client proved itself; the code is what fails. */
  const accepted = { status: 400, json: { error: 'invalid_grant' } };

  it('without a signature is refused', async () => {
    expect(await token(asserted(new UnsecuredJWT(rightClaims()).encode()))).toMatchObject(refused);
  });

  it('signed symmetrically with the public key is refused', async () => {
    const stored = (await provider.services.registry.get(rp.clientId))?.authentication;
    if (stored?.method !== 'private_key_jwt') throw new Error('it has a key');
    const [jwk = {}] = stored.jwks.keys;
    const publicKey = await importJWK(jwk, 'ES256', { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error('an asymmetric key');
    for (const secret of [await exportSPKI(publicKey), JSON.stringify(jwk)]) {
      const key = new TextEncoder().encode(secret);
      const jwt = await new SignJWT(rightClaims()).setProtectedHeader({ alg: 'HS256' }).sign(key);
      expect(await token(asserted(jwt))).toMatchObject(refused);
    }
  });

  it('signed with a key that it brings along is refused, and no address in it is fetched', async () => {
    let fetched = 0;
    const sink = createServer((_request, response) => {
      fetched += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`;
    const own = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(own.publicKey);
    for (const header of [{ jwk }, { jku: address }, { x5u: address }, { jwk, kid: 'portal-key' }]) {
      const fields = await assertion(provider, { ...rp, privateKey: own.privateKey }, { header });
      expect(await token(fields)).toMatchObject(refused);
    }
    await new Promise((resolve) => sink.close(resolve));
    expect(fetched).toBe(0);
  });

  it('with a header that must be understood is refused', async () => {
    const right = (await assertion(provider, rp)).client_assertion ?? '';
    const [, payload, signature] = right.split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', crit: ['exp'], exp: 1 })).toString('base64url');
    expect(await token(asserted(`${header}.${payload}.${signature}`))).toMatchObject(refused);
    if (rp.privateKey === undefined) throw new Error('it has a key');
    const signed = await new SignJWT(rightClaims())
      .setProtectedHeader({ alg: 'ES256', crit: ['x-own'], 'x-own': true })
      .sign(rp.privateKey, { crit: { 'x-own': true } });
    expect(await token(asserted(signed))).toMatchObject(refused);
  });

  it('with its last character cut off is refused', async () => {
    const { client_assertion = '' } = await assertion(provider, rp);
    expect(await token(asserted(client_assertion.slice(0, -1)))).toMatchObject(refused);
  });

  it('that is no token at all is refused', async () => {
    for (const text of ['x', 'a.b.c', '..', '{}', 'e30.e30.']) {
      expect((await token(asserted(text))).status).toBeLessThan(402);
      expect((await token(asserted(text))).json.error).toMatch(/^invalid_(client|request)$/);
    }
  });

  it.each([
    ['the address of the token endpoint', (issuer: string) => `${issuer}/token`],
    ['a list with the issuer in it', (issuer: string) => [issuer]],
    ['a list of the issuer and another', (issuer: string) => [issuer, 'https://other.example']],
    ['the issuer with a slash', (issuer: string) => `${issuer}/`],
    ['another issuer', () => 'https://other.example'],
    ['nobody', () => undefined],
  ])('meant for %s is refused', async (_name, aud) => {
    expect(await withClaims({ aud: aud(provider.issuer) })).toMatchObject(refused);
  });

  it.each([
    ['that lives six minutes', () => ({ exp: now() + 360 })],
    ['that lives ten years', () => ({ exp: now() + 315_360_000 })],
    ['that has expired', () => ({ exp: now() - 60 })],
    ['that never expires', () => ({ exp: undefined })],
    ['whose expiry is text', () => ({ exp: 'tomorrow' })],
    ['that is not valid yet', () => ({ nbf: now() + 120 })],
    ['without an identifier', () => ({ jti: undefined })],
    ['by another issuer', () => ({ iss: 'cong-khac' })],
    ['without an issuer', () => ({ iss: undefined })],
    ['about another client', () => ({ sub: 'cong-khac' })],
    ['about nobody', () => ({ sub: undefined })],
  ])('%s is refused', async (_name, claims) => {
    expect(await withClaims(claims())).toMatchObject(refused);
  });

  it('for another client_id is refused', async () => {
    const fields = await assertion(provider, rp);
    expect((await token({ ...fields, client_id: other.clientId })).status).toBe(400);
  });

  it('by the key of another relying party is refused', async () => {
    const fields = await assertion(provider, {
      ...rp,
      ...(other.privateKey ? { privateKey: other.privateKey } : {}),
    });
    expect(await token(fields)).toMatchObject(refused);
  });

  it('under another type is refused', async () => {
    const fields = await assertion(provider, rp);
    expect((await token({ ...fields, client_assertion_type: 'urn:other' })).status).toBe(400);
  });

  it('used twice is refused, at another endpoint too', async () => {
    const fields = await assertion(provider, rp);
    expect(await token(fields)).toMatchObject(accepted);
    expect(await token(fields)).toMatchObject(refused);
    expect(await post(provider, '/introspect', { token: 'x', ...fields })).toMatchObject(refused);
  });

  it('used by eight requests at once proves the client once', async () => {
    const fields = await assertion(provider, rp);
    const answers = await Promise.all(Array.from({ length: 8 }, () => token(fields)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([400, 401, 401, 401, 401, 401, 401, 401]);
  });

  it('of another relying party may have the same identifier', async () => {
    const claims = { jti: randomUUID() };
    expect(await token(await assertion(provider, rp, { claims }))).toMatchObject(accepted);
    expect(await token(await assertion(provider, other, { claims }))).toMatchObject(accepted);
  });

  it('that is right proves the client', async () => {
    expect(await token(await assertion(provider, rp))).toMatchObject(accepted);
    expect(await withClaims({ exp: now() + 290 })).toMatchObject(accepted);
  });
});
