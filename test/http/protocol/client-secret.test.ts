import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProvider, type TestProvider } from '../../support/provider.ts';
import { register, type TestRelyingParty } from '../../support/relying-parties.ts';
import { assertion, basic, post } from './flow.ts';

const code = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://portal.example/cb' };
const endpoints = ['/token', '/par', '/introspect', '/revoke'];

describe('a relying party with a secret', () => {
  let provider: TestProvider;
  let rp: TestRelyingParty;
  let keyed: TestRelyingParty;
  beforeAll(async () => {
    provider = await startProvider({
      config: { throttle: { client_address: [{ attempts: 500, seconds: 900 }] } },
    });
    rp = await register(provider, { secretBasic: true });
    keyed = await register(provider, { client_id: 'cong-co-khoa' });
  });
  afterAll(() => provider.close());

  const token = (headers: Record<string, string>, fields: Record<string, string> = {}) =>
    post(provider, '/token', { ...code, ...fields }, headers);
  const basicOf = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  it('that is unknown is answered exactly as one with a wrong secret', async () => {
    const wrong = await token(basic(rp, 'wrong'));
    const unknown = await token(basic({ ...rp, clientId: 'nobody' }, 'wrong'));
    const otherMethod = await token(basic(keyed, 'wrong'));
    expect(wrong.status).toBe(401);
    expect(wrong.json).toEqual({
      error: 'invalid_client',
      error_description: 'client authentication failed',
    });
    for (const answer of [unknown, otherMethod]) {
      expect({ status: answer.status, text: answer.text }).toEqual({
        status: wrong.status,
        text: wrong.text,
      });
      expect(answer.headers.get('www-authenticate')).toBe(wrong.headers.get('www-authenticate'));
    }
  });

  it.each(endpoints)('has to prove itself at %s', async (endpoint) => {
    const fields = { ...code, token: 'x' };
    expect((await post(provider, endpoint, fields, basic(rp, 'wrong'))).status).toBe(401);
    expect((await post(provider, endpoint, { ...fields, client_id: rp.clientId })).status).toBe(401);
    expect((await post(provider, endpoint, fields)).status).toBe(400);
  });

  it('is not let in by what is stored of its secret', async () => {
    const stored = (await provider.services.registry.get(rp.clientId))?.authentication;
    if (stored?.method !== 'client_secret_basic') throw new Error('it has a secret');
    for (const guess of [
      stored.secret_hash,
      stored.secret_hash.slice('sha256$'.length),
      'sha256$',
      'undefined',
    ]) {
      expect((await token(basic(rp, encodeURIComponent(guess)))).status).toBe(401);
    }
  });

  it('is not let in by a secret cut or lengthened', async () => {
    const secret = rp.secret ?? '';
    for (const guess of [secret.slice(0, -1), `${secret}A`, secret.toUpperCase(), `${secret} `]) {
      expect((await token(basic(rp, encodeURIComponent(guess)))).status).toBe(401);
    }
  });

  it('may not send its secret in the body', async () => {
    const { status } = await token({}, { client_id: rp.clientId, client_secret: rp.secret ?? '' });
    expect([400, 401]).toContain(status);
  });

  it('may not prove itself in two ways at once', async () => {
    expect(await token(basic(rp), await assertion(provider, keyed))).toMatchObject({ status: 400 });
    expect(await token(basic(rp), { client_id: keyed.clientId })).toMatchObject({
      status: 400,
      json: { error: 'invalid_request' },
    });
  });

  it.each([
    ['no base64', 'Basic !!!!'],
    ['base64 of the address kind', `Basic ${Buffer.from('cong-so-mau:???>>>').toString('base64url')}`],
    ['base64 with too much padding', 'Basic Y29uZy1zby1tYXU6eA===='],
    ['base64 with a space inside', 'Basic Y29uZy1zby1 tYXU6eA=='],
    ['no colon', `Basic ${Buffer.from('cong-so-mau').toString('base64')}`],
    ['a broken percent-encoding', `Basic ${Buffer.from('cong-so-mau:%zz').toString('base64')}`],
    ['an empty secret', `Basic ${Buffer.from('cong-so-mau:').toString('base64')}`],
    ['another scheme', 'Bearer abc'],
    ['nothing after the scheme', 'Basic'],
  ])('with %s in the header is refused', async (_name, Authorization) => {
    expect(await token({ Authorization })).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
  });

  it('named after a member of every object is unknown', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', '../cong-so-mau', 'cong-so-mau\0']) {
      expect((await token(basicOf(`${encodeURIComponent(name)}:x`))).status).toBeGreaterThanOrEqual(400);
      expect((await token(basicOf(`${encodeURIComponent(name)}:x`))).status).toBeLessThan(500);
    }
  });

  it('may not use the key of an assertion instead', async () => {
    const answer = await token({}, await assertion(provider, { ...keyed, clientId: rp.clientId }));
    expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
  });

  it('with its secret gets as far as the grant', async () => {
    expect(await token(basic(rp))).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('is never named with its secret in the log', async () => {
    expect(JSON.stringify(provider.logged)).not.toContain(rp.secret);
    expect(JSON.stringify(provider.logged)).not.toContain(
      Buffer.from(`${rp.clientId}:${rp.secret}`).toString('base64'),
    );
  });
});

describe('an address that keeps failing to prove itself as a relying party', () => {
  it('has to wait, with the right secret too, while another address is served', async () => {
    const provider = await startProvider({ config: { proxy: { hops: 1 } }, people: false });
    const rp = await register(provider, { secretBasic: true });
    const from = (address: string, secret = rp.secret) =>
      post(provider, '/token', code, { ...basic(rp, secret), 'X-Forwarded-For': address });
    for (let attempt = 0; attempt < 50; attempt += 1) {
      expect((await from('192.0.2.1', 'wrong')).status).toBe(401);
    }
    const stopped = await from('192.0.2.1');
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await from('203.0.113.9, 192.0.2.1')).status, 'a sender who writes the header').toBe(429);
    expect((await from('192.0.2.2')).json.error).toBe('invalid_grant');
    await provider.close();
  });
});
